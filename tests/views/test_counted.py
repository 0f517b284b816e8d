"""Which requests to the search page are counted, and as what."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from resources.models import Condition, SearchCount, State
from resources.search.tally import tally
from resources.views import search as search_view
from tests import make

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 26)  # a Thursday
MONDAY = dt.date(2026, 11, 23)

# (facet, term, whether something was found) -> number
Numbers = dict[tuple[str, str, bool], int]


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda value=None: TODAY)


@pytest.fixture(autouse=True)
def rides_in_ohio() -> None:
    make.resource(needs=("rides",), states=("OH",))
    make.term(State, "texas", code="TX", name="Texas", sort="state")
    make.term(Condition, "leukemia", name="Leukemia")


def ask(path: str, method: str = "get", **headers: str) -> Any:
    """A visitor's request; headers as keyword arguments, "user_agent" and the like."""
    answer = getattr(Client(headers={"host": "localhost"}), method)(path, headers=headers)
    assert answer.status_code == 200
    return answer


def counted() -> Numbers:
    """All that is in the database once everything is written."""
    assert tally.write(TODAY)
    rows = SearchCount.objects.filter(week=MONDAY)
    assert rows.count() == SearchCount.objects.count()
    return {(row.facet, row.term, row.has_results): row.number for row in rows}


RIDES: Numbers = {("need", "rides", True): 1}


def test_a_search_is_counted_once_under_the_monday_of_its_week() -> None:
    ask("/search/?need=rides")

    assert counted() == RIDES


def test_each_of_its_terms_counts_under_whether_all_of_it_found_something() -> None:
    ask("/search/?need=rides&area=OH")
    ask("/search/?need=rides&area=TX")

    assert counted() == {
        ("need", "rides", True): 1,
        ("area", "OH", True): 1,
        ("need", "rides", False): 1,
        ("area", "TX", False): 1,
    }


def test_terms_that_are_read_in_words_count_and_the_other_words_are_nowhere() -> None:
    ask("/search/?q=rides+for+Jane+Zwyxqvut")

    assert counted() == RIDES
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM resources_searchcount")
        assert "Zwyxqvut" not in str(cursor.fetchall())


def test_a_term_that_only_leaves_to_ask_has_found_nothing() -> None:
    ask("/search/?condition=leukemia")  # the rides name no illness

    assert counted() == {("condition", "leukemia", False): 1}


def test_a_zip_code_counts_as_its_state_alone() -> None:
    ask("/search/?area=44101")

    assert counted() == {("area", "OH", True): 1}


def test_the_spanish_page_counts_the_same_terms() -> None:
    ask("/es/search/?need=rides")

    assert counted() == RIDES


@pytest.mark.parametrize(
    "path",
    [
        "/search/",
        "/search/?q=zzzzz",
        "/search/?need=nonsense",
        "/search/?area=99999",
        "/search/?area=ZZ",
        "/search/?status=open&language=es&category=government&apply=self",
        "/search/?need=rides&page=2",
        "/search/?need=rides&order=name",
        "/search/?need=rides&list=condition",
        "/search/?q=rides&exact=1",
    ],
)
def test_nothing_is_counted_for(path: str) -> None:
    ask(path)

    assert counted() == {}


@pytest.mark.parametrize("method", ["head", "post"])
def test_nothing_is_counted_for_a(method: str) -> None:
    ask("/search/?need=rides", method)

    assert counted() == {}


def test_answers_about_somebody_are_not_counted() -> None:
    Client(headers={"host": "localhost"}).post(
        "/find-help/", {"need": "rides", "condition": "leukemia", "area": "OH"}
    )

    assert counted() == {}


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 AppleWebKit/537.36 (compatible; GPTBot/1.2; +https://openai.com/gptbot)",
        "curl/8.5.0",
        "python-requests/2.32",
    ],
)
def test_a_robot_that_says_so_is_not_counted(agent: str) -> None:
    ask("/search/?need=rides", user_agent=agent)

    assert counted() == {}


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (Linux; Android 13; CUBOT NOTE 21) AppleWebKit/537.36 Chrome/131.0 Mobile",
        "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0",
        "",
    ],
)
def test_a_browser_is_counted(agent: str) -> None:
    ask("/search/?need=rides", user_agent=agent)

    assert counted() == RIDES


def test_a_page_that_is_loaded_again_is_the_same_search() -> None:
    ask("/search/?need=rides")
    ask("/search/?need=rides", cache_control="max-age=0")

    assert counted() == RIDES


@pytest.mark.parametrize("with_script", [True, False])
class TestFromThePageOfASearch:
    """By htmx or by a plain link or form: both say which page they were asked for from."""

    def go(self, start: str, path: str, *, with_script: bool) -> None:
        came_from = f"http://localhost{start}"
        if with_script:
            ask(path, hx_request="true", hx_current_url=came_from, referer="http://localhost/")
        else:
            ask(path, referer=came_from)

    @pytest.mark.parametrize(
        ("start", "path"),
        [
            ("/search/?need=rides", "/search/?need=rides&area=OH"),
            ("/search/?need=rides&area=TX", "/search/?need=rides"),
            ("/search/?q=rides", "/search/?need=rides&area=OH"),
            ("/search/?need=rides&page=2", "/search/?need=rides"),
            ("/search/?q=rides+ohio", "/search/?q=rides"),
            ("/search/?need=rides", "/es/search/?need=rides"),
            ("/es/search/?need=rides", "/search/?need=rides"),
        ],
    )
    def test_the_same_search_is_not_counted_again(
        self, start: str, path: str, with_script: bool
    ) -> None:
        self.go(start, path, with_script=with_script)

        assert counted() == {}

    @pytest.mark.parametrize(
        ("start", "path"),
        [
            ("/search/", "/search/?need=rides"),
            ("/search/?list=need", "/search/?need=rides"),
            ("/search/?q=food", "/search/?q=rides"),
        ],
    )
    def test_another_search_is_counted(self, start: str, path: str, with_script: bool) -> None:
        self.go(start, path, with_script=with_script)

        assert counted() == RIDES


def test_what_htmx_asks_for_from_nowhere_is_not_counted() -> None:
    ask("/search/?need=rides", hx_request="true")

    assert counted() == {}


@pytest.mark.parametrize(
    "came_from",
    [
        "http://localhost/",
        "https://search.example/search/?q=rides",
        "http://[broken/search/?q=rides",
        f"http://localhost/search/?{'a&' * 2000}",
        "http://localhost/search/?%FF=%00",
    ],
    ids=lambda address: address[:40],
)
def test_a_search_from_elsewhere_is_counted_and_no_address_breaks_the_page(came_from: str) -> None:
    ask("/search/?need=rides", referer=came_from)

    assert counted() == RIDES


def test_counting_asks_the_database_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            ask("/search/?need=rides&area=OH")
        return len(asked)

    queries()
    with_counting = queries()
    monkeypatch.setattr(search_view, "is_new_search", lambda *_: False)

    assert queries() == with_counting
    assert counted()["need", "rides", True] == 2


def test_a_page_that_fails_counts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(search_view, "render", fail)
    with pytest.raises(RuntimeError):
        ask("/search/?need=rides")

    assert counted() == {}
