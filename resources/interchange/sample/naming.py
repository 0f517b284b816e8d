"""What invented organisations are called, and the towns that they stand in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import count
from typing import NamedTuple

import zipcodes

NAME_LENGTH = 150
# Room for what makes a name the only one of its kind.
DISTINCTION = 20

# fmt: off
FAMILIES = (
    "Abbott", "Alvarez", "Baker", "Bennett", "Brooks", "Chavez", "Coleman", "Cruz", "Dawson",
    "Delgado", "Edwards", "Ellis", "Fischer", "Flores", "Garcia", "Graham", "Hansen", "Hayes",
    "Ibarra", "Jensen", "Johnson", "Kaplan", "Keller", "Larson", "Lopez", "Mason", "Mitchell",
    "Nguyen", "Novak", "Ortiz", "Owens", "Park", "Patel", "Quinn", "Ramirez", "Reyes", "Rosen",
    "Sato", "Schmidt", "Silva", "Tanaka", "Thompson", "Torres", "Vargas", "Walker", "Weber",
    "White", "Young", "Zimmerman",
)
# fmt: on
HOUSES = (
    "{city} {illness} Foundation",
    "{city} {illness} Alliance",
    "{city} {illness} Support Network",
    "{city} {illness} Fund",
    "{family} Family {illness} Foundation of {city}",
    "{family} {illness} Care Fund of {city}",
    "{illness} Coalition of {city}",
    "{illness} Society of {county} County",
    "{county} County {illness} Community",
    "Friends of {city} {illness} Patients",
)
# Where these kinds are called otherwise.
HOUSES_OF = {
    "government": (
        "{county} County Health Department",
        "{city} Department of Health",
        "{county} County {illness} Screening Program",
    ),
    "manufacturer": ("{maker} Patient Support in {city}", "{maker} Access Program of {city}"),
    "prescription_assistance": (
        "{city} Prescription Assistance Program",
        "{county} County Rx Help",
        "{family} Prescription Fund of {city}",
    ),
}


class Place(NamedTuple):
    """A town: where an invented organisation stands."""

    city: str
    state: str
    county: str
    area_code: str


@cache
def places() -> list[Place]:
    """Every town with a ZIP code, in a fixed order."""
    towns = {
        (row["city"].title(), row["state"]): row
        for row in zipcodes.list_all()
        if row["zip_code_type"] == "STANDARD" and row["area_codes"] and row["county"]
    }
    return [
        Place(city, state, row["county"].removesuffix(" County"), row["area_codes"][0])
        for (city, state), row in sorted(towns.items())
    ]


def possible_names(category: str, start: int, place: Place, **words: str) -> Iterator[str]:
    """Endless names for an organisation of this category, the later ones for where one is taken.

    `start` says which form of name comes first; `words` are its family, illness and maker.
    """
    forms = HOUSES_OF.get(category, HOUSES)
    first = start % len(forms)
    for mark in _marks(place):
        for form in (*forms[first:], *forms[:first]):
            name = form.format(city=place.city, county=place.county, **words)
            yield name[: NAME_LENGTH - DISTINCTION] + mark


def _marks(place: Place) -> Iterator[str]:
    """What is put behind names to tell them apart: at first nothing, then the state."""
    yield ""
    yield f" ({place.state})"
    for number in count(2):
        yield f" ({place.state}) No. {number}"
