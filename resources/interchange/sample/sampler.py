"""The endless sample: who is in it, one after the other, and what each says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, count
from typing import NamedTuple

from django.utils.text import slugify

from resources.documents import Document
from resources.interchange.records import Record
from resources.interchange.vocabulary import Vocabulary
from resources.models.recorded import SLUG_LENGTH

from .moving import Move
from .patterns import Varied, houses


class Plan(NamedTuple):
    """What one organisation of the sample has that depends on those before it."""

    number: int  # its place in the sample, from 0
    name: str
    slug: str
    resources: tuple[str, ...]  # their slugs
    heir: str | None  # the active organisation that goes on as it, if it is one that has gone


class Sampler:
    """Makes invented organisations, one after the other, each with its resources.

    `plans` goes through them in order, and is quick. `documents` writes out what a plan only names,
    for any of them by itself: several processes can share that work.
    """

    def __init__(self, *, seed: int, today: dt.date) -> None:
        vocabulary = Vocabulary()
        self.seed, self.today = seed, today
        self.houses = houses(vocabulary)
        self.states: dict[str, Record] = {row["code"]: row for row in vocabulary.states}
        self.conditions: dict[str, Record] = {row["slug"]: row for row in vocabulary.conditions}
        self.illnesses = list(self.conditions)
        self.state_codes = sorted(self.states)
        self.medicines = [row["slug"] for row in vocabulary.medicines]
        self._made_by: dict[str, list[str]] = {}
        for row in vocabulary.medicines:
            if row["maker"]:
                self._made_by.setdefault(row["maker"], []).append(row["slug"])
        self.makers = sorted(self._made_by)

    def __iter__(self) -> Iterator[tuple[Document, list[Document]]]:
        """Endlessly: an organisation and its resources as documents."""
        return map(self.documents, self.plans())

    def plans(self) -> Iterator[Plan]:
        """Endlessly: the next organisation."""
        taken = _Taken(self)
        heir: str | None = None  # the newest active organisation: others go on as it
        for number in count():
            move = Move(self, number)
            name = taken.fresh_name(move.possible_names())
            slug = taken.fresh_slug(slugify(name))
            resources = [
                f"{slug[:50].strip('-_')}-{_slug(own)}" for own in move.resource_names(name)
            ]
            goes_on_as = heir if move.has_successor else None
            yield Plan(number, name, slug, tuple(map(taken.fresh_slug, resources)), goes_on_as)
            if move.is_active:
                heir = slug

    def medicines_of(self, makers: Sequence[str]) -> list[str]:
        """The medicines of these makers; all there are without one."""
        made = [slug for maker in makers for slug in self._made_by[maker]]
        return made or self.medicines

    def documents(self, plan: Plan) -> tuple[Document, list[Document]]:
        """The planned organisation and its resources."""
        organisation, resources = self.varied(plan)
        return organisation.document, [resource.document for resource in resources]

    def varied(self, plan: Plan) -> tuple[Varied, list[Varied]]:
        """The same, with the patterns that they are variations of."""
        return Move(self, plan.number).varied(plan)


# Most names of resources come again and again.
_slug = lru_cache(maxsize=5_000)(slugify)


class _Taken:
    """The names and slugs that something in the sample, or in the starter, has already."""

    def __init__(self, sampler: Sampler) -> None:
        self._names: set[str] = set()
        self._slugs = {
            pattern.document["slug"]
            for house in sampler.houses
            for pattern in [house.organisation, *house.resources]
        }

    def fresh_name(self, names: Iterable[str]) -> str:
        """The first of endless names that no other organisation of the sample has."""
        name = next(name for name in names if name not in self._names)
        self._names.add(name)
        return name

    def fresh_slug(self, slug: str) -> str:
        """This slug, cut to its length and numbered where it is taken."""
        wanted = slug[: SLUG_LENGTH - 6].strip("-_")
        numbered = (f"{wanted}-{number}" for number in count(2))
        fresh = next(slug for slug in chain([wanted], numbered) if slug not in self._slugs)
        self._slugs.add(fresh)
        return fresh
