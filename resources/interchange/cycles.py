"""Loops in what should be a tree, or a chain that ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter


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
