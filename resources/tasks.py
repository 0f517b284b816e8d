"""Work that is done beside the web server, by `manage.py db_worker`."""

from __future__ import annotations

import logging

from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from resources import mails
from resources.trust import letters, looking
from resources.trust.links import Visitor, agent_of

logger = logging.getLogger(__name__)


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


def _who_we_are() -> str:
    """The page that tells the owners of other sites who visits them."""
    return f"{mails.site()}{reverse('about')}"
