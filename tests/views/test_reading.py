"""How the search page says what it made of somebody's words."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.views.page import Page, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]


def link_with(page: Page, words: str) -> dict[str, list[str]]:
    """What the first link with these words asks for."""
    return parse_qs(
        urlsplit(next(link for name, link in page.links.items() if words in name)).query
    )


def test_it_says_what_it_read_and_keeps_the_words_in_the_box() -> None:
    page = read("/search/?q=gleevec+copay+help+ohio")

    assert "We read your words as:" in page.text
    assert "Copay and coinsurance help for imatinib (Gleevec, Imkeldi) in Ohio" in page.text
    assert 'value="gleevec copay help ohio"' in page.html


def test_a_term_can_be_taken_back_and_the_others_stay() -> None:
    page = read("/search/?q=gleevec+copay+help+ohio")

    assert link_with(page, "Ohio × take back") == {"need": ["copay"], "medicine": ["imatinib"]}


def test_the_words_can_be_searched_for_as_they_stand_and_read_again() -> None:
    page = read("/search/?q=gleevec+copay")
    asked = link_with(page, "Search for the exact words instead")
    exact = read("/search/?q=gleevec+copay&exact=1")

    assert asked == {"q": ["gleevec copay"], "exact": ["1"]}
    assert "We searched for the exact words." in exact.text
    assert link_with(exact, "Look for what they mean") == {"q": ["gleevec copay"]}


def test_a_correction_is_always_said() -> None:
    assert "We searched for “leukemia” instead of “lukemia”." in read("/search/?q=lukemia").text


def test_several_needs_are_answered_each_by_itself() -> None:
    page = read("/search/?q=rides+and+lodging+for+leukemia")

    assert page.html.index("<h2>Rides to appointments") < page.html.index("<h2>A place to stay")
    assert page.text.count(", with filters") == 2
    rides = read("/search/?need=rides&condition=leukemia").text.partition(" kinds of help")[0]
    assert f"Rides to appointments {rides.split()[-1]} kinds of help" in page.text


def test_a_state_chosen_goes_before_one_in_the_words() -> None:
    assert "Rides to appointments in Texas" in read("/search/?q=rides+ohio&area=TX").text


def test_an_old_name_brings_the_organisation_on_top_with_what_became_of_it() -> None:
    page = read("/search/?q=LLS+copay")

    assert "Organizations with that name" in page.text
    assert "now Blood Cancer United" in page.text
