"""The parameters of the lists, and reading them: what is wrong is refused with what to do."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from resources.search.areas import read_area
from resources.search.query import LONGEST_TEXT

# Contents of a page: what is usual, and the most. Of `minimal`, which is for keeping in step: a
# page holds as much as may be, for the standard asks for all of it in one call.
USUAL, MOST, MOST_MINIMAL = 50, 500, 20_000
LAST_PAGE = 1_000_000
FIRST_YEAR, LAST_YEAR = 4, 9_996  # leap years, as any other may be

FORMATS = ("json", "ndjson")
AN_ID_WRITTEN = re.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
ZIP = re.compile("[0-9]{5}(-[0-9]{4})?")
LEAP_SECOND = re.compile(r"(?<=:[0-5][0-9]):60(?![0-9])")
FLAGS = {"true": True, "false": False}


class Refused(Exception):
    """A parameter that cannot be read: which, and a sentence that says what to do."""

    status = 400

    def __init__(self, parameter: str, detail: str) -> None:
        super().__init__(detail)
        self.parameter, self.detail = parameter, detail


class Unknown(Refused):
    """One that can be read, and names what is not there."""

    status = 404


def _text(value: str) -> str:
    if len(value) > LONGEST_TEXT:
        raise ValueError(f"Give at most {LONGEST_TEXT} characters.")
    return value


def _number(most: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        is_number = value.isascii() and value.isdecimal() and len(value) < 10
        if not is_number or not 1 <= int(value) <= most:
            raise ValueError(f"Give a whole number from 1 to {most}.")
        return int(value)

    return read


def _format(value: str) -> str:
    if value not in FORMATS:
        raise ValueError("Give json (pages) or ndjson (everything, one document a line).")
    return value


def read_id(value: str) -> UUID:
    """An id as it is usually written; other forms of it are none. Raises ValueError."""
    if not AN_ID_WRITTEN.fullmatch(value):
        raise ValueError(
            "Give an id as this API writes it, such as 04cabb57-13ef-5e23-b053-97f157e42d6b."
        )
    return UUID(value)


def _flag(value: str) -> bool:
    if value.lower() not in FLAGS:
        raise ValueError("Give true or false.")
    return FLAGS[value.lower()]


def _moment(value: str) -> dt.datetime:
    """A date and time; the time zone of the directory where none is said. A date: its beginning.

    The first and the last year that there are have no room for another time zone.
    """
    written = value.strip().upper()
    if "T" in written:
        # In an address, a "+" that nobody encoded arrives as a space. RFC 3339 has leap seconds.
        written = LEAP_SECOND.sub(":59", written.replace(" ", "+"))
    try:
        day = parse_date(written)
        moment = dt.datetime.combine(day, dt.time()) if day else parse_datetime(written)
    except ValueError:
        moment = None
    if moment is None:
        raise ValueError("Give a date or a date and time, such as 2026-11-20T08:30:00Z.")
    moment = moment.replace(year=min(max(moment.year, FIRST_YEAR), LAST_YEAR))
    return (timezone.make_aware(moment) if timezone.is_naive(moment) else moment).astimezone(dt.UTC)


def _postcode(value: str) -> str:
    if not ZIP.fullmatch(value):
        raise ValueError("Give a ZIP code of five digits, such as 43004.")
    area = read_area(value)
    if area is None or not area.code or not area.zip:
        raise Unknown(
            "postcode",
            "This ZIP code lies in no state, nor in the District of Columbia or a territory.",
        )
    return area.code


def _proximity(value: str) -> str:
    if not value:
        return value
    raise ValueError(
        "The street addresses of services are not known here, so distances are not either. Leave"
        " proximity out: postcode alone finds what serves the state that it lies in."
    )


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: how it is read, its JSON Schema, and what it does, in a sentence."""

    name: str
    read: Callable[[str], Any]
    schema: Mapping[str, Any]
    does: Any


