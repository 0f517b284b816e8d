"""Where places lie: counties by name, the counties of a city or ZIP code, the city of an address.

From the package `zipcodes` (see pyproject.toml). A city has the counties in which its ZIP codes
lie: the mail's view, wider than the city itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

END_OF_ADDRESS = re.compile(
    r"\b([A-Z]{2})\.?,?\s+(\d{5})(?:-\d{4})?\s*(?:,?\s*USA?)?\s*$", re.ASCII
)
LONGEST_CITY = 40
A_ZIP = re.compile(r"(\d{5})(?:-\d{4})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Place:
    """A city in a county of a state (two letters)."""

    city: str
    county: str
    state: str


@dataclass(frozen=True, slots=True)
class Atlas:
    """Places by ZIP code; by state and name as it is compared: counties, and those of cities."""

    by_zip: dict[str, Place]
    counties: dict[tuple[str, str], str]
    cities: dict[tuple[str, str], frozenset[str]]
    of_state: dict[str, frozenset[str]]


@cache
def atlas() -> Atlas:
    """All of the country, read once: a second, and some megabytes for as long as a command runs."""
    import zipcodes  # sixty megabytes, which nobody pays for who imports nothing

    by_zip: dict[str, Place] = {}
    counties: dict[tuple[str, str], str] = {}
    cities: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in zipcodes.list_all():
        place = Place(row["city"], (row["county"] or "").removesuffix(" County"), row["state"])
        by_zip[row["zip_code"]] = place
        if place.county:
            counties[place.state, spelled(place.county)] = place.county
            cities[place.state, spelled(place.city)].add(place.county)
    of_state: defaultdict[str, set[str]] = defaultdict(set)
    for (state, _), name in counties.items():
        of_state[state].add(name)
    return Atlas(by_zip, counties, _frozen(cities), _frozen(of_state))


def _frozen(sets: Mapping[Key, set[str]]) -> dict[Key, frozenset[str]]:
    return {key: frozenset(found) for key, found in sets.items()}


def spelled(name: str) -> str:
    """A name of a place as it is compared: "Saint Clair County" and "St. Clair" are one."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = re.sub(r"\bsaint\b", "st", plain).strip().removesuffix(" county")
    return "".join(letter for letter in plain if letter.isascii() and letter.isalnum())


def county(state: str, name: str) -> str | None:
    """The county of this name in a state, as we write it; None where there is none."""
    return atlas().counties.get((state, spelled(name)))


def counties_of_city(state: str, name: str) -> list[str]:
    """The counties in which the ZIP codes of a city lie; none where the city is not known."""
    return sorted(atlas().cities.get((state, spelled(name)), ()))


def counties_of_state(state: str) -> frozenset[str]:
    """All counties of a state."""
    return atlas().of_state.get(state, frozenset())


def of_zip(text: str) -> Place | None:
    """Where a ZIP code ("60608" or "60608-1234") lies."""
    found = A_ZIP.fullmatch(text.strip())
    return atlas().by_zip.get(found[1]) if found else None


def of_address(text: str) -> Place | None:
    """Where an address lies that ends with a state and a ZIP code which agree: by its ZIP code."""
    found = END_OF_ADDRESS.search(" ".join(text.split()))
    place = of_zip(found[2]) if found else None
    return place if found and place and place.state == found[1] else None


def city_in_address(text: str, state: str) -> str | None:
    """The city that stands before the state and ZIP code, even where it sticks to the street.

    "PO Box 731Glenview, IL 60091" is in Glenview. None where no city of the state stands there.
    """
    before = END_OF_ADDRESS.sub("", " ".join(text.split())).rstrip(" ,")
    starts = (match.start() for match in re.finditer(r"[A-Z]", before[-LONGEST_CITY:]))
    endings = (before[-LONGEST_CITY:][start:] for start in starts)
    return next((each for each in endings if counties_of_city(state, each)), None)
