"""The yearly question to organisations: whom, when, once, and what an answer is."""

from __future__ import annotations

import datetime as dt
import smtplib
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from resources import mails
from resources.models import Check, Curator, Letter, LetterAnswer, Organisation, Review
from resources.trust import letters
from tests import make
from tests.broken_mail import broken

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
ADDRESS = "help@example.org"


@pytest.fixture
def curator() -> Curator:
    return Curator.objects.create_user("ana", password="x")


def asked(**fields: Any) -> Organisation:
    return make.organisation(**{"email": ADDRESS, **fields})


def days(number: int) -> dt.date:
    return TODAY + dt.timedelta(days=number)


def numbers(today: dt.date) -> list[int]:
    return [letters.mail_to(one, today).number for one in letters.to_send(today)]


def sent(organisation: Organisation, curator: Curator, today: dt.date = TODAY) -> Letter:
    (letter,) = letters.approve([organisation.pk], by=curator, today=today)
    assert letters.send(letter.pk, mails.question, today)
    letter.refresh_from_db()
    return letter


def test_only_active_public_organisations_with_an_address_are_asked() -> None:
    mine = asked()
    make.organisation()
    asked(published=False)
    asked(status="closed")

    assert list(letters.to_send(TODAY)) == [mine]


def test_it_is_asked_once_a_year_and_reminded_three_times(curator: Curator) -> None:
    organisation = asked()
    on = 0
    for number in (1, 2, 3, 4):
        assert numbers(days(on)) == [number]
        sent(organisation, curator, days(on))
        assert numbers(days(on + 13)) == []
        on += 14
    assert numbers(days(on)) == []
    assert numbers(days(364)) == []
    assert numbers(days(365)) == [1]


def test_an_answer_ends_the_reminders_and_so_does_who_wants_no_more(curator: Curator) -> None:
    answering, stopped = asked(), asked()
    letters.answer(sent(answering, curator), "right", words="", shown=[answering])
    letters.stop(sent(stopped, curator))

    assert numbers(days(14)) == []
    assert list(letters.to_send(days(365))) == [answering]


def test_nothing_goes_out_that_nobody_approved_and_nothing_twice(
    curator: Curator, mailoutbox: list[EmailMessage]
) -> None:
    organisation = asked()
    assert letters.to_send(TODAY)
    (letter,) = letters.approve([organisation.pk], by=curator, today=TODAY)
    assert letters.approve([organisation.pk], by=curator, today=TODAY) == []
    assert mailoutbox == []

    assert letters.send(letter.pk, mails.question, TODAY)
    assert not letters.send(letter.pk, mails.question, TODAY)
    assert [mail.to for mail in mailoutbox] == [[ADDRESS]]


@pytest.mark.parametrize(
    ("error", "fate"),
    [
        (smtplib.SMTPRecipientsRefused({}), "failed"),
        (smtplib.SMTPDataError(550, b"no"), "failed"),
        (ConnectionRefusedError(), "failed"),
        (smtplib.SMTPServerDisconnected(), "sending"),
        (TimeoutError(), "sending"),
    ],
    ids=repr,
)
def test_a_mail_that_may_have_arrived_waits_for_a_curator(
    curator: Curator, mailoutbox: list[EmailMessage], error: Exception, fate: str
) -> None:
    (letter,) = letters.approve([asked().pk], by=curator, today=TODAY)
    assert not letters.send(letter.pk, broken(error), TODAY)
    letter.refresh_from_db()
    assert letter.fate == fate
    assert list(letters.in_trouble()) == [letter]
    assert numbers(days(100)) == []
    assert not letters.send(letter.pk, mails.question, TODAY)

    assert letters.settle_fate(letter, again=True)
    assert letters.send(letter.pk, mails.question, TODAY)
    letter.refresh_from_db()
    assert (letter.mails, len(mailoutbox)) == (1, 1)
    assert not letters.in_trouble()


def test_the_mail_shows_what_readers_see_and_two_ways_to_answer(
    curator: Curator, mailoutbox: list[EmailMessage]
) -> None:
    organisation = asked(name="Ride & Co", website="https://example.org")
    make.resource(organisation=organisation, name="Gas cards <3", needs=("rides",))
    make.resource(organisation=organisation, name="Over", lifecycle="ended")
    letter = sent(organisation, curator)

    (mail,) = mailoutbox
    assert mail.subject == "Is what we show about Ride & Co still right?"
    assert "Gas cards <3" in mail.body
    assert "Helps with: Rides" in mail.body
    assert "Website: https://example.org" in mail.body
    assert "Over" not in mail.body
    address = f"/still-right/?letter={letters.token_of(letter).replace(':', '%3A')}"
    assert f"{address}\n" in mail.body
    assert f"{address}#change" in mail.body


