"""Each mail once, and the alert for one opening gone with it."""

from __future__ import annotations

import datetime as dt
import smtplib
from collections.abc import Callable

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from resources.alerts import sending, signing_up
from resources.models import Alert, AlertMail, Resource
from tests.alerts.conftest import ADDRESS, gathered, queued, waiting
from tests.broken_mail import broken

pytestmark = pytest.mark.django_db

See = Callable[..., None]


def plain(mail: AlertMail) -> EmailMessage:
    return EmailMessage("subject", "body", to=[ADDRESS])


@pytest.fixture
def opened(fund: Resource, see: See) -> Callable[..., None]:
    def did(**said: str) -> None:
        waiting(resource=fund, **said)
        see(fund, "open")
        gathered()
        assert queued() == 1

    return did


def test_a_mail_goes_out_once_and_the_alert_with_it(
    opened: Callable[..., None], mailoutbox: list[EmailMessage]
) -> None:
    opened()
    assert sending.send_waiting(plain) == 1
    assert sending.send_waiting(plain) == 0

    assert len(mailoutbox) == 1
    assert not Alert.objects.exists()
    assert AlertMail.objects.get().fate == "sent"


def test_who_wants_all_goes_on_waiting(opened: Callable[..., None]) -> None:
    opened(wants="all")
    sending.send_waiting(plain)

    assert Alert.objects.exists()


@pytest.mark.parametrize(
    ("error", "fate"),
    [
        (smtplib.SMTPRecipientsRefused({}), "failed"),
        (ConnectionRefusedError(), "failed"),
        (smtplib.SMTPServerDisconnected(), "sending"),
        (TimeoutError(), "sending"),
    ],
    ids=repr,
)
def test_a_mail_that_may_have_arrived_waits_for_a_curator(
    opened: Callable[..., None], error: Exception, fate: str
) -> None:
    opened()
    assert sending.send_waiting(broken(error)) == 0
    assert sending.send_waiting(plain) == 0
    mail = AlertMail.objects.get()
    assert mail.fate == fate
    assert list(sending.in_trouble(timezone.now())) == [mail]
    assert Alert.objects.exists()

    assert sending.settle(mail, again=True)
    assert sending.send_waiting(plain) == 1
    assert not Alert.objects.exists()


def test_what_a_curator_lets_be_is_over(opened: Callable[..., None]) -> None:
    opened()
    sending.send_waiting(broken(TimeoutError()))
    assert not sending.settle(AlertMail.objects.get(), again=False)

    assert not sending.in_trouble(timezone.now()).exists()
    assert not Alert.objects.exists()


def test_what_cannot_be_written_keeps_no_other_back(
    fund: Resource, see: See, mailoutbox: list[EmailMessage]
) -> None:
    first = waiting(resource=fund)
    waiting("ann@example.org", resource=fund)
    see(fund, "open")
    gathered()
    queued()

    def compose(mail: AlertMail) -> EmailMessage:
        if mail.alert == first:
            raise ValueError
        return plain(mail)

    assert sending.send_waiting(compose) == 1
    assert [mail.fate for mail in AlertMail.objects.all()] == ["failed", "sent"]


def test_who_ends_it_while_mails_go_out_gets_none(
    opened: Callable[..., None], mailoutbox: list[EmailMessage]
) -> None:
    opened()

    def compose(mail: AlertMail) -> EmailMessage:
        signing_up.stop(Alert.objects.get())
        return plain(mail)

    assert sending.send_waiting(compose) == 0
    assert mailoutbox == []


def test_old_mails_are_forgotten(opened: Callable[..., None]) -> None:
    opened()
    sending.send_waiting(plain)

    assert sending.forget_old(timezone.now() + dt.timedelta(days=29)) == 0
    assert sending.forget_old(timezone.now() + dt.timedelta(days=31)) == 1


class Silent(BaseEmailBackend):
    """A mail server that is not there."""

    def open(self) -> bool:
        raise ConnectionRefusedError


def test_while_no_mail_server_answers_all_wait(
    opened: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened()
    with monkeypatch.context() as without:
        without.setattr(sending, "get_connection", Silent)
        assert sending.send_waiting(plain) == 0
    assert AlertMail.objects.get().fate == "waiting"

    assert sending.send_waiting(plain) == 1
