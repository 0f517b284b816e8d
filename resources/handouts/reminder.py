"""A reminder for somebody's own calendar (iCalendar, RFC 5545): a day, a few words, the link.

A calendar is seen by others. It says no name and no illness, only which number of the list.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from uuid import uuid4

from django.utils.translation import gettext as _

from resources.handouts.paper import Paper

LINE = 75  # bytes of a line at most


def reminder_of(paper: Paper, day: dt.date, number: int | None, now: dt.datetime) -> bytes:
    """An .ics file with one day; `number`: the resource it is about. `now` has a time zone."""
    places = [item.number for item in paper.items]
    if number in places:
        says = _("Apply again: number %(place)d on your list") % {"place": places.index(number) + 1}
    else:
        says = _("Look at your list of help again")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Support Directory//list//EN",
        "BEGIN:VEVENT",
        f"UID:{uuid4()}",
        f"DTSTAMP:{now.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"SUMMARY:{_escaped(says)}",
        f"DESCRIPTION:{_escaped(paper.url)}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_escaped(says)}",
        "TRIGGER:PT9H",  # nine in the morning, wherever that is
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _escaped(text: str) -> str:
    """A text as a value: no character of it ends the line or the value."""
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(plain.splitlines())


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most `LINE` bytes, each after the first begun by a space."""
    piece = ""
    for letter in line:
        if len(f"{piece}{letter}".encode()) > LINE:
            yield piece
            piece = " "
        piece += letter
    yield piece