TEXT, FLAG = {"type": "string"}, {"type": "boolean"}
AN_ID = {"type": "string", "format": "uuid"}

# Blank, these say nothing; of all others a blank is refused: it is a value that somebody forgot.
MAY_BE_BLANK = frozenset({"search", "proximity"})

PARAMETERS = {
    parameter.name: parameter
    for parameter in (
        Parameter(
            "search",
            _text,
            {**TEXT, "maxLength": LONGEST_TEXT},
            _(
                "Words, read as the site’s own search reads them: “gleevec copay ohio” is a"
                " medicine, a need and a state. The best comes first."
            ),
        ),
        Parameter(
            "page",
            _number(LAST_PAGE),
            {"type": "integer", "minimum": 1, "maximum": LAST_PAGE},
            _("Which page, from 1."),
        ),
        Parameter(
            "per_page",
            _number(MOST_MINIMAL),
            {"type": "integer", "minimum": 1, "maximum": MOST_MINIMAL, "default": USUAL},
            format_lazy(
                _(
                    "How many on a page: up to {most}, with minimal up to {more}. More are not"
                    " refused: size says how many there are."
                ),
                most=MOST,
                more=f"{MOST_MINIMAL:,}",
            ),
        ),
        Parameter(
            "format",
            _format,
            {**TEXT, "enum": list(FORMATS), "default": "json"},
            _("ndjson streams everything that was found, one document a line, without pages."),
        ),
        Parameter("taxonomy_term_id", read_id, AN_ID, _("What carries this very term.")),
        Parameter("taxonomy_id", read_id, AN_ID, _("What carries any term of this taxonomy.")),
        Parameter("organization_id", read_id, AN_ID, _("Services of this organization.")),
        Parameter(
            "modified_after",
            _moment,
            {"anyOf": [{**TEXT, "format": "date-time"}, {**TEXT, "format": "date"}]},
            _("What changed then or later. What was taken down is told at /tombstones."),
        ),
        Parameter(
            "minimal",
            _flag,
            FLAG,
            _("Only id, name, status and when it was modified; full says nothing then."),
        ),
        Parameter("full", _flag, FLAG, _("Each with all that belongs to it, profile included.")),
        Parameter("full_service", _flag, FLAG, _("Each organization with its services in full.")),
        Parameter("top_only", _flag, FLAG, _("Only terms that stand under no other.")),
        Parameter("parent_id", read_id, AN_ID, _("Only terms that stand right under this one.")),
        Parameter(
            "postcode",
            _postcode,
            {**TEXT, "pattern": f"^{ZIP.pattern}$"},
            _(
                "What serves the state that this ZIP code lies in, nationwide help included. What"
                " is narrower than a state says so in its service areas."
            ),
        ),
        Parameter(
            "proximity",
            _proximity,
            {**TEXT, "maxLength": 0},
            _("Refused: no street addresses are known here."),
        ),
    )
}


def read(given: Iterable[tuple[str, str | None]], names: Iterable[str]) -> dict[str, Any]:
    """The values of the parameters that were given; a blank search counts as not given.

    Raises `Refused` for one that is not among `names`, is given twice, or cannot be read.
    """
    known, found = list(names), dict[str, Any]()
    for name, value in given:
        if name not in known:
            raise Refused(name[:40], f"There is no such parameter here. Use: {', '.join(known)}.")
        if value is None or (name in MAY_BE_BLANK and not value.strip()):
            continue
        if name in found:
            raise Refused(name, "Give it once.")
        try:
            found[name] = PARAMETERS[name].read(value)
        except ValueError as error:
            raise Refused(name, str(error)) from None
    return found


def size_of(asked: Mapping[str, Any]) -> int:
    """How many contents a page has."""
    if asked.get("minimal"):
        return int(asked.get("per_page", MOST_MINIMAL))
    return min(MOST, int(asked.get("per_page", USUAL)))
