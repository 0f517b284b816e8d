"""The dates of pages as a reader says them, no more exactly than they are known."""

from __future__ import annotations

import datetime as dt

from resources.pages import cards

# How a page's date may be written, by its length, and how exactly that tells the day.
FORMS = {4: ("%Y", "year"), 7: ("%Y-%m", "month"), 10: ("%Y-%m-%d", "day")}


def page_date(written: str) -> str:
    """ "2018", "May 2018" or "May 17, 2018" for "2018", "2018-05" or "2018-05-17".

    What is none of them comes back as it is.
    """
    form, precision = FORMS.get(len(written), ("", ""))
    if not form:
        return written
    try:
        return cards.when(dt.datetime.strptime(written, form).date(), precision)
    except ValueError:
        return written


def page_year(written: str) -> int | None:
    """The year of a page's date; None where it has none."""
    return int(written[:4]) if written[:4].isascii() and written[:4].isdigit() else None
