"""What a search finds, as a file for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext, override
from django.views.decorators.http import require_safe

from resources.batches import batched
from resources.context import directory_of
from resources.filters import SearchFilter
from resources.interchange.spreadsheets.cells import harmless, tidy
from resources.interchange.spreadsheets.writing import BOM
from resources.languages import language_of_page
from resources.pages.table import LABELS, MOST_LINES, Line, TablePage, limit_label
from resources.search.results import find

A_BATCH = 200


@require_safe
def search_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Every result as a row, in the table's order, up to a bound that the last row tells."""
    directory, language = directory_of(request), language_of_page()
    asked = SearchFilter(request.GET, directory)
    page = TablePage(find(asked.query, directory, language), asked)
    rows = _rows(page, request.build_absolute_uri("/").rstrip("/"))
    response = StreamingHttpResponse(
        _pieces(rows, language), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = 'attachment; filename="help.csv"'
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _pieces(rows: Iterator[list[str]], language: str) -> Iterator[str]:
    """The file in pieces. Between them others may use the thread, in their own language."""
    yield BOM
    ahead = batched(rows, A_BATCH)
    while True:
        with override(language):
            some = next(ahead, None)
        if some is None:
            return
        text = io.StringIO()
        csv.writer(text).writerows([harmless(tidy(cell)) for cell in row] for row in some)
        yield text.getvalue()


def _rows(page: TablePage, site: str) -> Iterator[list[str]]:
    labels = {**LABELS, "limit": limit_label(page.query.people)}
    yield [
        *(str(labels["fund"]), gettext("Organization"), gettext("Fits your filters")),
        *(str(label) for name, label in labels.items() if name != "fund"),
        *(gettext("Phone"), gettext("Page")),
    ]
    for line in page.every_line():
        yield _row(line, site)
    if page.lines_left_out:
        told = gettext("Only the first %(most)d are in this file. %(left)d more were found: narrow "
                       "the search.")  # fmt: skip
        yield [told % {"most": MOST_LINES, "left": page.lines_left_out}]


def _row(line: Line, site: str) -> list[str]:
    return [
        str(line.name),
        line.resource.organisation.name,
        gettext("not stated: ask") if line.asks else gettext("yes"),
        *(line.status, line.seen_on, line.insurance, line.limit, str(line.award), line.apply),
        line.phone,
        f"{site}{line.resource.get_absolute_url()}",
    ]
