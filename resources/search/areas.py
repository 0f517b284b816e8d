"""Where somebody lives, from what they typed: a state's code or a ZIP code."""

from __future__ import annotations

import re
import sys
from array import array
from dataclasses import dataclass
from importlib import import_module
from threading import Lock

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .words import fold

# The codes of vocabulary/states.json: the states, the District of Columbia, five territories.
CODES = frozenset(
    re.findall(
        "[A-Z]{2}",
        """AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ
        NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR GU VI AS MP""",
    )
)

# Post offices, not places: where somebody in the forces lives, the address does not say.
MILITARY = frozenset({"AA", "AE", "AP"})
# Freely associated states: U.S. mail goes there, most U.S. programs do not.
ASSOCIATED = frozenset({"FM", "MH", "PW"})

UNREADABLE = _("We could not read this place. Give a state, or a ZIP code of five digits.")
UNKNOWN_ZIP = _("We do not know this ZIP code. Please check the five digits.")
NOT_A_STATE = _("We do not know this state. Give its two letters, such as OH, or a ZIP code.")
MILITARY_NOTE = _(
    "This is a military address, which does not say a state. Choose the state where you live or get"
    " care. If you are abroad, ask TRICARE first."
)
ASSOCIATED_NOTE = _(
    "This place is a country in free association with the United States. Most help listed here is"
    " only for people in the U.S. Ask each program."
)

# Longer than any place that could be read; what is longer is cut before it is looked at.
LONGEST = 20
ZIP = re.compile(r"([0-9]{5})(?:-[0-9]{4})?")
UNKEPT = re.compile(r"[^A-Z0-9 -]")
CODE = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class Area:
    """A place that was typed: its state's code, or a note that says why there is none.

    `zip` and `county` are empty where a state was typed, or where they are not known.
    """

    code: str = ""
    zip: str = ""
    county: str = ""
    note: str | Promise = ""


def tidy(text: str) -> str:
    """What was typed as it is kept: capitals and ASCII digits, of a ZIP code five of them."""
    kept = UNKEPT.sub("", fold(text[:LONGEST]).upper())
    place = " ".join(kept.split())[:LONGEST].strip()
    zip_code = ZIP.fullmatch(place)
    return zip_code[1] if zip_code else place


def read_area(text: str) -> Area | None:
    """The place that was typed, None where nothing was. Never raises."""
    place = tidy(text)
    if not place:
        return None
    # zipcodes panics, past any except clause, on digits that are not ASCII: none get there.
    if ZIP.fullmatch(place):
        return _of_zip(place)
    if CODE.fullmatch(place):
        return _of_code(place, Area(code=place), NOT_A_STATE)
    return Area(note=UNREADABLE)


def _of_zip(zip_code: str) -> Area:
    places, place_of = zip_codes()
    code, county = places[place_of[int(zip_code)]]
    if not code:
        return Area(zip=zip_code, note=UNKNOWN_ZIP)
    return _of_code(code, Area(code=code, zip=zip_code, county=county), UNKNOWN_ZIP)


# A state's code and a county, either of them empty where it is not known.
Place = tuple[str, str]
_zip_codes: tuple[list[Place], array[int]] | None = None
_reading = Lock()


def zip_codes() -> tuple[list[Place], array[int]]:
    """The places that ZIP codes lie in, and for each ZIP code (as a number) which of them.

    Read at the first call, which takes a second: a server calls it when it starts.
    """
    global _zip_codes
    with _reading:
        if _zip_codes is None:
            _zip_codes = _read_zip_codes()
        return _zip_codes


def _read_zip_codes() -> tuple[list[Place], array[int]]:
    """The half a megabyte that is asked for, out of the sixty that the package holds in memory."""
    is_in_use = "zipcodes" in sys.modules
    records = import_module("zipcodes").list_all()
    numbers: dict[str, int] = {"\t": 0}
    place_of = array("H", [0]) * 100_000
    for record in records:
        place = f"{record['state']}\t{record['county'] or ''}"
        place_of[int(record["zip_code"])] = numbers.setdefault(place, len(numbers))
    kept = "\n".join(numbers)
    # Given back before anything is made that stays, which would hold on to the memory around it;
    # who imports the package again reads it again, and who has it already keeps it.
    numbers.clear()
    if not is_in_use:
        records.clear()
        del sys.modules["zipcodes"]
    places = (line.split("\t") for line in kept.split("\n"))
    return [(state, county) for state, county in places], place_of


def _of_code(code: str, area: Area, otherwise: str | Promise) -> Area:
    """The area where its code is a state's, else why it is none."""
    if code in CODES:
        return area
    notes = dict.fromkeys(MILITARY, MILITARY_NOTE) | dict.fromkeys(ASSOCIATED, ASSOCIATED_NOTE)
    return Area(zip=area.zip, note=notes.get(code, otherwise))
