"""What is done inside the site: `python -m tests.faults.inside TASK`, with JSON on both sides."""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import django


def begin(writers: int) -> dict[str, Any]:
    """Make so many curators: `curators` has a session and the address of a form for each.

    `ticket` is one of a form for reports that was opened a while ago.
    """
    from django.test import Client

    from resources import accounts, roles
    from resources.forms import tickets
    from resources.forms.reports import Problem
    from resources.models import Curator, Resource
    from tests.faults import soundness
    from tests.second_factor import sign_in

    soundness.store_sets()
    found = []
    public = Resource.objects.published().filter(lifecycle="running").order_by("pk")
    for number, resource in enumerate(public[:writers]):
        name = f"curator-{number}"
        curator = Curator.objects.filter(username=name).first() or accounts.make_curator(
            username=name, email=f"{name}@example.org", role=roles.PUBLISHER, password="a-long-one"
        )
        session = sign_in(Client(), curator).cookies["sessionid"].value
        found.append([session, f"/admin/resources/resource/{resource.pk}/change/"])
    ticket = tickets.handed_out(Problem.NAME, time.time() - 2 * tickets.LEAST)
    return {"curators": found, "ticket": ticket}


def look(acknowledged: dict[str, list[str]]) -> list[str]:
    """What is unsound, and what was acknowledged and is not there: `saved` and `reported` texts."""
    from resources.models import Publication, Report
    from tests.faults import soundness

    rows = Publication.objects.filter(kind="resource")
    saved = set(rows.values_list("document__award", flat=True))
    reported = set(Report.objects.values_list("text", flat=True))
    lost = [f"lost: {text}" for text in acknowledged["saved"] if text not in saved]
    lost += [f"lost: {text}" for text in acknowledged["reported"] if text not in reported]
    return lost + soundness.unsound()


def shape(_given: None) -> list[str]:
    """The schema of the database and how many rows each table has: a line for each."""
    from tests.faults import shape

    return shape.lines()


def ask_for_mails(alerts: int) -> int:
    """Let so many readers wait for a fund, and let it open; the worker has their mails to send.

    Returns how many mails wait.
    """
    from tests.faults import alerting

    return alerting.ask_for_mails(alerts)


def send_again(_given: None) -> None:
    """What the timer does each day: give the worker what there is to send."""
    from resources.tasks import send_daily_news

    send_daily_news.enqueue()


def fates(_given: None) -> dict[str, int]:
    """How many mails of alerts have each fate."""
    from collections import Counter

    from resources.models import AlertMail

    return dict(Counter(AlertMail.objects.values_list("fate", flat=True)))


def make_room(_given: None) -> None:
    """Take away what readers reported, so that there is room for more."""
    from resources.models import Report

    Report.objects.all().delete()


TASKS: dict[str, Any] = {
    task.__name__: task
    for task in (begin, look, shape, ask_for_mails, send_again, fates, make_room)
}

if __name__ == "__main__":
    django.setup()
    print(json.dumps(TASKS[sys.argv[1]](json.load(sys.stdin))))
