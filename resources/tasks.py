"""Work that is done beside the web server, by `manage.py db_worker`."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django_tasks import task

from resources.trust import looking
from resources.trust.links import Visitor, agent_of


@task()
def look_at_links(urls: list[str]) -> int:
    """Visit these addresses, and record what became of each; returns how many were visited."""
    return looking.look_at(urls, Visitor(agent_of(_who_we_are())))


def _who_we_are() -> str:
    """The page that tells the owners of other sites who visits them."""
    return f"{settings.PUBLIC_URL.rstrip('/')}{reverse('about')}"
