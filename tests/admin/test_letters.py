"""Letters at the desk: the batch is seen first, answers are accepted, trouble is settled."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django_tasks_db.models import DBTaskResult

from resources.models import Letter, LetterAnswer, Organisation
from resources.tasks import send_letters
from resources.trust import letters
from tests import make
from tests.admin.browser_form import words_of

pytestmark = pytest.mark.django_db

LETTERS = "/admin/letters/"


def press(client: Client, deed: str, **said: Any) -> str:
    return words_of(client.post(LETTERS, {"deed": deed, **said}, follow=True))


def asked(name: str = "Ride Aid") -> Organisation:
    return make.organisation(name=name, email="help@example.org")


def work() -> None:
    """What the worker does."""
    for row in DBTaskResult.objects.order_by("enqueued_at"):
        send_letters.func(*row.args_kwargs["args"])
        row.delete()


def test_the_batch_is_seen_and_those_that_are_ticked_go_out(
    publisher: Client, mailoutbox: list[EmailMessage]
) -> None:
    first, second = asked("Ride Aid"), asked("Hope House")
    words = words_of(publisher.get(LETTERS))
    assert "Ride Aid" in words
    assert "Is what we show about Ride Aid still right?" in words_of(
        publisher.get(f"{LETTERS}{first.pk}/")
    )
    assert "1 mail goes out" in press(publisher, "send", organisation=[first.pk])
    assert mailoutbox == []
    work()

    assert [mail.subject for mail in mailoutbox] == ["Is what we show about Ride Aid still right?"]
    assert Letter.objects.get().approved_by.username == "pat"
    words = words_of(publisher.get(LETTERS))
    assert "Sent, not answered yet" in words
    assert list(letters.to_send(Letter.objects.get().began_on)) == [second]


def test_nobody_ticked_sends_nothing(publisher: Client) -> None:
    asked()

    assert "Nothing was sent." in press(publisher, "send")
    assert not Letter.objects.exists()


def test_an_answer_is_read_and_closed(publisher: Client) -> None:
    organisation = asked()
    press(publisher, "send", organisation=[organisation.pk])
    work()
    letters.answer(Letter.objects.get(), "change", words="<b>New</b> number.", shown=[])
    answer = publisher.get(LETTERS)
    assert "&lt;b&gt;New&lt;/b&gt; number." in answer.content.decode()
    given = LetterAnswer.objects.get()
    press(publisher, f"accept:{given.pk}", note="Phoned them.")

    given.refresh_from_db()
    assert (given.state, given.note, given.closed_by.username) == (  # type: ignore[union-attr]
        "accepted", "Phoned them.", "pat",
    )  # fmt: skip
    assert "Somebody closed it already." in press(publisher, f"set_aside:{given.pk}")


def test_a_mail_that_may_not_have_arrived_is_sent_again_or_let_be(
    publisher: Client, mailoutbox: list[EmailMessage]
) -> None:
    organisation = asked()
    press(publisher, "send", organisation=[organisation.pk])
    DBTaskResult.objects.all().delete()
    Letter.objects.update(fate="sending", mails=1, last_mail_on=Letter.objects.get().began_on)
    pk = Letter.objects.get().pk
    assert "nobody knows whether it was sent" in words_of(publisher.get(LETTERS))
    press(publisher, f"again:{pk}")
    work()
    assert len(mailoutbox) == 1
    Letter.objects.update(fate="sending")
    press(publisher, f"let_be:{pk}")
    work()

    assert (Letter.objects.get().fate, len(mailoutbox)) == ("sent", 1)


def test_whoever_wants_no_more_is_not_asked_again(publisher: Client) -> None:
    press(publisher, "send", organisation=[asked().pk])
    work()
    press(publisher, f"stop:{Letter.objects.get().pk}")

    assert Letter.objects.get().is_stopped


@pytest.mark.parametrize("deed", ["", "nonsense", "accept:x", "stop:999", "accept:" + "9" * 40])
def test_deeds_that_make_no_sense_are_not_found(publisher: Client, deed: str) -> None:
    assert publisher.post(LETTERS, {"deed": deed}).status_code == 404


def test_an_editor_sees_them_and_sends_nothing(editor: Client) -> None:
    organisation = asked()

    assert "Ride Aid" in words_of(editor.get(LETTERS))
    said = {"deed": "send", "organisation": [organisation.pk]}
    assert editor.post(LETTERS, said).status_code == 403
    assert not Letter.objects.exists()
