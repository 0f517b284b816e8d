"""What people look for: which numbers a curator sees, and that no other can be told from them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from resources.admin import searches
from resources.models import Condition, Medicine, Need, SearchCount
from resources.search import sets
from tests import make
from tests.admin.browser_form import words_of

pytestmark = pytest.mark.django_db

PAGE = "/admin/searches/"
TODAY = dt.date(2026, 11, 26)  # a Thursday
THIS, LAST, BEFORE = (dt.date(2026, 11, day) for day in (23, 16, 9))


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda value=None: TODAY)


@pytest.fixture(autouse=True)
def terms() -> None:
    make.term(Need, "rides", name="Rides", spanish_name="Transporte")
    make.term(Need, "lodging", name="A place to stay")
    make.term(Condition, "leukemia", name="Leukemia")
    make.term(Medicine, "imatinib", name="Imatinib", brands=["Gleevec"])
    make.state("OH", name="Ohio")


def counted(facet: str, term: str, number: int, *, found: bool, week: dt.date = LAST) -> None:
    SearchCount.objects.create(week=week, facet=facet, term=term, has_results=found, number=number)


def shown(client: Client, **asked: str) -> list[list[tuple[str, int]]]:
    """What found nothing, and what found something, with the numbers."""
    tables = client.get(PAGE, asked).context["tables"]
    return [[(row.name, row.number) for row in rows] for _caption, rows in tables]


def page_of(client: Client, **asked: str) -> str:
    """The bare page, without what differs from one answer to the next anyway."""
    html = client.get(PAGE, asked).content.decode()
    return "\n".join(line for line in html.splitlines() if "csrfmiddlewaretoken" not in line)


def test_what_found_nothing_stands_first_and_the_largest_number_above(publisher: Client) -> None:
    counted("need", "rides", 400, found=True)
    counted("need", "lodging", 12, found=False)
    counted("condition", "leukemia", 30, found=False)
    counted("area", "OH", 400, found=True)

    assert shown(publisher) == [
        [("Leukemia", 30), ("A place to stay", 12)],
        [("Ohio", 400), ("Rides", 400)],
    ]
    words = words_of(publisher.get(PAGE))
    assert "Looked for, and nothing was found Term Searches Leukemia Illness 30" in words
    assert words.index("nothing was found Term") < words.index("Looked for and found Term")


def test_terms_bear_their_names_for_the_reader(publisher: Client) -> None:
    counted("need", "rides", 11, found=True)
    counted("medicine", "imatinib", 12, found=True)
    counted("need", "no-more", 13, found=True)

    assert shown(publisher)[1] == [("no-more", 13), ("Imatinib (Gleevec)", 12), ("Rides", 11)]
    [rides] = searches.named(
        SearchCount.objects.filter(term="rides"), sets.current(TODAY), language="es"
    )
    assert rides.name == "Transporte"


@pytest.mark.parametrize("found", [True, False])
def test_eleven_are_shown(publisher: Client, found: bool) -> None:
    counted("need", "rides", 11, found=found)

    assert ("Rides", 11) in shown(publisher)[int(found)]


@pytest.mark.parametrize("number", [1, 10])
def test_fewer_leave_the_page_as_if_there_were_none(publisher: Client, number: int) -> None:
    counted("need", "rides", 50, found=True)
    weeks = (LAST, BEFORE)
    before = [page_of(publisher, week=week.isoformat()) for week in weeks]
    first = page_of(publisher), publisher.get("/admin/").content.decode().count("searches")
    for week in weeks:
        counted("condition", "leukemia", number, found=True, week=week)
        counted("need", "rides", number, found=False, week=week)

    assert [page_of(publisher, week=week.isoformat()) for week in weeks] == before
    assert (page_of(publisher), publisher.get("/admin/").content.decode().count("searches")) == (
        first
    )


def test_small_numbers_of_several_weeks_make_no_large_one(publisher: Client) -> None:
    for week in (LAST, BEFORE):
        counted("need", "rides", 10, found=False, week=week)

    assert shown(publisher) == [[], []]
    assert "No number of this week is 11 or more." in words_of(publisher.get(PAGE))


def test_a_week_is_chosen_from_all_that_are_over(publisher: Client) -> None:
    counted("need", "rides", 20, found=True, week=BEFORE)

    assert shown(publisher) == [[], []]
    assert shown(publisher, week="2026-11-09") == [[], [("Rides", 20)]]
    offered = publisher.get(PAGE).context["weeks"]
    assert offered[:2] == [LAST, BEFORE]
    assert len(offered) == 103


@pytest.mark.parametrize(
    "week", ["2026-11-23", "2026-11-30", "2026-11-17", "2024-01-01", "", "x", "2026-11-16\x00"]
)
def test_neither_this_week_nor_what_is_no_week_is_shown(publisher: Client, week: str) -> None:
    counted("need", "rides", 20, found=True, week=THIS)
    counted("need", "rides", 21, found=True, week=LAST)
    counted("need", "rides", 22, found=True, week=dt.date(2024, 1, 1))

    assert shown(publisher, week=week) == [[], [("Rides", 21)]]


def test_on_monday_the_week_before_may_still_grow(
    publisher: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda value=None: dt.date(2026, 11, 23))
    counted("need", "rides", 20, found=True, week=LAST)

    assert shown(publisher, week="2026-11-16") == [[], []]
    assert publisher.get(PAGE).context["week"] == BEFORE


def test_it_says_how_it_is_counted(publisher: Client) -> None:
    words = words_of(publisher.get(PAGE))

    for sentence in (
        "These are searches, not people.",
        "Words that we do not know are not kept.",
        "Numbers below 11 are not shown",
    ):
        assert sentence in words


def test_the_desk_leads_there(editor: Client) -> None:
    assert f'<a href="{PAGE}">What people look for</a>' in (editor.get("/admin/").content.decode())
    assert editor.get(PAGE).status_code == 200


def test_nobody_else_sees_it(client: Client) -> None:
    assert client.get(PAGE).status_code == 302


def test_it_asks_the_database_little(publisher: Client, django_assert_max_num_queries: Any) -> None:
    publisher.get(PAGE)
    for number in range(30):
        counted("need", f"need-{number}", 50, found=True)
    with django_assert_max_num_queries(7):
        publisher.get(PAGE)
