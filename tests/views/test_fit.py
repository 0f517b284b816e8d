"""Beside the filters of a search: would it fit this person? Asked by POST, and not kept."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from tests import make
from tests.views.page import Page, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]

SEARCH = "/search/?condition=breast-cancer&need=living_costs&area=OH"
LAST_PAGE = f"{SEARCH}&page=2"


def post(path: str = SEARCH, **said: Any) -> Page:
    client = Client(headers={"host": "localhost"})
    with override("en"):
        response = client.post(path, said)
    assert response.status_code == 200
    assert not client.cookies
    assert "no-store" in response.headers["Cache-Control"]
    return Page(response.content.decode())


def count(page: Page) -> int:
    """All that is shown, matches and those to ask."""
    found = re.search(r"(\d+) kinds? of help(?:, (\d+) more to ask)?", page.text)
    assert found
    return int(found[1]) + int(found[2] or 0)


def hidden(page: Page) -> int:
    found = re.search(r"(\d+) (?:is|are) probably not for them", page.text)
    assert found
    return int(found[1])


def test_what_is_unlikely_is_hidden_and_counted() -> None:
    every = read(SEARCH)
    fitting = post(people="2", income="$70,000", age="45", hide="1")

    assert hidden(fitting) > 0
    assert count(fitting) + hidden(fitting) == count(every)
    assert "Probably not" not in fitting.text
    assert "Komen Financial Assistance Program" not in fitting.text


def test_it_may_be_shown_with_the_reason() -> None:
    page = post(LAST_PAGE, people="2", income="$70,000")

    assert count(page) == count(read(SEARCH))
    assert "The limit for 2 people is $64,920 a year. You said $70,000." in page.text
    assert "Probably not" in page.text


def test_what_is_unlikely_stands_last() -> None:
    matches = post(LAST_PAGE, people="2", income="$70,000").html.partition('id="ask"')[0]
    tags = re.findall(r'<details class="verdict.*?<span class="tag \w+">(.*?)</span>', matches)

    assert tags[-1] == "Probably not"
    assert tags == sorted(tags, key="Probably not".__eq__)


def test_facets_count_what_is_left() -> None:
    def counted(page: Page) -> int:
        facet = page.html.partition('id="facet-need"')[2].partition("</details>")[0]
        return sum(map(int, re.findall(r'class="count">(\d+)<', facet)))

    assert 0 < counted(post(people="2", income="$900,000", hide="1")) < counted(read(SEARCH))


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"people": "0"}, "Count yourself too"),
        ({"income": "lots"}, "Write your income in dollars"),
        ({"age": "200"}, "from 0 to 120"),
    ],
)
def test_a_slip_is_said_beside_its_field(said: dict[str, str], sentence: str) -> None:
    page = post(**{"people": "3", **said})

    assert sentence in page.text
    assert count(page) == count(read(SEARCH))


def test_nothing_said_changes_nothing() -> None:
    assert count(post()) == count(read(SEARCH))


def test_filters_that_nobody_is_both_of_say_nothing_about_insurance() -> None:
    page = post("/search/?insurance=uninsured&insurance=medicare", people="1", income="0")

    assert "kinds of help" in page.text


def test_an_answer_stands_in_no_address_of_the_page() -> None:
    page = post(people="2", income="31337", hide="1")

    assert not [href for href in page.links.values() if "31337" in href or "people" in href]


def test_any_health_insurance_says_too_little_to_rule_out_help_for_some_kind() -> None:
    address = "/search/?insurance=insured&need=copay"
    page = post(address, people="1", income="0", hide="1")

    assert count(page) == count(read(address))


def test_where_all_is_hidden_it_says_so_and_offers_to_show_it() -> None:
    make.resource(name="Zebrafish club", needs=("pets",), age_max=5)
    hidden_all = post("/search/?q=zebrafish", age="45", hide="1")
    shown = post("/search/?q=zebrafish", age="45", hide="1", show="1")

    assert "probably not for them" in hidden_all.text
    assert "Take back" not in hidden_all.text
    assert "It is for people up to 5 years old. You said 45." in shown.text


def test_what_has_ended_is_not_called_likely() -> None:
    make.resource(
        name="Gone for good", lifecycle="ended", insurance_rule="any", income_rule="none",
        conditions=("any-illness",),
    )  # fmt: skip
    page = post("/search/?q=gone+for+good", people="1", income="0")

    assert "Gone for good" in page.text
    assert "Likely" not in page.text
