"""What can only be seen inside a site: `python -m tests.bench.search.inside words|parts`.

A process of its own, with the settings and the database that its environment names.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from random import Random
from statistics import median
from typing import Any

import django

from tests.bench.search import questions

SEED = 20261126


def words(_given: Any) -> dict[str, list[str]]:
    """Words of the texts by how common they are; see `questions.questions`."""
    from resources.models import Resource
    from resources.search import text
    from resources.search.stop_words import STOP_WORDS
    from resources.search.words import fold, parse

    def number(word: str) -> int:
        return len(text.found(parse(word).words, kind="resource"))

    dice = Random(SEED)
    pks = list(Resource.objects.published().order_by("pk").values_list("pk", flat=True)[:200_000])
    rows = Resource.objects.in_bulk(dice.sample(pks, 4 * questions.EACH))
    texts = [row.summary.split() for row in rows.values()]
    plain = [[w.strip(".,;:()") for w in text] for text in texts]
    kept = [[w for w in t if w.isalpha() and fold(w) not in STOP_WORDS] for t in plain]
    runs = [t[start : start + dice.randint(3, 5)] for t in kept for start in [len(t) // 3]]
    names = [row.name.partition(" (")[2].split(",")[0] for row in rows.values()]
    rare = [name for name in names if name.isalpha() and 0 < number(name) < text.MOST_RANKED / 10]
    return {
        questions.RARE: rare,
        questions.TEXT: [" ".join(run) for run in runs if len(run) > 2],
        questions.COMMON: [_most_common()],
    }


def _most_common() -> str:
    """The word that most of the texts have."""
    from resources.models import Resource

    seen: dict[str, int] = {}
    for summary, name in Resource.objects.published().values_list("summary", "name")[:5_000]:
        for word in set(f"{summary} {name}".lower().split()):
            seen[word] = seen.get(word, 0) + 1
    plain = (word for word in seen if word.isalpha() and len(word) > 4)
    return max(plain, key=seen.__getitem__)


def parts(queries: dict[str, list[str]]) -> dict[str, dict[str, float]]:
    """The median seconds of each part of a page, by kind of question, once everything is warm."""
    return {kind: _median_parts(asked) for kind, asked in queries.items()}


def _median_parts(queries: list[str]) -> dict[str, float]:
    taken: dict[str, list[float]] = {}
    for query in [*queries, *queries]:
        began = time.perf_counter()
        for part in _steps(query):
            now = time.perf_counter()
            taken.setdefault(part, []).append(now - began)
            began = now
    return {part: median(times[len(queries) :]) for part, times in taken.items()}


def _steps(query: str) -> Iterator[str]:
    """Makes a search page, and yields the name of each part when it is done."""
    from django.http import QueryDict
    from django.template.loader import render_to_string
    from django.test import RequestFactory
    from django.urls import resolve

    from resources.context import directory_of
    from resources.filters import SearchFilter
    from resources.pages.found import FoundPage
    from resources.search.results import find

    request = RequestFactory(SERVER_NAME="localhost").get("/search/")
    request.resolver_match, request.htmx = resolve("/search/"), False  # type: ignore[attr-defined]
    yield "before"
    directory = directory_of(request)
    asked = SearchFilter(QueryDict(query), directory)
    wanted = asked.query
    yield "parse"
    results = find(wanted, directory, "en")
    yield "find"
    assert results.hits is not None
    yield "order"
    assert results.facets is not None
    yield "count"
    page = FoundPage(results, asked)
    assert page.matches is not None
    assert page.to_ask is not None
    yield "cards"
    render_to_string("search/search.html", {"found": page}, request)
    yield "draw"


if __name__ == "__main__":
    django.setup()
    print(json.dumps({"words": words, "parts": parts}[sys.argv[1]](json.load(sys.stdin))))
