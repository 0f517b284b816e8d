"""Each mail once: what is known of its fate, and what a curator says where nobody knows."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.db.models import Q, QuerySet

from resources.models import Alert, AlertMail
from resources.posting import handed_over

logger = logging.getLogger(__name__)

# A mail that waits longer was lost on the way to the worker, or the worker does not run.
TAKEN_UP = dt.timedelta(hours=1)
# For so long the row of a mail is kept.
KEPT = dt.timedelta(days=30)

Fate = AlertMail.Fate
Compose = Callable[[AlertMail], EmailMessage]


def send_waiting(compose: Compose) -> int:
    """Send all that waits, over one connection; returns how many were handed over.

    While no mail server answers, everything goes on waiting.
    """
    connection = get_connection()
    sent = 0
    try:
        for mail in _waiting():
            if not _is_open(connection):
                break
            is_sent = _sent(mail, compose, connection)
            sent += is_sent
            if not is_sent:
                connection.close()  # whatever is wrong with it: the next mail opens a new one
    finally:
        connection.close()
    return sent


def _is_open(connection: Any) -> bool:
    """Open the connection, unless it is; whether it is now."""
    try:
        connection.open()
    except OSError:
        logger.warning("No mail server answers. The mails of alerts wait.")
        return False
    return True


def _waiting() -> Iterator[AlertMail]:
    """One after the other, those that came meanwhile too."""
    last = 0
    rows = AlertMail.objects.filter(fate=Fate.WAITING, alert__isnull=False)
    while some := list(rows.filter(pk__gt=last).select_related("alert")[:500]):
        yield from some
        last = some[-1].pk


def _sent(mail: AlertMail, compose: Compose, connection: Any) -> bool:
    """Hand one over, once: the row says that it is being sent before anything is.

    What cannot be written keeps no other from being sent, and stays at the desk.
    """
    rows = AlertMail.objects.filter(pk=mail.pk)
    try:
        message = compose(mail)
    except Exception:
        logger.exception("A mail of an alert could not be written.")
        rows.update(fate=Fate.FAILED)
        return False
    message.connection = connection
    # Whoever ended their alert a moment ago gets nothing any more.
    if not rows.filter(fate=Fate.WAITING, alert__isnull=False).update(fate=Fate.SENDING):
        return False
    match handed_over(message):
        case True:
            rows.update(fate=Fate.SENT)
            _end_if_fired(mail)
            return True
        case False:
            rows.update(fate=Fate.FAILED)
    return False


def _end_if_fired(mail: AlertMail) -> None:
    """Delete the alert that was for one opening, and its address, at once."""
    Alert.objects.filter(mails=mail, wants=Alert.Wants.OPENING).delete()


def in_trouble(now: dt.datetime) -> QuerySet[AlertMail]:
    """Mails that were refused, may not have arrived, or were never taken up."""
    forgotten = Q(fate=Fate.WAITING, at__lte=now - TAKEN_UP)
    wanted = Q(fate__in=[Fate.SENDING, Fate.FAILED]) | forgotten
    return AlertMail.objects.filter(wanted, alert__isnull=False).order_by("-pk")


def settle(mail: AlertMail, *, again: bool) -> bool:
    """Say of a mail in trouble that it is to be sent again, or that it is let be.

    Returns whether it waits to be sent.
    """
    rows = AlertMail.objects.filter(pk=mail.pk).exclude(fate=Fate.SENT)
    if again:
        return bool(rows.update(fate=Fate.WAITING))
    if rows.update(fate=Fate.SENT):
        _end_if_fired(mail)
    return False


def forget_old(now: dt.datetime) -> int:
    """Delete the rows of mails that are over; returns how many."""
    return AlertMail.objects.filter(at__lt=now - KEPT).delete()[0]
