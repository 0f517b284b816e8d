"""What one has to know to hold answers against rules: trees, makers, guidelines, names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

# Until this day of a year (month, day) programmes may still go by last year's guideline: most
# change over between January and March. DESIGN of the directory, "Eligibility".
CHANGED_BY = (4, 1)


class Guideline(NamedTuple):
    """The federal poverty guideline of a year, in whole dollars a year."""

    year: int
    first_person: int
    each_additional: int
    source: str = ""

    def amount(self, people: int) -> int:
        """The guideline itself for a household of so many."""
        return self.first_person + (people - 1) * self.each_additional

    def limit(self, percent: int, people: int) -> int:
        """The most whole dollars that are within `percent` of it."""
        return self.amount(people) * percent // 100


@dataclass(frozen=True)
class Knowledge:
    """The vocabularies and guidelines of one day.

    `above(facet, slug)` and `below(facet, slug)` give a term's ancestors and descendants,
    `related(condition)` the illnesses that are nearly the same, `makers(medicine)` who makes it,
    `name(facet, slug)` its name for the reader. `tables`: state's code -> its guideline table,
    blank for territories. `guidelines`: table -> those in force, by year.
    """

    today: dt.date
    above: Callable[[str, str], Collection[str]]
    below: Callable[[str, str], Collection[str]]
    related: Callable[[str], Collection[str]]
    makers: Callable[[str], Collection[str]]
    name: Callable[[str, str], str]
    tables: Mapping[str, str] = field(default_factory=dict)
    guidelines: Mapping[str, Mapping[int, Guideline]] = field(default_factory=dict)

    def guidelines_for(self, state: str, confirmed: int | None) -> list[Guideline]:
        """The guidelines that a limit may count by for somebody in this state, the newer last.

        One, or two while the newest is not confirmed and the year is young; none in a territory.
        """
        years = self.guidelines.get(self.tables.get(state, ""), {})
        if not years:
            return []
        newest = max(years)
        earlier = [year for year in years if year < newest]
        is_young = self.today < dt.date(newest, *CHANGED_BY)
        if confirmed == newest or not earlier or not is_young:
            return [years[newest]]
        before = confirmed if confirmed in earlier else max(earlier)
        return [years[before], years[newest]]

    def names(self, facet: str, slugs: Collection[str]) -> list[str]:
        """The names of these terms, in the order of the names."""
        return sorted(self.name(facet, slug) for slug in slugs)
