"""The list below the search box, as the browser gets it while somebody types."""

from __future__ import annotations

import logging
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from django.http import HttpResponse

from resources.models import Condition
from tests import make
from tests.views.page import get

pytestmark = pytest.mark.django_db


class Options(HTMLParser):
    """The attributes of the list and of its options, and what the options say."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.list: dict[str, str | None] = {}
        self.options: list[dict[str, str | None]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("role") == "listbox":
            self.list = given
        elif given.get("role") == "option":
            self.options.append(given)
            self.words.append("")

    def handle_data(self, data: str) -> None:
        if self.words:
            self.words[-1] += data

    @property
    def said(self) -> list[str]:
        return [" ".join(words.split()) for words in self.words]


def asked(typed: str, path: str = "/suggestions/") -> HttpResponse:
    response: HttpResponse = get(f"{path}?q={quote(typed)}")
    return response


def options(typed: str, path: str = "/suggestions/") -> Options:
    return Options(asked(typed, path).content.decode())


def test_a_term_is_an_option_with_what_to_search_for() -> None:
    make.term(Condition, "flu", name="Influenza")
    found = options("Ohio influ")

    assert found.said == ["Ohio Influenza Illness"]
    assert found.options[0]["data-before"] == "Ohio"
    assert (found.options[0]["data-parameter"], found.options[0]["data-value"]) == (
        "condition",
        "flu",
    )


def test_an_organisation_is_an_option_with_its_page() -> None:
    made = make.organisation(name="Helping Hands")
    found = options("help")

    assert found.said == ["Helping Hands Organization"]
    assert found.options[0]["data-url"] == made.get_absolute_url()


def test_it_is_a_listbox_that_says_how_many_there_are() -> None:
    make.organisation(name="Helping Hands")
    one = options("help")
    make.organisation(name="Helping Hearts")
    two = options("help")

    assert one.list["aria-label"] == "Suggestions"
    assert one.list["data-said"] == "1 suggestion"
    assert two.list["data-said"] == "2 suggestions"
    assert [option["id"] for option in two.options] == ["suggestion-q-1", "suggestion-q-2"]
    assert {option["aria-selected"] for option in two.options} == {"false"}


def test_it_is_in_the_language_of_the_page() -> None:
    make.term(Condition, "flu", name="Influenza", spanish_name="Gripe")
    make.organisation(name="Gripe Unida")
    found = options("grip", "/es/suggestions/")

    assert found.said == ["Gripe Enfermedad", "Gripe Unida Organización"]
    assert found.list["aria-label"] == "Sugerencias"
    assert found.list["data-said"] == "2 sugerencias"
    assert str(found.options[1]["data-url"]).startswith("/es/organisations/")


def test_no_suggestion_is_said_too() -> None:
    assert options("zzzz").list["data-said"] == "0 suggestions"


def test_what_was_typed_is_shown_as_text() -> None:
    make.term(Condition, "flu", name="Influenza")
    html = asked('"><script>alert(1)</script> influ').content.decode()

    assert "<script" not in html
    assert Options(html).options[0]["data-before"] == '"><script>alert(1)</script>'


def test_nothing_of_it_is_kept_anywhere(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        response = asked("canary")

    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert not response.cookies
    assert "canary" not in caplog.text


@pytest.mark.parametrize(
    "query",
    ["", "q=", "q=a&q=b", "q=%00", "q=%F0%9F%8F%A5", "q=%ED%A0%80", "q=%", "q=" + "a" * 5000],
)
def test_it_answers_whatever_is_typed(query: str) -> None:
    assert get(f"/suggestions/?{query}").status_code == 200
