"""Whatever is asked, the search answers: some questions here, ten thousand with `--full`."""

from __future__ import annotations

import time

import pytest
from django.utils import timezone

from resources.search import sets
from resources.search.by_words import read_words
from resources.search.query import SearchQuery
from tests.attack import by_client
from tests.attack.answers import tally
from tests.attack.malformed import Attack
from tests.attack.questions import IN_FULL, Asked, questions
from tests.telling import Tell

# So many runs share the questions, so that two processors work at them.
RUNS = 4


@pytest.fixture
def asked(request: pytest.FixtureRequest) -> list[Asked]:
    """The questions: every fiftieth, all of them with `--full`."""
    is_full = request.config.getoption("--full", default=False)
    return questions(IN_FULL if is_full else IN_FULL // 50)


def test_it_asks_the_same_every_time() -> None:
    assert questions(300) == questions(IN_FULL)[:300]


def test_it_asks_in_both_languages_and_hardly_twice() -> None:
    every = questions(IN_FULL)

    assert {one.language for one in every} == {"en", "es"}
    assert len(set(every)) > 0.9 * IN_FULL


@pytest.mark.django_db
@pytest.mark.parametrize("run", range(RUNS))
def test_the_search_page_answers_every_question(
    starter: None, asked: list[Asked], run: int, tell: Tell
) -> None:
    list(by_client.send_all([Attack("", b"/search/"), Attack("", b"/es/search/")]))  # warm
    found = tally(by_client.send_all(one.as_attack() for one in asked[run::RUNS]))
    tell(f"Questions, {run + 1} of {RUNS}: {found}")
    assert found.failures == []
    assert set(found.statuses) == {200}


@pytest.mark.django_db
def test_the_understanding_reads_every_question(
    starter: None, asked: list[Asked], tell: Tell
) -> None:
    directory = sets.current(timezone.localdate())
    read_words(directory, SearchQuery(text="copay"))
    taken = []
    for one in asked:
        query = SearchQuery(text=one.text)
        began = time.perf_counter()
        read_words(directory, query)
        taken.append((time.perf_counter() - began, one.text))
    (slowest, text), half = max(taken), sorted(taken)[len(taken) // 2][0]
    tell(
        f"Understanding {len(taken)} questions: half within {half * 1000:.1f} ms, slowest"
        f" {slowest * 1000:.0f} ms: {text[:80]!a}"
    )
