"""Larger data for trying things out: the starter's entries again and again, each made another's.

An organisation of the starter is taken whole, with its resources, and moved: another name, place
and telephone, other states, illnesses and medicines, another sighting of each fund. Its rules stay
together as they were, so that filters and counts behave as they do on real data; only open and
closed funds are made more frequent, for there to be something to choose from. Nothing of it is
true: numbers are 555-01xx, addresses end in example.org.

The same seed and day make the same data, and a larger sample begins with all of a smaller one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, count
from random import Random
from typing import NamedTuple
from urllib.parse import urlsplit

import zipcodes
from django.utils.text import slugify

from resources.documents import Document
from resources.models import Organisation, OrganisationName, Resource, digest_of
from resources.models.entry import URL_LENGTH
from resources.models.recorded import SLUG_LENGTH
from resources.translations import TRANSLATED_FIELDS

from . import parts, starter
from .organisation_records import sort_of
from .records import Record
from .vocabulary import Vocabulary

NAME_LENGTH = 150
ANY = frozenset({"any-illness", "any-cancer"})
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
# Statuses of funds, for one that may be open or closed at all.
STATUSES = {"open": 30, "closed": 25, "waitlist": 5, "unknown": 40}
PRECISIONS = {"day": 70, "month": 20, "year": 10}


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


@dataclass(frozen=True)
class Pattern:
    """An entry of the starter to be varied: what it says, and its texts with their Spanish."""

    document: Document
    texts: list[tuple[str, str, str]]  # field, English, Spanish

    @classmethod
    def of(cls, document: Document) -> Pattern:
        """The pattern that a document makes."""
        spanish = {
            (row["field"], row["english_digest"]): row["text"] for row in document["translations"]
        }
        texts = [
            (name, english, spanish.get((name, digest_of(english)), ""))
            for name, english in _english(document)
            if english
        ]
        return cls(document, texts)


def _english(document: Document) -> Iterator[tuple[str, str]]:
    kind = Resource.KIND if "organisation" in document else Organisation.KIND
    for name in TRANSLATED_FIELDS[kind]:
        yield name, document.get(name, "")
    yield from (("documents", text) for text in document.get("documents", []))
    yield from (("phone_purpose", phone["purpose"]) for phone in document["phones"])
    yield from (("phone_hours", phone["hours"]) for phone in document["phones"])


@dataclass(frozen=True)
class House:
    """An organisation of the starter with its resources, programmes before their funds."""

    organisation: Pattern
    resources: list[Pattern]


def houses(vocabulary: Vocabulary) -> list[House]:
    """The starter's organisations with what they offer that the public sees."""
    wanted = [
        one
        for one in starter.Starter(starter.FOLDER, vocabulary).wanted()
        if one.state == "published"
    ]
    offered: dict[str, list[Document]] = {}
    for one in wanted:
        if one.model is Resource:
            offered.setdefault(one.document["organisation"], []).append(one.document)
    return [
        House(
            Pattern.of(one.document),
            [Pattern.of(row) for row in sorted(offered.get(one.slug, []), key=_is_fund)],
        )
        for one in wanted
        if one.model is Organisation
    ]


def _is_fund(document: Document) -> bool:
    return document["part_of"] is not None


def _in_a_sentence(illness: str) -> str:
    """The name as it stands in a sentence: "Breast cancer (any stage)" -> "breast cancer"."""
    return illness[:1].lower() + illness.split(" (")[0][1:]


class Sampler:
    """Makes invented organisations, one after the other, each with its resources."""

    def __init__(self, *, seed: int, today: dt.date) -> None:
        vocabulary = Vocabulary()
        self.seed, self.today = seed, today
        self.houses = houses(vocabulary)
        self.states: dict[str, Record] = {row["code"]: row for row in vocabulary.states}
        self.conditions: dict[str, Record] = {row["slug"]: row for row in vocabulary.conditions}
        self.medicines: dict[str, Record] = {row["slug"]: row for row in vocabulary.medicines}
        self.makers = sorted({row["maker"] for row in vocabulary.medicines if row["maker"]})
        self.heir: str | None = None  # the newest active organisation: others go on as it
        self._names: set[str] = set()
        self._slugs = {
            pattern.document["slug"]
            for house in self.houses
            for pattern in [house.organisation, *house.resources]
        }

    def __iter__(self) -> Iterator[tuple[Document, list[Document]]]:
        """Endlessly: an organisation and its resources as documents."""
        for number in count():
            # Its own dice for each, so that a change to one moves no other.
            dice = Random(f"{self.seed}/{number}")  # noqa: S311 - no secret is made of it
            yield Move(self, dice).documents()

    def fresh_name(self, names: Iterable[str]) -> str:
        """The first of endless names that no other organisation of the sample has."""
        name = next(name for name in names if name not in self._names)
        self._names.add(name)
        return name

    def fresh_slug(self, text: str) -> str:
        """A slug that nothing else in the sample or the starter has."""
        wanted = slugify(text)[: SLUG_LENGTH - 6].strip("-_")
        numbered = (f"{wanted}-{number}" for number in count(2))
        slug = next(slug for slug in chain([wanted], numbered) if slug not in self._slugs)
        self._slugs.add(slug)
        return slug


