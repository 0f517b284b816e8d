"""The words that mean open or closed on one page: set at the desk, one meaning each."""

from __future__ import annotations

import pytest
from django.test import Client

from resources.models import Review, StatusWords
from tests import make
from tests.admin.browser_form import words_of

pytestmark = pytest.mark.django_db

ADD = "/admin/resources/statuswords/add/"
PAGE = "https://example.org/status"


def test_the_page_of_a_check_leads_to_the_words_of_its_status_page(publisher: Client) -> None:
    fund = make.resource(status_page_url=PAGE)
    check = f"/admin/queue/{Review.objects.get(resource=fund).pk}/"
    assert f"{ADD}?url=https%3A%2F%2Fexample.org%2Fstatus" in publisher.get(check).content.decode()
    said = {"url": PAGE, "open": "green light", "closed": "red light", "waitlist": ""}
    publisher.post(ADD, said)

    row = StatusWords.objects.get()
    assert (row.open, row.closed) == ("green light", "red light")
    assert f"/admin/resources/statuswords/{row.pk}/change/" in publisher.get(check).content.decode()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, "Write at least one phrase that the page has."),
        ({"open": "light", "closed": "Light"}, "stands twice"),
        ({"open": "light\nlight"}, "stands twice"),
    ],
)
def test_words_that_say_nothing_or_two_things_are_refused(
    publisher: Client, said: dict[str, str], told: str
) -> None:
    answer = publisher.post(ADD, {"url": PAGE, "open": "", "closed": "", "waitlist": "", **said})

    assert told in words_of(answer)
    assert not StatusWords.objects.exists()


def test_an_editor_reads_them_only(editor: Client) -> None:
    assert editor.get(ADD).status_code == 403
    assert editor.get("/admin/resources/statuswords/").status_code == 200
