"""Work that is done beside the web server, by `manage.py db_worker`."""

from __future__ import annotations

import datetime as dt
import logging
from functools import partial
from typing import Any

from django.core.mail import EmailMessage
from django.db import transaction
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from resources import mails
from resources.alerts import addresses, news, queueing, sending, signing_up
from resources.models import Alert, Publication, Resource
from resources.posting import handed_over
from resources.publishing import published
from resources.search import sets
from resources.trust import letters, looking
from resources.trust.links import Visitor, agent_of

logger = logging.getLogger(__name__)

# So long after a change has settled it is looked at: the clocks of two machines differ.
MARGIN = dt.timedelta(seconds=5)


@task()
def look_at_links(urls: list[str]) -> int:
    """Visit these addresses, and record what became of each; returns how many were visited."""
    return looking.look_at(urls, Visitor(agent_of(_who_we_are())))


@task()
def send_letters(pks: list[int]) -> int:
    """Send the mails of these letters that wait; returns how many were handed over."""
    return sum(map(_sent, pks))


def _sent(pk: int) -> bool:
    """Send one; what cannot be written keeps no other from being sent, and stays at the desk."""
    try:
        return letters.send(pk, mails.question, timezone.localdate())
    except Exception:
        logger.exception("A letter could not be written.")
        return False


@receiver(published)
def tell_later(publications: list[Publication], **kwargs: Any) -> None:
    """Once what is published has settled, look whether somebody waits for it."""
    is_told = any(row.kind == Resource.KIND and row.edition for row in publications)
    if is_told and Alert.objects.confirmed().exists():
        soon = timezone.now() + news.SETTLES + MARGIN
        transaction.on_commit(partial(tell_news.using(run_after=soon).enqueue))


@task()
def tell_news() -> int:
    """Turn what has settled into news, and send the mails that go out at once; returns how many."""
    now, today = timezone.now(), timezone.localdate()
    news.gather(now, today)
    queueing.queue_openings(sets.current(today))
    return sending.send_waiting(mails.alert_writer())


@task()
def send_daily_news() -> int:
    """The mails of everything else, and those that ask whether to go on; returns how many."""
    now, today = timezone.now(), timezone.localdate()
    news.gather(now, today)
    queueing.queue_openings(sets.current(today))
    queueing.queue_daily(sets.current(today))
    sent = sending.send_waiting(mails.alert_writer())
    return sent + sum(_posted(mails.alert_ends(alert)) for alert in signing_up.to_ask_again(today))


@task()
def send_first_mail(pk: int) -> bool:
    """Ask the owner of the address of this alert whether it is theirs."""
    alert = Alert.objects.filter(pk=pk).first()
    return alert is not None and _posted(mails.alert_asked(alert))


@task()
def send_list(sealed: str, language: str) -> bool:
    """Send the link that lists the alerts of an address, which comes sealed."""
    return _posted(mails.alerts_of(addresses.unseal(sealed), language))


def _posted(mail: EmailMessage) -> bool:
    """Whether it was taken. Nobody is told otherwise: whoever asked can ask again."""
    return bool(handed_over(mail))


def _who_we_are() -> str:
    """The page that tells the owners of other sites who visits them."""
    return f"{mails.site()}{reverse('about')}"
