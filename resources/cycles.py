"""Loops in what should be a tree, or a chain that ends."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any

from resources.models import Condition, Insurance, Need, Organisation, Recorded, Resource

# The fields by which a thing stands under others of its kind, or goes on as one of them. Whoever
# follows them never comes back to where they began.
UPWARDS: Mapping[type[Recorded], tuple[str, ...]] = {
    Organisation: ("successor",),
    Resource: ("part_of",),
    Need: ("parent",),
    Condition: ("parent", "also_under"),
    Insurance: ("parent", "also_under"),
}


def cycles(edges: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """Every loop along `edges` (a name -> the names it points at), as the names in order.

    Each loop is told once, from its first name in the alphabet back to it: ["a", "b", "a"].
    """
    left = {name: set(targets) for name, targets in edges.items()}
    found: list[list[str]] = []
    while True:
        try:
            TopologicalSorter(left).prepare()
        except CycleError as error:
            backwards: list[str] = error.args[1]
            found.append(_from_the_first(backwards[:0:-1]))
            left[backwards[1]].discard(backwards[0])  # so that the next round finds another
        else:
            return found


def _from_the_first(loop: list[str]) -> list[str]:
    start = loop.index(min(loop))
    return [*loop[start:], *loop[:start], loop[start]]


def loop_through(thing: Any, targets: Iterable[Any]) -> list[Any]:
    """The way from a saved thing back to itself, if it stood right under `targets`; else empty.

    Both ends are named: [leukemia, blood cancer, leukemia].
    """
    if thing.pk is None:
        return []
    keys = {target.pk for target in targets}
    edges = {**_edges_above(type(thing), keys), thing.pk: keys}
    return _things(type(thing), _way_back(thing.pk, edges))


def loops_through(model: type[Recorded], pks: Iterable[int]) -> list[list[Any]]:
    """The loops in which these saved things of one kind stand, each told once."""
    keys = list(pks)
    edges = _edges_above(model, keys)
    ways = (_way_back(pk, edges) for pk in keys)
    each_once = {frozenset(way): way for way in ways if way}
    return [_things(model, way) for way in each_once.values()]


def way_around(loop: Iterable[Any]) -> str:
    """A loop in words: "Leukemia → Blood cancer → Leukemia"."""
    return " → ".join(map(str, loop))


def _edges_above(model: type[Recorded], pks: Iterable[int]) -> dict[int, set[int]]:
    """What each of these, and all that they stand under, stand right under: primary keys."""
    edges: dict[int, set[int]] = {}
    level = set(pks)
    while level:
        edges |= {pk: set() for pk in level}
        for field in UPWARDS[model]:
            rows = model._default_manager.filter(pk__in=level, **{f"{field}__isnull": False})
            for pk, target in rows.order_by().values_list("pk", field):
                edges[pk].add(target)
        level = {target for pk in level for target in edges[pk]} - edges.keys()
    return edges


def _way_back(start: int, edges: Mapping[int, Iterable[int]]) -> list[int]:
    """The shortest way along `edges` from `start` back to it; empty where there is none."""
    ways, seen = deque([[start]]), set[int]()
    while ways:
        way = ways.popleft()
        for target in sorted(edges.get(way[-1], ())):
            if target == start:
                return [*way, start]
            if target not in seen:
                seen.add(target)
                ways.append([*way, target])
    return []


def _things(model: type[Recorded], pks: list[int]) -> list[Any]:
    found = model._default_manager.in_bulk(pks)
    return [found[pk] for pk in pks]
