"""What is down, against what is asked for: public pages go on, and what heals needs no restart.

Servers that are lost, replicas and the primary, are in `tests/replicas`; disks that are really full
and processes that are killed in `tests/faults`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from unittest.mock import MagicMock

import pytest
from django.conf import settings
from django.core.cache.backends.locmem import LocMemCache
from django.core.mail import EmailMessage
from django.db import DatabaseError, connection
from django.test import Client

from resources.forms import tickets
from resources.models import Curator, SearchSnapshot
from resources.search import sets, text
from resources.search.text import availability
from resources.search.text.documents import TABLES
from tests import second_factor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]

RESOURCE = "/resources/patient-advocate-foundation-paf-case-management/"
# What is asked for, and with which form.
ASKED = {
    "home": ("/", None),
    "search": ("/search/?q=copay+relief", None),
    "resource": (RESOURCE, None),
    "finder": ("/find-help/", {"state": "OH", "household": "2", "income": "40000"}),
    "print": ("/l/", None),
    "Spanish": ("/es/", None),
    "Spanish search": ("/es/search/?q=copago", None),
    "open now": ("/open-now/", None),
    "a report's form": ("/report/", None),
    "an alert's form": ("/alerts/?resource=patient-advocate-foundation-paf-case-management", None),
    "admin": ("/admin/", None),
}


def index_damaged(_patch: pytest.MonkeyPatch) -> None:
    with connection.cursor() as cursor:
        for table in TABLES.values():
            cursor.execute(f"DROP TABLE {table}")


def index_hangs(patch: pytest.MonkeyPatch) -> None:
    hangs = MagicMock(side_effect=DatabaseError("canceling statement due to lock timeout"))
    for name in ("ranked", "found", "named"):
        patch.setattr(text._backend(), name, hangs)


def snapshot_damaged(_patch: pytest.MonkeyPatch) -> None:
    SearchSnapshot.objects.update_or_create(
        pk=1, defaults={"format": sets.snapshot.FORMAT, "edition": 0, "data": b"half of it"}
    )


def mail_down(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(EmailMessage, "send", MagicMock(side_effect=OSError("no route to host")))


def disk_full(_patch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("a disk of PostgreSQL's own is filled in tests/faults")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        (pages,) = cursor.fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages}")


def room_again() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 4294967294")


def cache_lost(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(LocMemCache, "get_many", lambda *_args, **_options: {})
    patch.setattr(LocMemCache, "get", lambda _self, _key, default=None, version=None: default)


DOWN = [index_damaged, index_hangs, snapshot_damaged, mail_down, disk_full, cache_lost]


@pytest.fixture(params=DOWN, ids=[one.__name__.replace("_", " ") for one in DOWN])
def down(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """One thing that is down."""
    with monkeypatch.context() as patch:
        request.param(patch)
        sets.forget()
        yield request.param.__name__
    if request.param is disk_full:
        room_again()


@pytest.fixture
def curator() -> Client:
    """Somebody who is signed in already."""
    someone = Curator.objects.create_superuser("curator", "curator@example.org", "a long password")
    return second_factor.sign_in(Client(headers={"host": "localhost"}), someone)


def test_every_page_goes_on(curator: Client, down: str) -> None:
    visitor = Client(headers={"host": "localhost"}, raise_request_exception=False)
    statuses = {}
    for name, (path, form) in ASKED.items():
        someone = curator if path.startswith(settings.SESSION_COOKIE_PATH) else visitor
        answer = someone.get(path) if form is None else someone.post(path, form)
        statuses[name] = answer.status_code

    # A list without resources has no page; all others have one.
    assert statuses == {**dict.fromkeys(ASKED, 200), "print": statuses["print"]}
    assert statuses["print"] in (200, 404)
    assert visitor.get("/healthz").status_code == 200
    assert visitor.get("/readyz").content == b"ok"


def test_what_cannot_be_written_to_a_full_disk_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    disk_full(monkeypatch)
    visitor = Client(headers={"host": "localhost"}, raise_request_exception=False)
    ticket = tickets.handed_out("report", time.time() - 60)
    said = {"wrong": "contact", "ticket": ticket}
    try:
        for number in range(20):  # the file has some room left
            said["text"] = f"{number}: The number rings, and nobody answers. " * 40
            answer = visitor.post("/report/", said)
            if answer.status_code != 302:
                break
    finally:
        room_again()

    assert answer.status_code == 503
    assert said["text"].strip() in answer.content.decode()
    assert visitor.post("/report/", said).status_code == 302


def test_a_search_heals_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = Client(headers={"host": "localhost"})
    said = "We cannot look for words right now."
    with monkeypatch.context() as patch:
        index_hangs(patch)
        assert said in visitor.get("/search/?q=relief").content.decode()
    availability.forget()  # as five seconds do
    assert said not in visitor.get("/search/?q=relief").content.decode()
