"""Where it comes from: who checked it and when, what was seen when, and from which pages."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resources.models import Organisation, Resource
from resources.models.entry import Source
from resources.pages.sheet.dates import page_date, page_year

# Facts older than this many years are said to be old.
OLD_AFTER_YEARS = 3

# How much of a page's address is shown before it is cut.
SHOWN_ADDRESS = 48


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A page: its address, a short name for it, its date in words, and what it supports."""

    url: str
    name: str
    date: str
    says: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """The panel "Where this comes from". Dates that do not exist are said, not left out."""

    checked_on: dt.date | None
    checked_ago: str
    links_checked_on: dt.date | None
    age: str
    is_old: bool
    sources: list[SourceLine]


def provenance_of(entry: Resource | Organisation, today: dt.date) -> Provenance:
    """What is known of where the facts of an entry come from, as of today."""
    rows: list[Source] = list(entry.sources.all())
    year = _newest_year(entry, rows)
    return Provenance(
        checked_on=entry.checked_on,
        checked_ago=_ago(entry.checked_on, today),
        links_checked_on=entry.links_checked_on,
        age=_("from a %(year)s page") % {"year": year} if year else _("from pages without a date"),
        is_old=_is_old(year, entry.checked_on, today),
        sources=_lines(entry, rows),
    )


def _newest_year(entry: Resource | Organisation, rows: Sequence[Source]) -> int | None:
    """The year that the facts are said to be from, else the newest year of a page."""
    stated = getattr(entry, "year_of_facts", None)
    years = [year for year in (page_year(row.page_date) for row in rows) if year]
    return stated or max(years, default=None)


def _is_old(year: int | None, checked_on: dt.date | None, today: dt.date) -> bool:
    """Undated or over three years old, and no person has checked it since."""
    newest = max(year or 0, checked_on.year if checked_on else 0)
    return newest < today.year - OLD_AFTER_YEARS


def _ago(day: dt.date | None, today: dt.date) -> str:
    if day is None:
        return ""
    days = max(0, (today - day).days)
    return _("today") if not days else ngettext("%d day ago", "%d days ago", days) % days


def _lines(entry: Resource | Organisation, rows: Sequence[Source]) -> list[SourceLine]:
    """The sources and, where it is not among them, the page that a resource was read about on.

    A page is named by its site; by its whole address where several pages are of one site.
    """
    pages = [(row.url, page_date(row.page_date), row.says) for row in rows]
    about = getattr(entry, "url", "")
    if about and about not in {row.url for row in rows}:
        pages.append((about, "", ""))
    sites = Counter(site(url) for url, _date, _says in pages)
    return [
        SourceLine(url, site(url) if sites[site(url)] == 1 else short(url), date, says)
        for url, date, says in pages
    ]


def site(url: str) -> str:
    """The site of an address, without "www."."""
    return urlsplit(url).netloc.removeprefix("www.")


def short(url: str) -> str:
    """An address for a reader: site and path, without query, cut where it is long."""
    name = site(url) + urlsplit(url).path.rstrip("/")
    return name if len(name) <= SHOWN_ADDRESS else name[: SHOWN_ADDRESS - 1] + "…"
