"""The vocabularies in memory: what the search needs to know of each term."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from resources.models import Condition, Insurance, Medicine, Need, Recorded, State

Node = TypeVar("Node")


@dataclass(frozen=True, slots=True)
class TermInfo:
    """What the search needs to know of a term: its value in addresses, its names, its relatives.

    `english`, `spanish` and `brands` are what somebody may type for it.
    """

    value: str
    name: str
    spanish_name: str
    english: tuple[str, ...] = ()
    spanish: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    slug: str = ""
    makers: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()

    def in_language(self, language: str) -> str:
        """Its name for a reader of this language."""
        return (self.spanish_name if language == "es" else "") or self.name


# The vocabulary of each facet that has one, and the field with a term's value in addresses.
VOCABULARIES: Mapping[str, tuple[type[Recorded], str]] = {
    "need": (Need, "slug"),
    "condition": (Condition, "slug"),
    "medicine": (Medicine, "slug"),
    "insurance": (Insurance, "slug"),
    "area": (State, "code"),
}

# facet -> value -> term
Terms = dict[str, dict[str, TermInfo]]


class Tree:
    """Terms that stand under others, several parents allowed."""

    def __init__(self, terms: Mapping[str, TermInfo]) -> None:
        self._up = {value: [p for p in term.parents if p in terms] for value, term in terms.items()}
        self._down: dict[str, list[str]] = defaultdict(list)
        for value, parents in self._up.items():
            for parent in parents:
                self._down[parent].append(value)

    def above(self, value: str) -> set[str]:
        """All ancestors, itself left out."""
        return reached(value, lambda at: self._up.get(at, []))

    def below(self, value: str) -> set[str]:
        """All descendants, itself left out."""
        return reached(value, lambda at: self._down.get(at, []))

    def children(self, value: str) -> list[str]:
        """Those that stand right under it."""
        return self._down.get(value, [])

    def parents(self, value: str) -> list[str]:
        """Those that it stands right under."""
        return self._up.get(value, [])


def reached(start: Node, step: Callable[[Node], Iterable[Node]]) -> set[Node]:
    """All that is reached from `start` by one step or more, itself left out."""
    seen: set[Node] = set()
    ahead = list(step(start))
    while ahead:
        at = ahead.pop()
        if at not in seen and at != start:
            seen.add(at)
            ahead += step(at)
    return seen


def read_terms() -> Terms:
    """All terms of all vocabularies, in their order, in some fifteen queries."""
    return {
        "need": {
            n.slug: _term(n, parents=_slugs(n.parent))
            for n in Need.objects.select_related("parent")
        },
        "condition": {
            c.slug: _term(
                c,
                parents=(*_slugs(c.parent), *_slugs(*c.also_under.all())),
                related=_slugs(*c.related.all()),
            )
            for c in Condition.objects.select_related("parent").prefetch_related(
                "also_under", "related"
            )
        },
        "medicine": {
            m.slug: _term(
                m,
                name=_with_brands(m.name, m.brands),
                spanish_name=_with_brands(m.spanish_name or m.name, m.brands),
                makers=(m.maker,) if m.maker else (),
                conditions=_slugs(*m.conditions.all()),
            )
            for m in Medicine.objects.prefetch_related("conditions")
        },
        "insurance": {
            i.slug: _term(i, parents=(*_slugs(i.parent), *_slugs(*i.also_under.all())))
            for i in Insurance.objects.select_related("parent").prefetch_related("also_under")
        },
        "area": {s.code: _term(s, value=s.code) for s in State.objects.all()},
    }


def _term(term: Any, **more: Any) -> TermInfo:
    known = {
        "value": term.slug,
        "name": term.name,
        "spanish_name": term.spanish_name,
        "slug": term.slug,
        "english": tuple(term.english_words),
        "spanish": tuple(term.spanish_words),
        "brands": tuple(getattr(term, "brands", ())),
    }
    return TermInfo(**{**known, **more})


def _slugs(*terms: Any) -> tuple[str, ...]:
    return tuple(term.slug for term in terms if term is not None)


def _with_brands(name: str, brands: list[str]) -> str:
    return f"{name} ({', '.join(brands[:2])})" if brands else name
