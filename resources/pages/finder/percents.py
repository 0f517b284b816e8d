"""A share of the federal guideline in dollars, for homes of every usual size and every state."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from resources.eligibility.guidelines import ELSEWHERE, MAIN_TABLE, Guidelines

HOUSEHOLDS = range(1, 9)


@dataclass(frozen=True, slots=True)
class Percent:
    """What `percent` of the guideline of `year` is.

    `places`: the headings of the columns; `rows`: people, and whole dollars a year in each place.
    """

    percent: int
    year: int
    places: list[str]
    rows: list[tuple[int, list[int]]]


def percent_of(percent: int, guidelines: Guidelines) -> Percent:
    """The newest guideline's, in the states that have a guideline today."""
    headings = {MAIN_TABLE: _("Most states"), "AK": _("Alaska"), "HI": _("Hawaii")}
    found = {
        headings[table]: newest[-1]
        for table in (MAIN_TABLE, *ELSEWHERE)
        if (newest := guidelines.in_force(table, None))
    }
    rows = [
        (people, [guideline.limit(percent, people) for guideline in found.values()])
        for people in HOUSEHOLDS
    ]
    year = max((guideline.year for guideline in found.values()), default=guidelines.today.year)
    return Percent(percent, year, list(found), rows if found else [])
