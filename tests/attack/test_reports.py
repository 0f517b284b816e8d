"""Whatever is written into the forms of /report/ and /suggest/, the answer is a plain one."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from django.test import Client

from resources.forms import tickets
from resources.models import Report
from resources.trust import floods
from tests.admin.conftest import publisher  # noqa: F401 - a fixture
from tests.attack import by_client
from tests.attack.answers import tally
from tests.attack.malformed import BROKEN_UTF8, WORDS, Attack, _escaped

pytestmark = pytest.mark.django_db

FORM = (("Content-Type", b"application/x-www-form-urlencoded"),)
USUAL = {
    "report": {"about": b"/needs/", "wrong": b"other", "text": b"Gone.", "email": b""},
    "suggest": {"name": b"Rides", "website": b"", "text": b"", "why": b"", "email": b""},
}


@pytest.fixture(autouse=True)
def _in_no_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floods, "let_through", lambda sender: True)


def sent(form: str) -> Iterator[Attack]:
    """Every odd thing in every field of a form, the ticket included; the other fields are right."""
    good = tickets.handed_out(form, time.time() - 60).encode()
    for field in (*USUAL[form], "ticket"):
        for typed in (*WORDS, *BROKEN_UTF8):
            fields = {"ticket": good, **USUAL[form], field: typed}
            body = b"&".join(b"%s=%s" % (n.encode(), _escaped(v)) for n, v in fields.items())
            yield Attack(field, f"/{form}/".encode(), method="POST", headers=FORM, body=body)


def making_room(attacks: Iterator[Attack]) -> Iterator[Attack]:
    for number, attack in enumerate(attacks):
        if number % 50 == 0:
            Report.objects.all().delete()
        yield attack


@pytest.mark.parametrize("form", USUAL)
def test_it_answers_whatever_is_written(form: str) -> None:
    found = tally(by_client.send_all(making_room(sent(form))))

    assert found.failures == []
    assert set(found.statuses) <= {200, 302, 413}


def test_whatever_was_taken_is_shown_to_a_curator_as_it_was_written(
    publisher: Client,  # noqa: F811
) -> None:
    for form in USUAL:
        few = [attack for attack in sent(form) if attack.kind in ("text", "name")]
        for _answer in by_client.send_all(few[::3]):
            pass
    shown = [publisher.get("/admin/resources/report/")]
    shown += [
        publisher.get(f"/admin/resources/report/{row.pk}/change/") for row in Report.objects.all()
    ]

    assert len(shown) > 40
    for page in shown:
        assert page.status_code == 200
        assert b"<script>alert" not in page.content
