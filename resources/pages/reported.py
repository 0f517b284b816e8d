"""The page that somebody reports: from its address, and back to it. Never with its query."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from django.urls import Resolver404, resolve, reverse
from django.utils.translation import get_language_from_path, override

from resources.models import Entry, Organisation, Resource
from resources.models.report import LONGEST_PATH

# The public pages have addresses of these characters alone. What is no such path is of another
# site, or made up. The code of somebody's list is kept nowhere, and so not with a report.
_PATH = re.compile(r"/(?!(?:[a-z]{2}/)?l/)(?:[A-Za-z0-9_-]+/)*")

_ENTRIES: dict[str, type[Organisation] | type[Resource]] = {
    model.KIND: model for model in (Organisation, Resource)
}


@dataclass(frozen=True, slots=True)
class ReportedPage:
    """A page of ours, and the published entry that it tells of. An empty path: no page."""

    path: str = ""
    entry: Entry | None = None

    def __str__(self) -> str:
        return str(self.entry or self.path)


NO_PAGE = ReportedPage()


def page_at(path: str) -> ReportedPage:
    """The public page with this path; `NO_PAGE` for anything else, whatever it is."""
    if not _may_be_ours(path):
        return NO_PAGE
    with override(get_language_from_path(path) or "en"):
        try:
            match = resolve(path)
        except Resolver404:
            return NO_PAGE
    if match.route.startswith("admin/"):
        return NO_PAGE
    model = _ENTRIES.get(match.url_name or "")
    if model is None:
        return ReportedPage(path)
    found = model._default_manager.published().filter(slug=match.kwargs["slug"])
    return ReportedPage(path, found.first())


def report_url(path: str) -> str:
    """Where a problem with the page at this path is reported."""
    return _about("report", path)


def thanks_url(path: str) -> str:
    """Where somebody is thanked, and led back to the page at this path."""
    return _about("reported", path)


def _about(name: str, path: str) -> str:
    return f"{reverse(name)}?about={quote(path)}" if _may_be_ours(path) else reverse(name)


def _may_be_ours(path: str) -> bool:
    return len(path) <= LONGEST_PATH and _PATH.fullmatch(path) is not None
