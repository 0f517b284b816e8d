"""Where somebody lives, from what they typed: a state's code or a ZIP code."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CODES = frozenset(
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY"
    " NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR GU VI AS MP".split()
)


@dataclass(frozen=True, slots=True)
class Area:
    """A state's code, the ZIP code and county it was read from, or a sentence why there is none."""

    code: str = ""
    zip: str = ""
    county: str = ""
    note: str | Promise = ""


def read_area(text: str) -> Area:
    """Read a state's code or a ZIP code. Never raises; `note` says what is wrong."""
    text = text.strip().upper()
    if text in CODES:
        return Area(code=text)
    if not re.fullmatch(r"[0-9]{5}(-[0-9]{4})?", text):
        return Area(note=_("We could not read this place. Give a state or a five-digit ZIP code."))
    import zipcodes

    found = zipcodes.matching(text[:5])
    if not found:
        return Area(zip=text[:5], note=_("We do not know this ZIP code. Check the five digits."))
    return Area(code=found[0]["state"], zip=text[:5], county=found[0]["county"])
