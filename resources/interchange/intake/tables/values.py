"""A text as a value of one of our fields. What is no such value is left, and that is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator

from resources.interchange import parts
from resources.interchange.intake.tables import phones, places
from resources.interchange.intake.tables.changes import NotUnderstood, money, number
from resources.interchange.intake.tables.fields import Field, Kind
from resources.interchange.intake.tables.language import folded
from resources.interchange.intake.texts import fitting, room_in
from resources.interchange.organisation_records import sort_of
from resources.interchange.resource_records import seen_on
from resources.languages import LANGUAGE_NAMES, code_of
from resources.models import (
    Condition,
    Insurance,
    Medicine,
    Need,
    OrganisationName,
    ResourcePhone,
    State,
)
from resources.models.entry import URL_LENGTH
from resources.search.areas import CODES

NATIONAL = "national"
NATIONWIDE = frozenset({"national", "nationwide", "united states", "usa", "us", "all states"})
YES = frozenset({"yes", "y", "true", "1", "x"})
NO = frozenset({"no", "n", "false", "0"})
A_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):(?!\d)")
A_HOST = re.compile(r"(?:[\w-]+\.)+[a-zA-Z]{2,}(?:[:/?#]\S*)?")
# A cell of a workbook that holds a day may hold an hour as well.
A_TIME = re.compile(r"[T ]\d{2}:\d{2}(?::\d{2})?$")
US_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
LONGEST = {
    "purpose": room_in(ResourcePhone, "purpose"),
    "note": room_in(ResourcePhone, "note"),
    "name": room_in(OrganisationName, "name"),
}

_is_address = URLValidator(schemes=["http", "https"])
_is_email = EmailValidator()

# For each field of terms, what a term may be called (folded) and its slug; "states" gives codes.
Terms: TypeAlias = Mapping[str, Mapping[str, str]]


def terms_here() -> Terms:
    """The vocabularies of the database: by slug or code, by name, by the other words for it."""
    models = {
        "needs": Need,
        "conditions": Condition,
        "medicines": Medicine,
        "insurance": Insurance,
        "states": State,
    }
    found: dict[str, dict[str, str]] = {}
    for name, model in models.items():
        key = "code" if model is State else "slug"
        rows = list(model.objects.order_by("pk").values_list(key, "name", "synonyms"))  # type: ignore[attr-defined]
        called = {folded(word): slug for slug, _, words in reversed(rows) for word in words}
        called |= {folded(title): slug for slug, title, _ in rows}
        found[name] = called | {folded(slug): slug for slug, _, _ in rows}
    return found


@dataclass(slots=True)
class Reading:
    """The reading of what one rule gave: of which field, and what is found on the way."""

    of: Field
    extras: Mapping[str, Any] = field(default_factory=dict)
    terms: Terms = field(default_factory=dict)
    home: str = ""  # the state in which places are looked up
    guessed: list[str] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)  # a text, and why

    def values(self, texts: list[str]) -> list[Any]:
        """The values that the texts say; what was guessed and left is noted."""
        found: list[Any] = []
        for text in texts:
            try:
                found += READERS[self.of.kind](text, self)
            except NotUnderstood as why:
                self.left.append((text, str(why)))
        return found


def _words(text: str, reading: Reading) -> list[str]:
    return [text] if text else []


def _choice(text: str, reading: Reading) -> list[str]:
    for choice in reading.of.choices:
        if folded(text) == choice:
            return [choice]
    raise NotUnderstood(f"is not one of: {', '.join(reading.of.choices)}")


def _term(text: str, reading: Reading) -> list[str]:
    slug = reading.terms.get(reading.of.name, {}).get(folded(text))
    if slug is None:
        raise NotUnderstood(f"is no term of our {reading.of.name}")
    return [slug]


def _state(text: str, reading: Reading) -> list[str]:
    if reading.of.holds_many and folded(text) in NATIONWIDE:
        return [NATIONAL]
    code = text.strip().upper()
    found = code if code in CODES else reading.terms.get("states", {}).get(folded(text))
    if found is None:
        raise NotUnderstood("is no state, such as IL or Illinois")
    return [found]


@dataclass(frozen=True, slots=True)
class Local:
    """A place that help is limited to: what it was called, and its counties with their states."""

    called: str
    counties: tuple[tuple[str, str], ...] = ()


def _county(text: str, reading: Reading) -> list[Local]:
    state, name = _home(text, reading)
    found = places.county(state, name)
    if found is None:
        reading.left.append((text, f"is no county of {state}"))
        return [Local(text)]
    if found.casefold() != name.removesuffix(" County").casefold():
        reading.guessed.append(f"“{text}” was taken for {found} County")
    return [Local(text, ((state, found),))]


def _city(text: str, reading: Reading) -> list[Local]:
    state, name = _home(text, reading)
    found = places.counties_of_city(state, name)
    if not found:
        reading.left.append((text, f"is no city of {state} that is known here"))
        return [Local(text)]
    reading.guessed.append("the counties are those of the city’s ZIP codes")
    return [Local(text, tuple((state, each) for each in found))]


def _home(text: str, reading: Reading) -> tuple[str, str]:
    """The state of a place and its name: "Cook, IL", or the state of the source."""
    name, comma, state = text.rpartition(",")
    if comma and state.strip().upper() in CODES:
        return state.strip().upper(), name.strip()
    if not reading.home:
        raise NotUnderstood("does not say in which state; give “state” in the mapping’s [source]")
    return reading.home, text.strip()


def _zip(text: str, reading: Reading) -> list[Local]:
    place = places.of_zip(text)
    if place is None or not place.county:
        reading.left.append((text, "is no ZIP code that is known here"))
        return [Local(text)]
    reading.guessed.append("the counties are those in which the ZIP codes lie")
    return [Local(text, ((place.state, place.county),))]


def _language(text: str, reading: Reading) -> list[str]:
    code = text.strip().lower()
    found = code if code in LANGUAGE_NAMES else code_of(text)
    if found is None:
        raise NotUnderstood("is no language that is known here")
    return [found]


def _number(text: str, reading: Reading) -> list[int]:
    changed = number(text.replace("%", " ").replace("$", " ").strip())
    if changed.guessed:
        reading.guessed.append(f"“{fitting(text, 60)}” was {changed.guessed}")
    figure = int(changed.text)
    if not reading.of.least <= figure <= reading.of.most:
        raise NotUnderstood(f"is not between {reading.of.least} and {reading.of.most}")
    return [figure]


def _yes_no(text: str, reading: Reading) -> list[bool]:
    if folded(text) in YES:
        return [True]
    if folded(text) in NO:
        return [False]
    raise NotUnderstood("is neither yes nor no")


def _day(text: str, reading: Reading) -> list[tuple[str, str]]:
    """A day and its precision."""
    found = US_DAY.fullmatch(text.strip())
    iso = f"{found[3]}-{int(found[1]):02}-{int(found[2]):02}" if found else text.strip()
    try:
        day, precision = seen_on(A_TIME.sub("", iso))
    except ValueError as error:
        raise NotUnderstood("is no day, such as 2019-01-31") from error
    if precision != "day" and reading.of.name != "fund_status_seen_on":
        raise NotUnderstood("is no whole day, such as 2019-01-31")
    return [(day.isoformat(), precision)]


def _address(text: str, reading: Reading) -> list[str]:
    address = text.strip()
    scheme = A_SCHEME.match(address)
    if scheme and scheme[1].lower() not in ("http", "https"):
        raise NotUnderstood("is no web address: only http:// and https:// are taken")
    if not scheme:
        if not A_HOST.fullmatch(address.removeprefix("//")):
            raise NotUnderstood("is no web address, such as https://example.org")
        address = f"https://{address.removeprefix('//')}"
        reading.guessed.append("“https://” was put before the address")
    address = f"{address.partition(':')[0].lower()}:{address.partition(':')[2]}"
    if len(address) > URL_LENGTH:
        raise NotUnderstood(f"is longer than {URL_LENGTH} characters")
    try:
        _is_address(address)
    except ValidationError as error:
        raise NotUnderstood("is no web address, such as https://example.org") from error
    return [address]


def _email(text: str, reading: Reading) -> list[str]:
    address = text.strip().removeprefix("mailto:")
    try:
        _is_email(address)
    except ValidationError as error:
        raise NotUnderstood("is no email address, such as help@example.org") from error
    if len(address) > (reading.of.most or 254):
        raise NotUnderstood("is too long for an email address")
    return [address]


def _phones(text: str, reading: Reading) -> list[dict[str, Any]]:
    found = phones.numbers_in(text)
    reading.left += [(rest, "is no phone number that can be dialed") for rest in found.rest]
    return [_phone_row(each, reading) for each in found.numbers]


def _phone_row(found: phones.Number, reading: Reading) -> dict[str, Any]:
    said = dict(reading.extras)
    languages = found.languages if "languages" not in said else list(said["languages"])
    purpose = " ".join(filter(None, [str(said.get("purpose", "")), found.purpose]))
    note = "; ".join(filter(None, [found.note, str(said.get("note", ""))]))
    for name, text in (("purpose", purpose), ("note", note)):
        if len(text) > LONGEST[name]:
            reading.left.append((text, "is too long and was cut"))
    return parts.phone(
        0,
        found.number,
        extension=found.extension,
        purpose=fitting(purpose, LONGEST["purpose"]),
        hours=str(said.get("hours", "")),
        time_zone=str(said.get("time_zone", "")),
        languages=languages,
        is_tty=found.is_tty or bool(said.get("tty")),
        note=fitting(note, LONGEST["note"]),
    )


def _source(text: str, reading: Reading) -> list[dict[str, Any]]:
    (url,) = _address(text, reading)
    said = reading.extras
    return [{"url": url, "page_date": said.get("date", ""), "says": said.get("says", "")}]


def _name(text: str, reading: Reading) -> list[dict[str, Any]]:
    if len(text) > LONGEST["name"]:
        raise NotUnderstood(f"is longer than {LONGEST['name']} characters")
    sort = str(reading.extras.get("sort", "")) or sort_of(text, ())
    return [{"name": text, "sort": sort}]


def _dollars(text: str, reading: Reading) -> list[dict[str, Any]]:
    changed = money(text)
    if changed.guessed:
        reading.guessed.append(changed.guessed)
    if int(changed.text) < 1:
        raise NotUnderstood("is no limit")
    return [
        {"household_size": reading.extras.get("household_size", 1), "dollars": int(changed.text)}
    ]


READERS: Mapping[Kind, Callable[[str, Reading], list[Any]]] = {
    Kind.WORDS: _words,
    Kind.TEXTS: _words,
    Kind.REFERENCE: _words,
    Kind.CHOICE: _choice,
    Kind.TERM: _term,
    Kind.STATE: _state,
    Kind.COUNTY: _county,
    Kind.CITY: _city,
    Kind.ZIP: _zip,
    Kind.LANGUAGE: _language,
    Kind.NUMBER: _number,
    Kind.YES_NO: _yes_no,
    Kind.DAY: _day,
    Kind.ADDRESS: _address,
    Kind.EMAIL: _email,
    Kind.PHONE: _phones,
    Kind.SOURCE: _source,
    Kind.NAME: _name,
    Kind.DOLLARS: _dollars,
}
