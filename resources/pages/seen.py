"""What was seen of a fund over time, in words: "Closed: seen March 3, 2026 to November 1, 2026"."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from resources.models import Resource, StatusSighting
from resources.pages.cards import when
from resources.trust.history import Spell, spells_of, times_opened

Status = StatusSighting.Status


@dataclass(frozen=True, slots=True)
class Seen:
    """The spells of a fund, newest first, each as a line, and how often it opened lately."""

    lines: list[str]
    opened: str


def seen_of(resource: Resource, today: dt.date) -> Seen | None:
    """What was seen of this fund; None where it was once at most, which the page says already."""
    if resource.fund_status == Resource.FundStatus.NOT_APPLICABLE:
        return None
    found = spells_of(resource)
    if len(found) < 2:
        return None
    times = times_opened(found, today)
    opened = ngettext(
        "It was seen to open once in the last 12 months.",
        "It was seen to open %(times)d times in the last 12 months.",
        times,
    ) % {"times": times}
    return Seen([_line(spell) for spell in found], opened if times else "")


def _line(spell: Spell) -> str:
    word = {
        Status.OPEN: pgettext("fund status", "Open"),
        Status.CLOSED: pgettext("fund status", "Closed"),
        Status.WAITLIST: pgettext("fund status", "Waiting list"),
    }[Status(spell.status)]
    begins, last = when(spell.begins, spell.precision), when(spell.last_seen, spell.last_precision)
    said = {"status": word, "begins": begins, "last": last}
    if spell.is_known:
        return _("%(status)s since %(begins)s, last seen so %(last)s") % said
    if begins == last:
        return _("%(status)s: seen %(begins)s") % said
    return _("%(status)s: seen %(begins)s to %(last)s") % said
