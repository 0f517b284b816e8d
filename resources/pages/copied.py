"""Whether pages are being made for the copy of the site in plain files: what asks, is left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# The day of the copy; None wherever somebody asks for a page.
_day: ContextVar[dt.date | None] = ContextVar("day of the copy", default=None)


def copied_on() -> dt.date | None:
    """The day of the copy that pages are made for; None for a page of the site itself."""
    return _day.get()


@contextmanager
def as_copy(day: dt.date) -> Iterator[None]:
    """Make pages for a copy of this day."""
    before = _day.set(day)
    try:
        yield
    finally:
        _day.reset(before)
