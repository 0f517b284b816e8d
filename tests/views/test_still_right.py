"""/still-right/: an organisation answers by POST alone, and a link that is opened does nothing."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone

from resources.models import Curator, Letter, LetterAnswer, Organisation
from resources.trust import letters
from tests import make

pytestmark = pytest.mark.django_db

PAGE = "/still-right/"


@pytest.fixture
def organisation() -> Organisation:
    made = make.organisation(name="Ride Aid", email="help@example.org")
    make.resource(organisation=made, name="Gas cards", needs=("rides",))
    return made


@pytest.fixture
def link(organisation: Organisation) -> str:
    curator = Curator.objects.create_user("ana", password="x")
    today = timezone.localdate()
    (letter,) = letters.approve([organisation.pk], by=curator, today=today)
    return f"{PAGE}?letter={quote(letters.token_of(letter))}"


def post(link: str, **said: str) -> Any:
    return Client().post(link, said)


def test_it_shows_the_entries_and_opening_it_answers_nothing(link: str) -> None:
    for _time in range(3):
        answer = Client().get(link)
    page = answer.content.decode()

    assert "Ride Aid" in page
    assert "Gas cards" in page
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "strict-origin"
    assert not answer.cookies
    assert not LetterAnswer.objects.exists()
    assert Client().head(link).status_code == 200


def test_one_button_says_that_all_is_right(link: str, organisation: Organisation) -> None:
    answer = post(link, says="right", words="ignored")

    assert answer["Location"] == "/still-right/thanks/"
    assert "Thank you" in Client().get(answer["Location"]).content.decode()
    given = LetterAnswer.objects.get()
    assert (given.says, given.words, given.state) == ("right", "", "waiting")
    assert len(given.versions) == 2


def test_a_change_needs_words(link: str) -> None:
    assert "Write what is to be changed." in post(link, says="change", words=" ").content.decode()
    assert not LetterAnswer.objects.exists()
    post(link, says="change", words="The number is 800-555-0100.")

    assert LetterAnswer.objects.get().words == "The number is 800-555-0100."


@pytest.mark.parametrize(
    "said", [{}, {"says": "nonsense"}, {"says": "change", "words": "x" * 2001}]
)
def test_what_makes_no_sense_is_given_back(link: str, said: dict[str, str]) -> None:
    answer = post(link, **said)

    assert answer.status_code == 200
    assert said.get("words", "") in answer.content.decode()
    assert not LetterAnswer.objects.exists()


@pytest.mark.parametrize("token", ["", "1:abc", "%00", "x" * 5000])
def test_a_link_that_nobody_sent_leads_on(token: str) -> None:
    for answer in (
        Client().get(f"{PAGE}?letter={token}"),
        post(f"{PAGE}?letter={token}", says="right"),
    ):
        assert answer.status_code == 404
        assert "This link does not work" in answer.content.decode()


def test_markup_and_a_megabyte_are_plain_words_and_too_long(link: str) -> None:
    post(link, says="change", words="<script>alert(1)</script>")
    answer = post(link, says="change", words="x" * 1_000_000)

    assert answer.status_code == 413
    assert LetterAnswer.objects.count() == 1


def test_in_spanish_too(link: str) -> None:
    assert Client().get(f"/es{link}").status_code == 200


def test_an_organisation_that_was_withdrawn_is_not_shown(link: str) -> None:
    Letter.objects.get()
    Organisation.objects.update(publication_state="withdrawn")

    assert Client().get(link).status_code == 404
