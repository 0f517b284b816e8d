"""Somebody's own list while they put it together: numbers and order, sealed for their browser.

It is nowhere but in a cookie there, which says no more than which resources, in which order, and
whether it is to be kept. What was changed, or is too old, is an empty list.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from django.core.signing import BadSignature, TimestampSigner

from resources.handouts.handout import MOST, HandOut, in_order

IDLE = dt.timedelta(minutes=30)
KEPT = dt.timedelta(days=90)

SALT = "resources.handouts.own"
_SEALED = re.compile(r"([0-9]{1,13}(?:\.[0-9]{1,13})*)(k?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class OwnList:
    """The numbers of resources in their order; whether somebody asked to keep them for longer."""

    numbers: tuple[int, ...] = ()
    is_kept: bool = False

    def __bool__(self) -> bool:
        return bool(self.numbers)

    @property
    def is_full(self) -> bool:
        """Whether no further resource has room."""
        return len(self.numbers) >= MOST

    @property
    def lasts(self) -> dt.timedelta:
        """How long it is there after it was last used."""
        return KEPT if self.is_kept else IDLE

    def adding(self, *numbers: int) -> OwnList:
        """With these at its end, as far as there is room."""
        return replace(self, numbers=in_order((*self.numbers, *numbers)))

    def without(self, number: int) -> OwnList:
        """With this one left out."""
        return replace(self, numbers=tuple(kept for kept in self.numbers if kept != number))

    def moved(self, number: int, by: int) -> OwnList:
        """With this one so many places further down; as far as there are places."""
        if number not in self.numbers:
            return self
        rest = [kept for kept in self.numbers if kept != number]
        rest.insert(max(0, self.numbers.index(number) + by), number)
        return replace(self, numbers=tuple(rest))

    def handed_out(self, today: dt.date) -> HandOut:
        """The list as it is handed over today. Raises ValueError where it is empty."""
        return HandOut(self.numbers, today)


NOTHING = OwnList()


def sealed(own: OwnList) -> str:
    """The list as a cookie holds it."""
    text = ".".join(map(str, own.numbers)) + ("k" if own.is_kept else "")
    return TimestampSigner(salt=SALT).sign(text)


def opened(text: str) -> OwnList:
    """The list that was sealed; an empty one where that was not here, or is too long ago."""
    signer = TimestampSigner(salt=SALT)
    try:
        found = _SEALED.fullmatch(signer.unsign(text, max_age=KEPT))
        if found is None:
            return NOTHING
        own = OwnList(in_order(map(int, found[1].split("."))), is_kept=bool(found[2]))
        signer.unsign(text, max_age=own.lasts)
    except (BadSignature, ValueError, OverflowError):
        return NOTHING
    return own
