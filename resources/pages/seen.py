"""What was seen of a fund over time, in words and as a picture of the last twelve months."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from resources.models import FundStatusToday, Resource, StatusSighting
from resources.pages.cards import last_seen, when
from resources.trust.history import NOT_KNOWN, History, Sighting, Spell, Stretch, history_of

Status = StatusSighting.Status

# So many spells and gaps are listed at once; the earlier ones can be opened.
LINES, GAPS = 8, 3

# How high a bar of the picture is, of a hundred: told apart by shape, not by colour alone.
HEIGHTS = {Status.OPEN.value: 100, Status.WAITLIST.value: 55, Status.CLOSED.value: 25, NOT_KNOWN: 4}


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of the year as a rectangle: days from the left, percent of the height."""

    kind: str
    x: int
    width: int
    height: int

    @property
    def y(self) -> int:
        """From the top."""
        return 100 - self.height


@dataclass(frozen=True, slots=True)
class Picture:
    """The last twelve months, a unit wide for each day, with the days at both ends."""

    bars: list[Bar]
    width: int
    begins: dt.date
    ends: dt.date


@dataclass(frozen=True, slots=True)
class Seen:
    """How a fund stands and since when, how often it opened, when nobody looked, and a picture.

    `lines`: its spells, newest first; `earlier`: those that would make the list long.
    """

    now: str
    opened: str
    gaps: list[str]
    lines: list[str]
    earlier: list[str]
    picture: Picture


def seen_of(resource: Resource, today: dt.date) -> Seen | None:
    """What was seen of this fund; None where it was once at most, which the page says already."""
    if resource.fund_status == Resource.FundStatus.NOT_APPLICABLE:
        return None
    history = history_of(resource, today)
    return said_of(history) if history.sightings > 1 else None


def said_of(history: History) -> Seen:
    """A history that has spells, in the language of the page."""
    lines = [_line(spell) for spell in history.spells]
    gaps = [_gap(gap.after, gap.until) for gap in history.gaps]
    return Seen(
        now=_now(history),
        opened=_opened(history),
        gaps=gaps[:GAPS],
        lines=lines[:LINES],
        earlier=lines[LINES:] + gaps[GAPS:],
        picture=_picture(history),
    )


def _now(history: History) -> str:
    """ "Closed since March 3, 2026."; where nobody looked for too long, what was last seen."""
    spell = history.spells[0]
    if history.is_old:
        last = spell.last
        old = FundStatusToday(
            counts="unknown", seen=last.status, seen_on=last.on, precision=last.precision
        )
        return last_seen(old)
    said = {"when": when(spell.begins, spell.precision)}
    if spell.is_known:
        return {
            Status.OPEN: _("Open since %(when)s."),
            Status.CLOSED: _("Closed since %(when)s."),
            Status.WAITLIST: _("Waiting list since %(when)s."),
        }[Status(spell.status)] % said
    return {
        Status.OPEN: _("Seen open since %(when)s."),
        Status.CLOSED: _("Seen closed since %(when)s."),
        Status.WAITLIST: _("Seen with a waiting list since %(when)s."),
    }[Status(spell.status)] % said


def _opened(history: History) -> str:
    """How often it opened, and for how long; nothing where it was not seen to open."""
    times, days = history.times_opened, history.median_days_open
    if not times:
        return ""
    said = {"times": times, "span": _days(days or 0), "known": len(history.days_open)}
    if days is None:
        return (
            ngettext(
                "Opened once in the last 12 months.",
                "Opened %(times)d times in the last 12 months.",
                times,
            )
            % said
        )
    if times == 1:
        return _("Opened once in the last 12 months, for %(span)s.") % said
    if len(history.days_open) == times:
        return (
            _("Opened %(times)d times in the last 12 months, for %(span)s in the middle (median).")
            % said
        )
    return (
        ngettext(
            "Opened %(times)d times in the last 12 months: once for %(span)s, else we don’t "
            "know how long.",
            "Opened %(times)d times in the last 12 months, for %(span)s in the middle (median of "
            "the %(known)d times of which we know).",
            len(history.days_open),
        )
        % said
    )


def _days(days: int) -> str:
    if days == 0:
        return _("less than a day")
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


def _gap(after: Sighting, until: Sighting | None) -> str:
    said = {"after": when(after.on, after.precision)}
    if until is None:
        return _("Not looked at since %(after)s.") % said
    said["until"] = when(until.on, until.precision)
    return _("Not looked at between %(after)s and %(until)s.") % said


def _line(spell: Spell) -> str:
    word = {
        Status.OPEN: pgettext("fund status", "Open"),
        Status.CLOSED: pgettext("fund status", "Closed"),
        Status.WAITLIST: pgettext("fund status", "Waiting list"),
    }[Status(spell.status)]
    begins = when(spell.begins, spell.precision)
    last = when(spell.last.on, spell.last.precision)
    said = {"status": word, "begins": begins, "last": last}
    if spell.is_known:
        return _("%(status)s since %(begins)s, last seen so %(last)s") % said
    if begins == last:
        return _("%(status)s: seen %(begins)s") % said
    return _("%(status)s: seen %(begins)s to %(last)s") % said


def _picture(history: History) -> Picture:
    start, end = history.stretches[0].begins, history.stretches[-1].until
    return Picture(
        bars=[_bar(stretch, start) for stretch in history.stretches],
        width=(end - start).days,
        begins=start,
        ends=history.today,
    )


def _bar(stretch: Stretch, start: dt.date) -> Bar:
    return Bar(
        kind=stretch.status or "unknown",
        x=(stretch.begins - start).days,
        width=(stretch.until - stretch.begins).days,
        height=HEIGHTS[stretch.status],
    )