class Move:
    """One organisation of the starter, moved to another town under another name."""

    def __init__(self, sampler: Sampler, dice: Random) -> None:
        self.sampler, self.dice = sampler, dice
        self.house = dice.choice(sampler.houses)
        self.place = dice.choice(places())
        pattern = self.house.organisation.document
        self.makers = [dice.choice(sampler.makers)] if pattern["makers"] else []
        self.illnesses = self._other_illnesses()
        self.name = sampler.fresh_name(self._possible_names())
        self.slug = sampler.fresh_slug(self.name)
        self.site = f"https://www.{self.slug[:50].strip('-')}.example.org"
        self.swaps = list(self._swaps())
        self.slugs: dict[str, str] = {}  # of the pattern's resources -> of the new ones

    def documents(self) -> tuple[Document, list[Document]]:
        """The organisation and its resources."""
        organisation = self._organisation()
        return organisation, [self._resource(pattern) for pattern in self.house.resources]

    # --- Who and where ---

    def _other_illnesses(self) -> dict[str, str]:
        """For each illness that its resources name: the one that stands in its place, or itself."""
        named = {slug for row in self.house.resources for slug in row.document["conditions"]}
        known = list(self.sampler.conditions)
        return {
            slug: slug if slug in ANY or self.dice.random() < 0.5 else self.dice.choice(known)
            for slug in sorted(named)
        }

    def _possible_names(self) -> Iterator[str]:
        """Endless; the second and third of a kind are for where the first is taken."""
        particular = [slug for slug in self.illnesses.values() if slug not in ANY]
        illness = self.sampler.conditions[particular[0]]["name"] if particular else "Cancer"
        patterns = HOUSES_OF.get(self.house.organisation.document["category"], HOUSES)
        while True:
            name = self.dice.choice(patterns).format(
                city=self.place.city,
                county=self.place.county,
                family=self.dice.choice(FAMILIES),
                illness=illness.split(" (")[0],
                maker=(self.makers or ["Rx"])[0],
            )[: NAME_LENGTH - 20]
            yield name
            yield f"{name} ({self.place.state})"
            yield f"{name} No. {self.dice.randrange(2, 99)}"

    def _swaps(self) -> Iterator[tuple[str, str]]:
        """What stands in the texts, in English or Spanish, and what must stand there now."""
        pattern, conditions = self.house.organisation.document, self.sampler.conditions
        yield pattern["name"], self.name
        if pattern["city"]:
            yield pattern["city"], self.place.city
        for code in self._home_states():
            old, new = self.sampler.states[code], self.sampler.states[self.place.state]
            yield from {old["name"]: new["name"], old["spanish"]: new["spanish"]}.items()
        for before, after in self.illnesses.items():
            if before != after:
                old, new = conditions[before], conditions[after]
                yield _in_a_sentence(old["name"]), _in_a_sentence(new["name"])
                yield old["spanish"][0], new["spanish"][0]

    def _home_states(self) -> set[str]:
        """The one state that the house works in, if there is such a one."""
        named = {code for row in self.house.resources for code in row.document["states"]}
        return named if len(named) == 1 else set()

    def _said(self, text: str) -> str:
        for old, new in self.swaps:
            if old in text:
                text = text.replace(old, new)
        return text

    # --- Documents ---

    def _organisation(self) -> Document:
        pattern = self.house.organisation.document
        is_gone = pattern["successor"] is not None and self.sampler.heir is not None
        if not is_gone and pattern["status"] == "active":
            self.sampler.heir = self.slug
        return {
            **self._texts(self.house.organisation),
            "slug": self.slug,
            "name": self.name,
            "status": pattern["status"] if is_gone or not pattern["successor"] else "active",
            "successor": self.sampler.heir if is_gone else None,
            "website": self._address(pattern["website"]),
            "email": f"help@{self.site.removeprefix('https://www.')}" if pattern["email"] else "",
            "city": self.place.city,
            "state": self.place.state,
            "makers": self.makers,
            "names": self._other_names(pattern["names"]),
        }

    def _other_names(self, names: Sequence[Document]) -> list[Document]:
        initials = "".join(word[0] for word in self.name.split() if word[0].isupper())[:6]
        also = f"{self.dice.choice(FAMILIES)} {self.dice.choice(('Project', 'Circle', 'Network'))}"
        said = [
            initials if row["sort"] == OrganisationName.Sort.ABBREVIATION else also for row in names
        ]
        return [
            {"position": place, "name": name, "sort": sort_of(name, former=())}
            for place, name in enumerate(dict.fromkeys(said))
        ]

    def _resource(self, pattern: Pattern) -> Document:
        row = pattern.document
        name = self._said(row["name"])
        self.slugs[row["slug"]] = slug = self.sampler.fresh_slug(f"{self.slug[:50]} {name}")
        conditions = sorted({self.illnesses[slug] for slug in row["conditions"]})
        return {
            **self._texts(pattern),
            **self._area(row),
            **self._sighting(row),
            "slug": slug,
            "organisation": self.slug,
            "part_of": self.slugs[row["part_of"]] if row["part_of"] else None,
            "takes_anyone": False,  # that list is curated
            "conditions": conditions,
            "medicines": self._medicines(len(row["medicines"])),
            **{name: self._address(row[name]) for name in ("url", "apply_url", "status_page_url")},
        }

    def _texts(self, pattern: Pattern) -> Document:
        """The pattern with its texts and their Spanish, phones and sources made this house's."""
        row = pattern.document
        suffix = f" ({self.place.city}, {self.place.state})"
        texts = [
            (name, self._said(english), self._said(spanish))
            for name, english, spanish in pattern.texts
        ]
        texts = [
            (name, english[: NAME_LENGTH - len(suffix)] + suffix, spanish and spanish + suffix)
            if name == "name"
            else (name, english, spanish)
            for name, english, spanish in texts
        ]
        said = {
            name: english for name, english, _spanish in texts if isinstance(row.get(name), str)
        }
        return {
            **row,
            **said,
            **(
                {"documents": [e for name, e, _ in texts if name == "documents"]}
                if "documents" in row
                else {}
            ),
            "phones": [self._phone(phone) for phone in row["phones"]],
            "sources": [
                {**source, "url": self._address(source["url"])} for source in row["sources"]
            ],
            "translations": parts.spanish_rows(texts),
        }

    def _phone(self, row: Document) -> Document:
        number = f"{self.place.area_code}-555-01{self.dice.randrange(100):02}"
        dial = f"+1{number.replace('-', '')}"
        return {
            **row,
            "number": number,
            "dial": dial,
            "purpose": self._said(row["purpose"]),
            "note": "",
        }

    def _address(self, url: str) -> str:
        """An address like this one, on the site of this house; blank where there was none."""
        if not url:
            return ""
        asked = urlsplit(url)
        query = f"?{asked.query}" if asked.query else ""
        return f"{self.site}{asked.path}{query}"[:URL_LENGTH]

    def _area(self, row: Document) -> Document:
        if row["area_kind"] == Resource.AreaKind.NATIONAL:
            return {}
        known = sorted(self.sampler.states)
        others = self.dice.sample(known, len(row["states"]) - 1)
        counties = {self.place.county: None} if row["area_parts"] else {}
        return {
            "states": sorted({self.place.state, *others}),
            "area_parts": [
                {"position": place, "state": self.place.state, "county": county}
                for place, county in enumerate(counties)
            ],
        }

    def _medicines(self, how_many: int) -> list[str]:
        """So many medicines, of the house's own makers if it has any."""
        if not how_many:
            return []
        known = [
            slug
            for slug, row in self.sampler.medicines.items()
            if not self.makers or row["maker"] in self.makers
        ]
        return sorted(self.dice.sample(known, min(how_many, len(known))))

    def _sighting(self, row: Document) -> Document:
        if row["fund_status"] == Resource.FundStatus.NOT_APPLICABLE:
            return {"fund_status_seen_on": None, "fund_status_precision": ""}
        status = self._drawn(STATUSES)
        if status == Resource.FundStatus.UNKNOWN:
            return {"fund_status": status, "fund_status_seen_on": None, "fund_status_precision": ""}
        precision = self._drawn(PRECISIONS)
        is_fresh = self.dice.random() < 0.4
        ago = self.dice.randrange(0, 30) if is_fresh else self.dice.randrange(30, 900)
        day = self.sampler.today - dt.timedelta(days=ago)
        first = {"day": day, "month": day.replace(day=1), "year": day.replace(month=1, day=1)}
        return {
            "fund_status": status,
            "fund_status_seen_on": first[precision].isoformat(),
            "fund_status_precision": precision,
        }

    def _drawn(self, weights: dict[str, int]) -> str:
        return self.dice.choices(list(weights), list(weights.values()))[0]
