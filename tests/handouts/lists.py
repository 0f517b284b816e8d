"""Lists for tests of what is on paper."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable
from typing import Any

from pypdf import PdfReader

from resources.handouts.entries import entries_of
from resources.handouts.handout import HandOut
from resources.handouts.paper import Paper, paper_of
from resources.handouts.pdf import pdf_of
from resources.handouts.wishes import NO_NOTES, Notes, Wishes
from resources.models import Resource
from resources.search import sets

DAY = dt.date(2026, 11, 3)


def paper(resources: Iterable[Resource | int], notes: Notes = NO_NOTES, **wishes: Any) -> Paper:
    """The list of these as it is on `DAY`."""
    numbers = tuple(one if isinstance(one, int) else one.pk for one in resources)
    return paper_of(
        HandOut(numbers, DAY),
        sets.current(DAY),
        today=DAY,
        absolute="https://directory.example{}".format,
        wishes=Wishes(**wishes),
        notes=notes,
        entries=entries_of(numbers),
    )


def pdf(made: Paper) -> PdfReader:
    """What is in its PDF."""
    return PdfReader(io.BytesIO(pdf_of(made)))


def text_of(document: PdfReader) -> str:
    """The words of all its pages in their order, white space put right."""
    return " ".join(" ".join(page.extract_text() for page in document.pages).split())
