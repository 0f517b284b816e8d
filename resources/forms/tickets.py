"""A ticket: when a form was handed out, in a signed text that comes back with it.

It tells a person from a robot that fills in a form in no time, without a cookie and without
anything kept.
"""

from __future__ import annotations

import time
from enum import Enum
from typing import Any, ClassVar

from django import forms
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

# In seconds: nobody fills in a form faster; whoever takes longer gets a fresh one.
LEAST, MOST = 3, 24 * 60 * 60
LONGEST = 200

# A field that people neither see nor hear of. What is written there was written by a robot.
TRAP = "subject"


class Ticket(Enum):
    """What a ticket says of whoever sent it."""

    GOOD = "good"
    EARLY = "early"
    OLD = "old"
    FORGED = "forged"  # or there was none


def handed_out(form: str, at: float | None = None) -> str:
    """A ticket for a form of this name: now, or at a Unix time."""
    return _signer(form).sign(str(int(time.time() if at is None else at)))


def read(form: str, ticket: str) -> Ticket:
    """Whether a form of this name that came back with this ticket was filled in by a person."""
    if len(ticket) > LONGEST:
        return Ticket.FORGED
    try:
        began = int(_signer(form).unsign(ticket))
    except (BadSignature, ValueError):
        return Ticket.FORGED
    seconds = time.time() - began
    if seconds > MOST:
        return Ticket.OLD
    return Ticket.EARLY if seconds < LEAST else Ticket.GOOD


def _signer(form: str) -> Signer:
    return Signer(salt=f"resources.forms.tickets.{form}")


class Ticketed(forms.Form):
    """A form of which a person is told from a robot, by its ticket and its trap.

    Its page has `reports/_ticket.html` in it.
    """

    NAME: ClassVar[str]
    trap = TRAP

    @property
    def is_from_a_robot(self) -> bool:
        """Something was written where no person would write."""
        return bool(self.data.get(TRAP))

    @property
    def ticket(self) -> str:
        """The ticket to send along: the one that came, while it is good or will be soon."""
        is_ours = read(self.NAME, self._given) in (Ticket.GOOD, Ticket.EARLY)
        return self._given if is_ours else handed_out(self.NAME)

    def clean(self) -> dict[str, Any]:
        """Ask whoever was too quick or too slow to send it once more."""
        match read(self.NAME, self._given):
            case Ticket.EARLY:
                raise forms.ValidationError(
                    _("That was so fast that it looked like a robot. Please send it again.")
                )
            case Ticket.OLD:
                raise forms.ValidationError(
                    _("This page was open for more than a day. Please send it again.")
                )
            case Ticket.FORGED:
                raise forms.ValidationError(_("Something got lost. Please send it again."))
        return self.cleaned_data

    @property
    def _given(self) -> str:
        return str(self.data.get("ticket", ""))
