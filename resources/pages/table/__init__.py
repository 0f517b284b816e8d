"""The results as a table, for a desk: a line for each fund, sorted by a column, and as a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from resources.batches import batched
from resources.eligibility.amounts import dollars
from resources.eligibility.guidelines import Guidelines
from resources.eligibility.reading import guidelines_of
from resources.languages import one_of
from resources.models import FundStatusToday, Resource
from resources.pages import cards, loading
from resources.pages.found import FoundPage
from resources.pages.links import Link, search_url
from resources.pages.table.sorting import sort_of
from resources.search.facets import FACETS
from resources.search.query import COLUMNS, PEOPLE
from resources.search.results import PAGE_SIZE
from resources.translations import Wording, wording

LABELS = {
    "fund": _("Fund"),
    "status": _("Status"),
    "seen": _("Seen"),
    "insurance": _("Insurance"),
    "limit": _("Income limit"),
    "award": _("What they give"),
    "apply": _("How to apply"),
}
Status = Resource.FundStatus

# So many lines a file has: what is longer is no list for a desk, and costs a server dear.
MOST_LINES = 5_000
A_BATCH = 200


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: its words, the sort that it leads to, how it is sorted now."""

    name: str
    label: str
    url: str
    sorted: str  # as `aria-sort` says it; empty where it is not sorted


@dataclass(frozen=True, slots=True)
class Line:
    """A fund in the columns of the table, and what only the file says besides."""

    resource: Resource
    asks: bool
    name: Wording
    status: str
    kind: str
    seen: str
    seen_on: str
    insurance: str
    limit: str
    award: Wording
    apply: str
    phone: str
    phone_href: str


class TablePage(FoundPage):
    """A page of results as a table."""

    is_table = True

    @cached_property
    def heads(self) -> list[Head]:
        """The columns, each leading to a sort by it; a second time, to the other way round."""
        return [self._head(name) for name in COLUMNS]

    def _head(self, name: str) -> Head:
        now = {name: "ascending", f"-{name}": "descending"}.get(self.query.sort, "")
        sort = f"-{name}" if now == "ascending" else name
        label = str(LABELS[name])
        if name == "limit":
            label = limit_label(self.query.people)
        return Head(name, label, self.url(replace(self._start, sort=sort)), now)

    @cached_property
    def lines(self) -> list[Line]:
        """This page's lines: matches first, then those of which one has to ask."""
        start = (self.query.page - 1) * PAGE_SIZE
        return list(self._lines(self._sorted(start, start + PAGE_SIZE)))

    def every_line(self) -> Iterator[Line]:
        """The lines of the file, as many as it may have, some at a time."""
        for some in batched(self._sorted(0, MOST_LINES), A_BATCH):
            yield from self._lines(some)

    def _sorted(self, start: int, stop: int) -> list[tuple[int, bool]]:
        return self.results.in_order(start, stop, sort_of(self.query, self.directory))

    def _lines(self, found: list[tuple[int, bool]]) -> Iterator[Line]:
        asks, guidelines = dict(found), guidelines_of(self.directory)
        for resource in loading.load(list(asks)):
            yield self._line(resource, guidelines, asks=asks[resource.pk])

    def _line(self, resource: Resource, guidelines: Guidelines, *, asks: bool) -> Line:
        status = resource.fund_status_on(self.directory.today)
        kind, word = self._status(resource, status)
        phone, owner = cards.main_phone(resource), resource.who_states("award")
        return Line(
            resource=resource,
            asks=asks,
            name=wording(resource, "name", resource.name, self.language),
            status=word,
            kind=kind,
            seen=cards.when(status.seen_on, status.precision) if status.seen_on else "",
            seen_on=_day(status),
            insurance=cards.insurance(resource),
            limit=limit(resource, guidelines, self.query.people),
            award=wording(owner, "award", owner.award, self.language),
            apply=ways(resource),
            phone=str(phone) if phone else "",
            phone_href=phone.href if phone else "",
        )

    def _status(self, resource: Resource, status: FundStatusToday) -> tuple[str, str]:
        """The kind of its tag and a short word: when it was seen stands in the next column."""
        if resource.is_ended:
            return Status.CLOSED, gettext("Ended")
        if resource.lifecycle == Resource.Lifecycle.UNCONFIRMED:
            return "ask", gettext("May be gone: ask")
        kind = {Status.UNKNOWN: "ask", Status.NOT_APPLICABLE: "plain"}
        word = FACETS["status"].display(self.directory, status.counts, self.language)
        return kind.get(Status(status.counts), status.counts), word

    @property
    def people(self) -> list[Link]:
        """The sizes of household whose limits may be shown."""
        chosen = self.query.people
        return [Link(str(size), "", size == chosen) for size in PEOPLE]

    @property
    def kept_beside_people(self) -> list[tuple[str, str]]:
        """What the control of the size keeps."""
        return [pair for pair in self._start.to_params() if pair[0] != "people"]

    @property
    def file(self) -> str:
        """The address of all of it as a file."""
        return search_url(self._start, page="search_csv")

    @property
    def most_lines(self) -> int:
        """How many fit into the file."""
        return MOST_LINES

    @property
    def lines_left_out(self) -> int:
        """How many do not fit into the file."""
        return max(0, self.results.count - MOST_LINES)


def limit_label(people: int) -> str:
    """The head of the column of limits, with whom it is for."""
    return ngettext("Limit for %(people)d person", "Limit for %(people)d people", people) % {
        "people": people
    }


def limit(resource: Resource, guidelines: Guidelines, people: int) -> str:
    """The most that so many may earn, in dollars a year; what is known of it where that is not."""
    match resource.inherited("income_rule"):
        case Resource.IncomeRule.NONE:
            return gettext("no limit")
        case Resource.IncomeRule.NOT_STATED:
            return gettext("not stated")
    most = cards.limits_for(resource, guidelines, people)
    return one_of([*dict.fromkeys(map(dollars, most))]) if most else gettext("there is one: ask")


def ways(resource: Resource) -> str:
    """The ways to apply; that the clinic must, where it must."""
    if resource.clinic_must_apply:
        return gettext("your clinic must apply")
    named = resource.inherited("how_to_apply") or ()
    known = [Resource.HowToApply(way).label for way in named if way in Resource.HowToApply]
    return ", ".join(map(str, known)) or gettext("not stated")


def _day(status: FundStatusToday) -> str:
    """The day as a spreadsheet sorts it, no more exactly than it is known: "2026-11"."""
    length = {"year": 4, "month": 7}.get(status.precision, 10)
    return status.seen_on.isoformat()[:length] if status.seen_on else ""
