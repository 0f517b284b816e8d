"""A ticket: when a form was handed out, in a signed text that comes back with it.

It tells a person from a robot that fills in a form in no time, without a cookie and without
anything kept.
"""

from __future__ import annotations

import time
from enum import Enum

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

# In seconds: nobody fills in a form faster; whoever takes longer gets a fresh one.
LEAST, MOST = 3, 24 * 60 * 60
LONGEST = 200


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


def refuse(form: str, ticket: str) -> None:
    """Raise `ValidationError`, with what to do, for a ticket that is not good."""
    match read(form, ticket):
        case Ticket.EARLY:
            raise ValidationError(
                _("That was so fast that it looked like a robot. Please send it again.")
            )
        case Ticket.OLD:
            raise ValidationError(
                _("This page was open for more than a day. Please send it again.")
            )
        case Ticket.FORGED:
            raise ValidationError(_("Something got lost. Please send it again."))
