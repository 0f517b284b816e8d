"""Hours of a telephone: "Mon-Fri 9am-5pm" as words, in the language of the page.

Hours are structure written as text: days and times are read out of it, so that they are never in
the wrong language. What cannot be read so is shown as it was typed, marked as English.
"""

from __future__ import annotations

import datetime as dt
import re

from django.utils.dates import WEEKDAYS
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from resources.models.entry import Phone
from resources.translations import Wording, wording

DAYS = {name: day for day, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
_DAY = r"(?:mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|rsday|urday)?"
_TIME = r"(\d{1,2})(?::([0-5]\d))?\s?([ap]\.?m\.?)"
_TO = r"(?:\s?-\s?| to )"
_SPAN = re.compile(rf"(?:({_DAY})(?:{_TO}({_DAY}))?,? )?{_TIME}{_TO}{_TIME}", re.IGNORECASE)
_ALWAYS = re.compile(r"24/7|24 hours a day(, (7|seven) days a week)?", re.IGNORECASE)


def hours_of(phone: Phone, language: str) -> Wording:
    """When a phone is answered, with the time zone; empty where that is not known."""
    written = phone.hours.strip()
    if not written or _ALWAYS.fullmatch(written):
        return Wording(_("day and night, every day") if written else "", language)
    zone = phone.get_time_zone_display() if phone.time_zone else ""
    if spans := _spans(written):
        return Wording(_with_zone("; ".join(map(_said, spans)), str(zone)), language)
    typed = wording(phone.entry, "phone_hours", written, language)
    return Wording(_with_zone(typed.text, str(zone)), typed.language, typed.reviewed)


def is_read(written: str) -> bool:
    """Whether these hours can be said in every language, so that nobody has to translate them."""
    return bool(_ALWAYS.fullmatch(written.strip()) or _spans(written))


def _spans(written: str) -> list[re.Match[str]]:
    """The days and times; none where any part of the text is something else."""
    parts = re.split(r"[,;] (?=[A-Za-z])", written)
    spans = [span for part in parts if (span := _SPAN.fullmatch(part.strip()))]
    return spans if len(spans) == len(parts) else []


def _with_zone(hours: str, zone: str) -> str:
    return _("%(hours)s, %(zone)s") % {"hours": hours, "zone": zone} if zone else hours


def _said(span: re.Match[str]) -> str:
    first, last, *times = span.groups()
    hours = {"opens": _time(*times[:3]), "closes": _time(*times[3:])}
    if first is None:
        return _("%(opens)s to %(closes)s") % hours
    if last is None:
        return _("%(day)s, %(opens)s to %(closes)s") % {"day": _weekday(first), **hours}
    days = {"first": _weekday(first), "last": _weekday(last)}
    return _("%(first)s to %(last)s, %(opens)s to %(closes)s") % {**days, **hours}


def _weekday(short: str) -> str:
    return str(WEEKDAYS[DAYS[short[:3].lower()]])


def _time(hour: str, minute: str | None, half: str) -> str:
    """ "9 a.m.", as the language writes it."""
    full = int(hour) % 12 + (12 if half.lower().startswith("p") else 0)
    return time_format(dt.time(full, int(minute or 0)), "P")