def test_a_name_of_two_lines_adds_no_header(
    curator: Curator, mailoutbox: list[EmailMessage]
) -> None:
    sent(asked(name="Ride\nBcc: all@example.org"), curator)

    (mail,) = mailoutbox
    assert mail.message()["Bcc"] is None
    assert "Bcc: all@example.org" in mail.subject


def test_an_answer_is_a_proposal_and_no_check(curator: Curator) -> None:
    organisation = asked()
    fund = make.resource(organisation=organisation)
    later = make.resource(organisation=organisation)
    letters.answer(sent(organisation, curator), "right", words="", shown=[organisation, fund])
    assert letters.confirmed_on(fund) is None
    given = LetterAnswer.objects.get()
    assert letters.close(given, "accepted", by=curator)
    assert not letters.close(given, "set_aside", by=curator)

    assert letters.confirmed_on(organisation) == letters.confirmed_on(fund) == TODAY
    assert letters.confirmed_on(later) is None
    assert not Check.objects.exists()
    page = Client().get(fund.get_absolute_url()).content.decode()
    assert "Confirmed by the organization" in page
    assert (
        "Confirmed by the organization"
        not in Client().get(later.get_absolute_url()).content.decode()
    )


def test_a_change_that_is_asked_for_is_a_doubt_until_it_is_closed(curator: Curator) -> None:
    organisation = asked()
    letter = sent(organisation, curator)
    letters.answer(letter, "change", words="New number.", shown=[organisation])
    review = Review.objects.get(organisation=organisation)
    assert review.is_doubted

    letters.close(LetterAnswer.objects.get(), "accepted", by=curator)
    review.refresh_from_db()
    assert not review.is_doubted
    assert letters.confirmed_on(organisation) is None


def test_few_answers_wait_and_the_same_one_once(curator: Curator) -> None:
    organisation = asked()
    letter = sent(organisation, curator)
    for _time in range(2):
        assert letters.answer(letter, "right", words="", shown=[organisation])
    assert LetterAnswer.objects.count() == 1
    for number in range(letters.MOST_ANSWERS - 1):
        assert letters.answer(letter, "change", words=str(number), shown=[organisation])
    assert not letters.answer(letter, "change", words="one more", shown=[organisation])


def test_a_token_is_good_for_a_year_and_for_nothing_else(curator: Curator) -> None:
    letter = sent(asked(), curator)
    token = letters.token_of(letter)

    assert letters.letter_at(token, days(364)) == letter
    assert letters.letter_at(token, days(365)) is None
    for bad in ("", "1", f"{letter.pk}:x", token[:-1], token + "x" * 300, "\x00"):
        assert letters.letter_at(bad, TODAY) is None


def test_a_mail_that_no_worker_took_is_shown_after_an_hour(curator: Curator) -> None:
    (letter,) = letters.approve([asked().pk], by=curator, today=TODAY)
    assert not letters.in_trouble()
    Letter.objects.update(approved_at=timezone.now() - dt.timedelta(hours=2))
    assert list(letters.in_trouble()) == [letter]

    assert letters.settle_fate(letter, again=True)
    assert letters.send(letter.pk, mails.question, TODAY)
    assert Letter.objects.get().mails == 1


def test_one_that_was_stopped_while_it_waited_does_not_go(
    curator: Curator, mailoutbox: list[EmailMessage]
) -> None:
    (letter,) = letters.approve([asked().pk], by=curator, today=TODAY)
    letters.stop(letter)

    assert not letters.send(letter.pk, mails.question, TODAY)
    assert mailoutbox == []


def test_two_workers_at_once_send_one_mail(
    curator: Curator, mailoutbox: list[EmailMessage]
) -> None:
    (letter,) = letters.approve([asked().pk], by=curator, today=TODAY)

    def overtaken(waiting: Letter) -> EmailMessage:
        assert letters.send(waiting.pk, mails.question, TODAY)
        return mails.question(waiting)

    assert not letters.send(letter.pk, overtaken, TODAY)
    assert len(mailoutbox) == 1
    assert Letter.objects.get().mails == 1
