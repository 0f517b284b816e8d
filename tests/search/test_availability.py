"""A text index that is locked, damaged or gone: the search goes on without it, and heals."""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import MagicMock

import psycopg
import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from resources.models import Need
from resources.search import indexing, sets, text
from resources.search.query import SearchQuery
from resources.search.results import SearchResults, find
from resources.search.text import availability
from resources.search.text.documents import TABLES
from tests import make
from tests.views.page import get, read

pytestmark = pytest.mark.django_db

SAID = "We cannot look for words right now."


@pytest.fixture(autouse=True)
def some() -> None:
    make.term(Need, "copay", name="Help with copays")
    make.resource(name="Copay Relief", needs=("copay",))
    make.resource(name="Rides to Care", needs=("rides",))


@pytest.fixture
def damaged() -> None:
    """As if the index had lost its tables."""
    with connection.cursor() as cursor:
        for table in TABLES.values():
            cursor.execute(f"DROP TABLE {table}")


def search(words: str) -> SearchResults:
    return find(SearchQuery(text=words), sets.current(timezone.localdate()), "en")


def test_without_the_index_the_search_is_browsing_and_says_so(damaged: None) -> None:
    page = read("/search/?q=relief")

    assert SAID in page.text
    assert "Copay Relief" in page.text
    assert "Rides to Care" in page.text
    assert SAID not in read("/search/").text


@pytest.mark.usefixtures("damaged")
def test_terms_are_read_all_the_same() -> None:
    results = search("help with copays")

    assert results.chosen == {"need": ["copay"]}
    assert results.total == 1
    assert results.found.without_index


@pytest.mark.usefixtures("damaged")
def test_no_word_is_taken_for_another() -> None:
    assert search("copey").query.text == "copey"


def test_pages_that_suggest_and_ask_go_on(damaged: None) -> None:
    assert get("/suggestions/?q=relief").status_code == 200
    said = {"condition": "relief of something", "state": "OH"}
    assert Client(headers={"host": "localhost"}).post("/find-help/", said).status_code == 200


def test_a_damaged_index_is_made_anew(damaged: None) -> None:
    search("relief")
    assert indexing.rebuild() == 4

    availability.forget()
    assert not search("relief").found.without_index


def test_the_index_rests_before_it_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    ask = MagicMock(side_effect=OperationalError("database disk image is malformed"))
    monkeypatch.setattr(text._backend(), "found", ask)
    monkeypatch.setattr(text._backend(), "ranked", ask)
    search("relief")
    asked = ask.call_count

    assert search("relief").found.without_index
    assert ask.call_count == asked


def test_a_database_that_is_gone_is_told_as_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "is_usable", lambda: False)

    with pytest.raises(OperationalError), text.patience():
        raise OperationalError("server closed the connection unexpectedly")


@pytest.fixture
def other() -> Iterator[psycopg.Connection]:
    """Somebody else at the database."""
    if connection.vendor != "postgresql":
        pytest.skip("readers of SQLite wait for no lock")
    with psycopg.connect(**connection.get_connection_params()) as other:
        yield other


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_long_for_a_lock(other: psycopg.Connection) -> None:
    """Which would otherwise last for as long as somebody works on the index."""
    other.execute(f"LOCK TABLE {TABLES['resource']} IN ACCESS EXCLUSIVE MODE")
    try:
        assert search("relief").found.without_index
    finally:
        other.rollback()
    availability.forget()
    assert not search("relief").found.without_index
