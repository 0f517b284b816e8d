"""Who wants to hear of what: asked for, confirmed from a mail, ended at any time.

Nothing is sent to an address but the mail that asks, until its owner has pressed the button there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer, TimestampSigner
from django.db import transaction
from django.db.models import Max, QuerySet

from resources.alerts import news
from resources.alerts.addresses import key_of, keys_of, seal
from resources.models import Alert, AlertNews, Resource

# For so long an alert lasts, and may be confirmed.
LASTS = dt.timedelta(days=365)
TO_CONFIRM = dt.timedelta(days=2)
# So long before the end somebody is asked whether to go on.
ASKED_AGAIN = dt.timedelta(days=14)
# So many first mails go to one address in a day: nobody is to fill another's mailbox.
MOST_FIRST_MAILS = 3
# So many alerts one address may have.
MOST_ALERTS = 50
# So many may wait to be confirmed, of all addresses together.
MOST_WAITING = 5_000
# For so long the link of the mail that lists one's alerts is good.
MINE_LASTS = dt.timedelta(days=1)
LONGEST_TOKEN = 200

CONFIRM, STOP = "confirm", "stop"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to hear of: a resource, or a query as its address has it."""

    resource: Resource | None
    query: str
    wants: str
    language: str


@transaction.atomic
def ask(address: str, wish: Wish, now: dt.datetime) -> Alert | None:
    """Keep a wish until it is confirmed; the alert that a first mail is to be sent for.

    None where none is: too many went to this address today, or too many wait. Whoever asks is not
    told, lest they learn who has an alert. One that is confirmed already stays as it is.
    """
    forget_over(now.date())
    mine = of_address(address)
    lately = mine.filter(asked_at__gt=now - dt.timedelta(days=1))
    alert = mine.filter(resource=wish.resource, query=wish.query).first()
    if alert is None and (mine.count() >= MOST_ALERTS or _is_full()):
        return None
    if lately.count() >= MOST_FIRST_MAILS:
        return None
    if alert is None:
        alert = Alert(resource=wish.resource, query=wish.query, address_key=key_of(address))
    if alert.confirmed_on is None:
        alert.address, alert.wants, alert.language = seal(address), wish.wants, wish.language
        alert.ends_on = now.date() + TO_CONFIRM
    alert.asked_at = now
    alert.save()
    return alert


def _is_full() -> bool:
    return Alert.objects.filter(confirmed_on__isnull=True).count() >= MOST_WAITING


@transaction.atomic
def confirm(alert: Alert, today: dt.date) -> None:
    """Let an alert run for a year from this day; what was news before it began is not told."""
    if not Alert.objects.confirmed().exists():
        news.begin()
    rows = Alert.objects.filter(pk=alert.pk)
    rows.update(ends_on=today + LASTS, asked_again_on=None)
    newest = AlertNews.objects.aggregate(newest=Max("pk"))["newest"] or 0
    marks = {"begun": newest, "told": newest, "told_daily": newest}
    rows.filter(confirmed_on=None).update(confirmed_on=today, **marks)


def stop(alert: Alert) -> None:
    """Delete an alert, and the address with it."""
    Alert.objects.filter(pk=alert.pk).delete()


def of_address(address: str) -> QuerySet[Alert]:
    """All alerts of an address."""
    return Alert.objects.filter(address_key__in=keys_of(address))


def forget_over(today: dt.date) -> int:
    """Delete those that nobody confirmed or renewed in time; returns how many."""
    return Alert.objects.over(today).delete()[1].get(Alert._meta.label, 0)


def to_ask_again(today: dt.date) -> Iterator[Alert]:
    """Those that end soon, each once: their owners are asked whether to go on."""
    soon = Alert.objects.confirmed().filter(ends_on__lte=today + ASKED_AGAIN, ends_on__gt=today)
    for alert in soon.filter(asked_again_on=None):
        if Alert.objects.filter(pk=alert.pk, asked_again_on=None).update(asked_again_on=today):
            yield alert


# --- links


def token_of(alert: Alert, purpose: str) -> str:
    """What stands in the link that confirms or stops an alert, and nobody can make up."""
    return _signer(purpose).sign(str(alert.pk))


def alert_at(token: str, purpose: str, today: dt.date) -> Alert | None:
    """The alert whose link has this token; None where it has ended, or is no such link."""
    pk = _signed(token, purpose)
    return None if pk is None else Alert.objects.filter(pk=pk, ends_on__gt=today).first()


def is_whole(token: str, purpose: str) -> bool:
    """Whether a mail had this link: not where a part of it was lost on the way."""
    return _signed(token, purpose) is not None


def _signed(token: str, purpose: str) -> int | None:
    if len(token) > LONGEST_TOKEN:
        return None
    try:
        return int(_signer(purpose).unsign(token))
    except (BadSignature, ValueError):
        return None


def _signer(purpose: str) -> Signer:
    return Signer(salt=f"resources.alerts.{purpose}")


def mine_token(address_key: str) -> str:
    """What stands in the link that lists the alerts of an address, for a day."""
    return _mine().sign(address_key)


def mine_at(token: str) -> QuerySet[Alert] | None:
    """The alerts that a link lists; None where it is no such link, or of yesterday."""
    if len(token) > LONGEST_TOKEN:
        return None
    try:
        key = _mine().unsign(token, max_age=MINE_LASTS)
    except BadSignature:
        return None
    found = Alert.objects.filter(address_key=key).order_by("pk")
    return found.select_related("resource__organisation", "resource__part_of")


def _mine() -> TimestampSigner:
    return TimestampSigner(salt="resources.alerts.mine")
