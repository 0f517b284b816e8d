"""A list as a PDF that a screen reader can read, made from the HTML that is printed."""

from __future__ import annotations

from threading import BoundedSemaphore

from resources.handouts.drawing import SHEETS, drawn
from resources.handouts.paper import Paper

# One at a time in each process, and so many seconds of patience: drawing takes a core for itself.
PATIENCE = 20
_one_at_a_time = BoundedSemaphore(1)


class NoPDF(Exception):
    """None can be made now. Printing from the browser needs none of this."""


class Busy(NoPDF):
    """Too many are being made already."""


def pdf_of(paper: Paper) -> bytes:
    """The PDF. Raises `Busy`, or `NoPDF` on a machine without Pango."""
    html = drawn(paper)
    if not _one_at_a_time.acquire(timeout=PATIENCE):
        raise Busy
    try:
        from resources.handouts.typesetting import typeset  # not before Pango is needed

        return typeset(html, SHEETS[paper.wishes.size])
    except OSError as error:  # what cffi raises for a library that is not there
        raise NoPDF from error
    finally:
        _one_at_a_time.release()
