"""How good the search is: questions with known answers, asked through the code of the page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import override

from resources.models import Resource
from resources.search import sets
from resources.search.query import SearchQuery
from resources.search.results import SearchResults, find

# Among so many results none may lie outside the area that was asked for.
WATCHED = 10


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody types; any one of `want` (slugs) must be among the first `k` results.

    With `area`, a state's code, each of the first ten must be national or serve that state.
    """

    q: str
    lang: str
    want: tuple[str, ...]
    k: int
    area: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question's answer: what was understood, the place (from 1) of the first wanted result."""

    question: Question
    understood: str
    place: int | None
    outside: list[str]

    @property
    def is_success(self) -> bool:
        return self.place is not None and self.place <= self.question.k


def questions_from(rows: Iterable[dict[str, Any]]) -> list[Question]:
    """Questions from the rows of a JSON file. Raises `TypeError` or `KeyError` for a wrong one."""
    return [
        Question(row["q"], row["lang"], tuple(row["want"]), int(row["k"]), row.get("area") or "")
        for row in rows
    ]


def evaluate(questions: Iterable[Question], *, today: dt.date) -> Iterator[Outcome]:
    """Ask each question as the search page does, as of `today`."""
    directory = sets.current(today)
    for question in questions:
        with override(question.lang):
            results = find(SearchQuery(text=question.q), directory, question.lang)
            yield Outcome(
                question,
                _understood(results),
                _place(results, question.want),
                _outside(results, question.area),
            )


def _understood(results: SearchResults) -> str:
    terms = " ".join(f"{facet}:{value}" for facet, value in results.query.terms())
    return f"{terms} “{results.query.text}”" if results.query.text else terms


def _place(results: SearchResults, want: tuple[str, ...]) -> int | None:
    keys = [hit.resource_id for hit in results.hits]
    slugs = dict(Resource.objects.filter(pk__in=keys).values_list("pk", "slug"))
    return next((at for at, key in enumerate(keys, start=1) if slugs.get(key) in want), None)


def _outside(results: SearchResults, area: str) -> list[str]:
    if not area:
        return []
    directory = results.directory
    inside = directory.tags("area_kind", "national") | directory.tags("area", area)
    keys = [hit.resource_id for hit in results.hits[:WATCHED] if hit.resource_id not in inside]
    return list(Resource.objects.filter(pk__in=keys).values_list("slug", flat=True))
