"""What the search is compared with: pages that do nothing, and the search as it is usually made.

The usual way is a filter set over a queryset: `icontains` for words, joins for facets, a COUNT and
a GROUP BY for each facet. It draws the same page, from the same templates.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import django_filters as filters
from django.db import OperationalError, connection
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines

from resources.context import directory_of
from resources.filters import SearchFilter
from resources.models import Resource
from resources.pages.found import FoundPage
from resources.search.by_words import Found
from resources.search.counting import FacetCounts, FacetValue
from resources.search.facets import FACETS
from resources.search.query import SearchQuery
from resources.search.results import PAGE_SIZE, Hit
from resources.search.sets import Directory
from resources.search.understanding import Understanding
from tests.bench.search.measuring import GIVEN_UP_AFTER

# facet -> the column that a queryset is filtered and grouped by.
COLUMNS = {
    "need": "needs__slug",
    "condition": "conditions__slug",
    "medicine": "medicines__slug",
    "insurance": "insurance__slug",
    "area": "states__code",
    "status": "fund_status",
    "category": "organisation__category",
}
# Where the words may stand.
TEXTS = ("name", "summary", "organisation__name", "needs__name", "conditions__name")

LIST = engines["django"].from_string(
    "<!doctype html><title>Resources</title><ul>"
    "{% for row in rows %}"
    '<li><a href="/resources/{{ row.slug }}/">{{ row.name }}</a></li>'
    "{% endfor %}</ul>"
)


def empty(request: HttpRequest) -> HttpResponse:
    """Nothing: what the server and the middleware take."""
    return HttpResponse("")


def plain_list(request: HttpRequest) -> HttpResponse:
    """Twenty-five rows from somewhere in the table: the least that a list can be."""
    start = int(request.GET.get("after", 0))
    rows = Resource.objects.published().filter(pk__gt=start).order_by("pk")[:PAGE_SIZE]
    return HttpResponse(LIST.render({"rows": rows}, request))


class UsualFilter(filters.FilterSet):  # type: ignore[misc]
    """Filters a queryset by the parameters of the search page."""

    q = filters.CharFilter(method="with_words")

    class Meta:
        model = Resource
        fields: tuple[str, ...] = ()

    def with_words(self, rows: QuerySet[Resource], name: str, value: str) -> QuerySet[Resource]:
        """Those that have every word somewhere."""
        for word in value.split():
            found = Q()
            for column in TEXTS:
                found |= Q(**{f"{column}__icontains": word})
            rows = rows.filter(found)
        return rows


@dataclass(frozen=True)
class UsualResults:
    """The same as `SearchResults`, from a queryset."""

    directory: Directory
    asked: SearchQuery
    rows: QuerySet[Resource]
    language: str = "en"
    read: Understanding = field(default_factory=Understanding)
    area: None = None
    ask: int = 0
    organisations: tuple[int, ...] = ()
    ways_out: tuple[object, ...] = ()
    any_word: bool = False
    found: Found | None = None

    @property
    def query(self) -> SearchQuery:
        return self.asked

    @cached_property
    def total(self) -> int:
        return self.rows.values("pk").distinct().count()

    @property
    def count(self) -> int:
        return self.total

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE_SIZE))

    @cached_property
    def hits(self) -> list[Hit]:
        start = (self.asked.page - 1) * PAGE_SIZE
        rows = self.rows.order_by("lifecycle", "fund_status", "name").values_list(
            "lifecycle", "fund_status", "name", "pk"
        )
        return [Hit(row[-1], False, ()) for row in rows.distinct()[start : start + PAGE_SIZE]]

    @cached_property
    def facets(self) -> list[FacetCounts]:
        return [self._facet(name, column) for name, column in COLUMNS.items()]

    def _facet(self, name: str, column: str) -> FacetCounts:
        grouped = self.rows.order_by().values_list(column).annotate(Count("pk", distinct=True))
        counts = {value: count for value, count in grouped if value}
        before, after = self.asked.around(name)
        facet = FACETS[name]
        return FacetCounts(
            name,
            str(facet.label),
            [
                FacetValue(
                    value,
                    facet.display(self.directory, value, self.language),
                    counts[value],
                    selected=value in self.asked.values(name),
                    query_string=f"{before}{value}{after}",
                )
                for value in facet.values(self.directory)
                if value in counts
            ],
        )


def usual(request: HttpRequest) -> HttpResponse:
    """The search page, made the usual way."""
    directory = directory_of(request)
    asked = SearchFilter(request.GET, directory)
    rows = UsualFilter(request.GET, Resource.objects.published().exclude(lifecycle="ended")).qs
    for name, column in COLUMNS.items():
        values = asked.query.values(name)
        if values:
            rows = rows.filter(_holding(name, column, values))
    results = UsualResults(directory, asked.query, rows, found=Found(hits=directory.offered))
    found = FoundPage(results, asked)  # type: ignore[arg-type]
    try:
        with _giving_up(time.monotonic() + GIVEN_UP_AFTER):
            return render(request, "search/search.html", {"found": found})
    except OperationalError:
        return HttpResponse("given up")


@contextmanager
def _giving_up(at: float) -> Iterator[None]:
    """Let the database end what it still does at this moment, with OperationalError."""

    def in_time(execute: Callable[..., Any], *given: Any) -> Any:
        left = max(1, round(1000 * (at - time.monotonic())))
        execute(f"SET statement_timeout = {left}", None, False, given[-1])
        return execute(*given)

    connection.ensure_connection()
    if connection.vendor == "sqlite":
        connection.connection.set_progress_handler(lambda: time.monotonic() > at, 10_000)
        try:
            yield
        finally:
            connection.connection.set_progress_handler(None, 0)
    else:
        try:
            with connection.execute_wrapper(in_time):
                yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("RESET statement_timeout")


def _holding(name: str, column: str, values: tuple[str, ...]) -> Q:
    holding = Q(**{f"{column}__in": values})
    return holding | Q(area_kind="national") if name == "area" else holding
