"""The federal poverty guidelines, and by which of them a limit may count on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

# The tables of the guidelines: the 48 states and the District of Columbia, Alaska, Hawaii.
MAIN_TABLE, ELSEWHERE = "48+DC", ("AK", "HI")

# Until this day of a year (month, day) programmes may still go by last year's guideline: most
# change over between January and March. DESIGN of the directory, "Eligibility".
CHANGED_BY = (4, 1)


class Guideline(NamedTuple):
    """The federal poverty guideline of a year for one table, in whole dollars a year."""

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

    @property
    def address(self) -> str:
        """The web address in its source, "91 FR 1797; https://…"; empty where there is none."""
        return next((word for word in self.source.split() if word.startswith("https://")), "")


@dataclass(frozen=True, slots=True)
class Guidelines:
    """The guidelines known on a day: table -> year -> guideline."""

    today: dt.date
    tables: Mapping[str, Mapping[int, Guideline]] = field(default_factory=dict)

    def in_force(self, table: str, confirmed: int | None) -> list[Guideline]:
        """The guidelines that a limit may count by, the newer last; none for an unknown table.

        One, or two while the newest is not the one that a curator has `confirmed` and the year is
        young.
        """
        years = self.tables.get(table, {})
        if not years:
            return []
        newest = max(years)
        earlier = [year for year in years if year < newest]
        is_young = self.today < dt.date(newest, *CHANGED_BY)
        if confirmed == newest or not earlier or not is_young:
            return [years[newest]]
        before = confirmed if confirmed in earlier else max(earlier)
        return [years[before], years[newest]]


def table_for(tables: Iterable[str], *, is_national: bool) -> str:
    """The table to show first for help in states with these tables; blank in territories alone.

    Alaska's or Hawaii's own where help is bound to that state.
    """
    held = set(tables)
    return held.pop() if not is_national and len(held) == 1 else MAIN_TABLE
