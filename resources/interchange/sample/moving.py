"""An organisation of the starter, moved: what it and its resources say in another town."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from random import Random
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from resources.documents import Document
from resources.interchange.organisation_records import sort_of
from resources.models import OrganisationName, Resource
from resources.models.entry import URL_LENGTH

from .naming import FAMILIES, NAME_LENGTH, places, possible_names
from .patterns import ANY, Pattern, Text, Varied, illness_words, state_words

if TYPE_CHECKING:
    from .sampler import Plan, Sampler

# Statuses of funds, for one that may be open or closed at all.
STATUSES = {"open": 30, "closed": 25, "waitlist": 5, "unknown": 40}
PRECISIONS = {"day": 70, "month": 20, "year": 10}


class Move:
    """One organisation of the starter in another town, chosen by dice."""

    def __init__(self, sampler: Sampler, number: int) -> None:
        self.sampler = sampler
        # Its own dice for each, so that a change to one moves no other.
        self.dice = Random(f"{sampler.seed}/{number}")  # noqa: S311 - no secret is made of it
        self.house = self.dice.choice(sampler.houses)
        self.pattern = self.house.organisation.document
        self.place = self.dice.choice(places())
        self.makers = [self.dice.choice(sampler.makers)] if self.pattern["makers"] else []
        self.illnesses = {slug: self._other_illness(slug) for slug in self.house.illnesses}
        self.family = self.dice.choice(FAMILIES)
        self.form = self.dice.randrange(100)

    def _other_illness(self, slug: str) -> str:
        """The one that stands in its place, or itself."""
        stays = slug in ANY or self.dice.random() < 0.5
        return slug if stays else self.dice.choice(self.sampler.illnesses)

    # --- What a plan is made of ---

    @property
    def is_active(self) -> bool:
        """Whether others can go on as it."""
        return bool(self.pattern["status"] == "active")

    @property
    def has_successor(self) -> bool:
        """Whether it has gone, where there is one that goes on as it."""
        return self.pattern["successor"] is not None

    def possible_names(self) -> Iterator[str]:
        """Endless names for it."""
        particular = [slug for slug in self.illnesses.values() if slug not in ANY]
        illness = self.sampler.conditions[particular[0]]["name"] if particular else "Cancer"
        return possible_names(
            self.pattern["category"],
            self.form,
            self.place,
            family=self.family,
            illness=illness.split(" (")[0],
            maker=(self.makers or ["Rx"])[0],
        )

    def resource_names(self, name: str) -> list[str]:
        """What its resources are called, without the town, where it has this name itself."""
        swaps = list(self.swaps(name))
        return [_said(resource.document["name"], swaps) for resource in self.house.resources]

    def varied(self, plan: Plan) -> tuple[Varied, list[Varied]]:
        """The organisation and its resources, as they are planned."""
        return _Writing(self, plan).varied()

    def swaps(self, name: str) -> Iterator[tuple[str, str]]:
        """What stands in the texts, in English or Spanish, and what must stand there now."""
        states, illnesses = self.sampler.states, self.sampler.conditions
        yield self.pattern["name"], name
        if self.pattern["city"]:
            yield self.pattern["city"], self.place.city
        if self.house.home:
            old, new = states[self.house.home], states[self.place.state]
            yield from zip(state_words(old), state_words(new), strict=True)
        for before, after in self.illnesses.items():
            if before != after:
                old, new = illnesses[before], illnesses[after]
                yield from zip(illness_words(old), illness_words(new), strict=True)


def _said(text: str, swaps: Sequence[tuple[str, str]]) -> str:
    for old, new in swaps:
        if old in text:
            text = text.replace(old, new)
    return text


class _Writing:
    """Writes the documents of one planned organisation."""

    def __init__(self, move: Move, plan: Plan) -> None:
        self.move, self.plan = move, plan
        self.sampler, self.dice, self.place = move.sampler, move.dice, move.place
        self.host = f"{plan.slug[:50].strip('-')}.example.org"
        self.swaps = list(move.swaps(plan.name))
        originals = (pattern.document["slug"] for pattern in move.house.resources)
        self.slugs = dict(zip(originals, plan.resources, strict=True))

    def varied(self) -> tuple[Varied, list[Varied]]:
        house = self.move.house
        return (
            self._varied(house.organisation, self._organisation),
            [self._varied(pattern, self._resource) for pattern in house.resources],
        )

    def _varied(self, pattern: Pattern, said: Callable[[Document], Document]) -> Varied:
        texts = [self._moved(*text) for text in pattern.moving]
        changes = {**self._told(pattern, texts), **said(pattern.document)}
        return Varied(pattern, changes, pattern.new_translations(texts))

    def _organisation(self, pattern: Document) -> Document:
        is_gone = self.plan.heir is not None
        return {
            "slug": self.plan.slug,
            "name": self.plan.name,
            "status": pattern["status"] if is_gone or not self.move.has_successor else "active",
            "successor": self.plan.heir,
            "website": self._address(pattern["website"]),
            "email": f"help@{self.host}" if pattern["email"] else "",
            "city": self.place.city,
            "state": self.place.state,
            "makers": self.move.makers,
            "names": self._other_names(pattern["names"]),
        }

    def _other_names(self, names: Sequence[Document]) -> list[Document]:
        initials = "".join(word[0] for word in self.plan.name.split() if word[0].isupper())[:6]
        also = f"{self.dice.choice(FAMILIES)} {self.dice.choice(('Project', 'Circle', 'Network'))}"
        said = [
            initials if row["sort"] == OrganisationName.Sort.ABBREVIATION else also for row in names
        ]
        return [
            {"position": place, "name": name, "sort": str(sort_of(name, former=()))}
            for place, name in enumerate(dict.fromkeys(said))
        ]

    def _resource(self, row: Document) -> Document:
        return {
            **self._area(row),
            **self._sighting(row),
            "slug": self.slugs[row["slug"]],
            "organisation": self.plan.slug,
            "part_of": self.slugs[row["part_of"]] if row["part_of"] else None,
            "takes_anyone": False,  # that list is curated
            "conditions": sorted({self.move.illnesses[slug] for slug in row["conditions"]}),
            "medicines": self._medicines(len(row["medicines"])),
            "url": self._address(row["url"]),
            "apply_url": self._address(row["apply_url"]),
            "status_page_url": self._address(row["status_page_url"]),
        }

    def _told(self, pattern: Pattern, texts: Sequence[Text]) -> Document:
        """The texts, phones and sources made this house's."""
        row = pattern.document
        moved: Document = {field: english for field, english, _spanish in texts if field in row}
        if "documents" in moved:
            moved["documents"] = [_said(text, self.swaps) for text in row["documents"]]
        return {
            **moved,
            "phones": [self._phone(phone) for phone in row["phones"]],
            "sources": [
                {**source, "url": self._address(source["url"])} for source in row["sources"]
            ],
        }

    def _moved(self, field: str, english: str, spanish: str) -> Text:
        english, spanish = _said(english, self.swaps), _said(spanish, self.swaps)
        if field != "name":
            return field, english, spanish
        suffix = f" ({self.place.city}, {self.place.state})"
        return field, english[: NAME_LENGTH - len(suffix)] + suffix, spanish and spanish + suffix

    def _phone(self, row: Document) -> Document:
        number = f"{self.place.area_code}-555-01{self.dice.randrange(100):02}"
        return {
            **row,
            "number": number,
            "dial": f"+1{number.replace('-', '')}",
            "purpose": _said(row["purpose"], self.swaps),
            "hours": _said(row["hours"], self.swaps),
            "note": "",
        }

    def _address(self, url: str) -> str:
        """An address like this one, on the site of this house; blank where there was none."""
        return f"https://www.{self.host}{_path(url)}"[:URL_LENGTH] if url else ""

    def _area(self, row: Document) -> Document:
        if row["area_kind"] == Resource.AreaKind.NATIONAL:
            return {}
        others = self.dice.sample(self.sampler.state_codes, len(row["states"]) - 1)
        counties = [self.place.county] if row["area_parts"] else []
        return {
            "states": sorted({self.place.state, *others}),
            "area_parts": [
                {"position": place, "state": self.place.state, "county": county}
                for place, county in enumerate(counties)
            ],
        }

    def _medicines(self, how_many: int) -> list[str]:
        """So many medicines, of the house's own makers if it has any."""
        known = self.sampler.medicines_of(self.move.makers) if how_many else []
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


@lru_cache(maxsize=5_000)
def _path(url: str) -> str:
    """What stands behind the host in an address of the starter."""
    asked = urlsplit(url)
    return asked.path + (f"?{asked.query}" if asked.query else "")
