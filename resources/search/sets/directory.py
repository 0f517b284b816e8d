"""The directory in memory: each term of each facet as a set of resources' primary keys.

Sets are what filters, facet counts and order are computed from; nothing here reads a row.
"""

from __future__ import annotations

import datetime as dt
from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

from pyroaring import BitMap

from resources.models import Resource
from resources.models.review import GRACE_DAYS
from resources.search.sets import moments
from resources.search.sets.places import Places
from resources.search.sets.tags import NONE, YES, Family, Tags
from resources.search.sets.terms import Terms, Tree, reached

Kept = TypeVar("Kept")

Status = Resource.FundStatus


@dataclass(frozen=True)
class Directory:
    """All published resources of one edition on one day.

    `tagged[facet][value]` holds what says so itself; what a chosen value matches, ancestors and
    "any" included, is the business of `resources.search.facets`. `successors`: organisations that
    went on as another. `unsaved`: how many changes the stored snapshot lacks. `memory` is what was
    computed from this edition. `since` and `changed_in`: see `shown_since`. `is_passing`: rows that
    are read beside it may be older, so that nothing made of them is to be kept.
    """

    edition: int
    today: dt.date
    said: Tags = field(default_factory=Tags)
    places: Places = field(default_factory=Places)
    terms: Terms = field(default_factory=dict)
    organisations: int = 0
    successors: Mapping[int, int] = field(default_factory=dict)
    unsaved: int = 0
    since: int = 0
    changed_in: Mapping[int, int] = field(default_factory=dict)
    memory: MutableMapping[Any, Any] = field(default_factory=dict)
    is_passing: bool = False

    @cached_property
    def tagged(self) -> Mapping[str, Family]:
        """What was said, and what of a fund's status counts today."""
        return {**self.said.families, "status": _status_on(self.today, self.said)}

    @cached_property
    def everything(self) -> BitMap:
        return self.tags_of_any("lifecycle", self.said["lifecycle"])

    @property
    def ended(self) -> BitMap:
        return self.tags("lifecycle", "ended")

    @property
    def unconfirmed(self) -> BitMap:
        return self.tags("lifecycle", "unconfirmed")

    @cached_property
    def overdue(self) -> BitMap:
        """What was checked once and is past due by more than the days of grace."""
        last = (self.today - dt.timedelta(days=GRACE_DAYS)).isoformat()
        due = self.said["due_on"].items()
        return BitMap.union(NONE, *(held for day, held in due if day < last))

    @cached_property
    def offered(self) -> BitMap:
        """Everything that has not ended: what filters choose from."""
        return self.everything - self.ended

    @property
    def helplines(self) -> list[int]:
        """The resources to call when you don't know where to start, by name."""
        lines = self.tags("helpline", YES)
        return self.places.first(lines, 0, len(lines))

    @property
    def only_with_insurance(self) -> BitMap:
        """Help that makes no sense without insurance."""
        return self.tags("only_with_insurance", YES)

    @cached_property
    def conditions(self) -> Tree:
        return Tree(self.terms["condition"])

    @cached_property
    def needs(self) -> Tree:
        return Tree(self.terms["need"])

    @cached_property
    def insurance(self) -> Tree:
        return Tree(self.terms["insurance"])

    def tags(self, facet: str, value: str) -> BitMap:
        """The resources that carry this very value."""
        return self.tagged.get(facet, {}).get(value, NONE)

    def tags_of_any(self, facet: str, values: Iterable[str]) -> BitMap:
        """The resources that carry at least one of these values."""
        return BitMap.union(NONE, *(self.tags(facet, value) for value in values))

    def organisation_of(self, pk: int) -> int:
        """The organisation of a resource."""
        return self.said.organisation_of[pk]

    def shown_since(self, pk: int) -> int:
        """The edition since which what is said of a resource in lists has not changed."""
        return self.changed_in.get(pk, self.since)

    def changed_since(self, moment: dt.datetime) -> BitMap:
        """What was published anew at this moment or later, itself or what it is a fund of."""
        return moments.since(self.said["changed"], self.everything, moment)

    def used_for(self, medicine: str) -> set[str]:
        """The illnesses that a medicine is used for, and the kinds that these are of."""
        term = self.terms["medicine"].get(medicine)
        own = term.conditions if term else ()
        return set(own).union(*map(self.conditions.above, own))

    def heirs_of(self, organisation: int) -> set[int]:
        """The organisations that went on in the place of one, and of those."""
        return reached(organisation, lambda pk: filter(None, [self.successors.get(pk)]))

    def passing(self) -> Directory:
        """The same for one request, which leaves nothing behind in it."""
        return replace(self, memory=ChainMap({}, self.memory), is_passing=True)

    def remembered(self, key: Any, compute: Callable[[], Kept]) -> Kept:
        """The result of `compute`, kept under `key` for as long as this edition lasts."""
        if key not in self.memory:
            self.memory[key] = compute()
        kept: Kept = self.memory[key]
        return kept


def _status_on(today: dt.date, said: Tags) -> Family:
    """The status that counts: `resources.models.resource.status_that_counts`, as sets."""
    day = today.isoformat()
    old = BitMap.union(NONE, *(held for since, held in said["old_on"].items() if since <= day))
    old -= said["seen"].get(Status.NOT_APPLICABLE, NONE)
    status = {value: held - old for value, held in said["seen"].items()}
    status[Status.UNKNOWN.value] = status.get(Status.UNKNOWN.value, NONE) | old
    return {value: held for value, held in status.items() if held}
