"""Streaming replicas: what is read from where, and what happens as they come and go.

Real clusters, made by initdb and pg_basebackup. `make test-replicas` runs these alone.
"""

from __future__ import annotations

import html
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread

import httpx
import pytest

from directory.databases.watch import MOST_BEHIND
from resources.models import Edition
from tests.replicas.conftest import Place
from tests.replicas.servers import Server
from tests.served import ROOT

pytestmark = [pytest.mark.server, pytest.mark.replicas]

PAGES = [
    "/",
    "/search/?q=copay+help+ohio",
    "/search/?need=lodging",
    "/resources/patient-advocate-foundation-paf-case-management/",
    "/conditions/",
    "/es/",
    "/find-help/",
    "/open-now/",
    "/list/",
    "/api/hsds/services?per_page=5",
]
ASKED = {"state": "OH", "household": "2", "income": "40000", "insurance": "none"}
REPORT = {"wrong": "contact", "text": "The number rings, and nobody answers."}
EDITION = "from resources.models import Edition; print(Edition.current())"
REPORTS = "from resources.models import Report; print(Report.objects.get().text)"

PUBLISH = """
from resources import publishing
print("ready", flush=True)
input()
from resources.models import Resource
resource = Resource.objects.published().filter(lifecycle="running").order_by("pk")[0]
resource.name = "{name}"
resource.save()
publishing.publish(by="test", entries=[resource])
print(resource.get_absolute_url(), resource.pk)
"""


@dataclass
class Reading:
    """What somebody who reads all the time saw: each status, and how long the slowest took."""

    statuses: list[int] = field(default_factory=list)
    slowest: float = 0.0


@contextmanager
def reading(place: Place, readers: int = 4) -> Iterator[Reading]:
    """Read page after page, each by several at once, for as long as this lasts."""
    seen, ending = Reading(), Event()

    def read() -> None:
        with place.visitor() as visitor:
            while not ending.is_set():
                for page in PAGES:
                    began = time.monotonic()
                    seen.statuses.append(visitor.get(page).status_code)
                    seen.slowest = max(seen.slowest, time.monotonic() - began)

    threads = [Thread(target=read) for _reader in range(readers)]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        ending.set()
        for thread in threads:
            thread.join()


def until(holds: Callable[[], bool], seconds: float = 30) -> float:
    """Wait until this holds; returns how long that took. Fails after so many seconds."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < seconds, "it did not come about"
        time.sleep(0.05)
    return time.monotonic() - began


@contextmanager
def about_to_publish(place: Place, name: str) -> Iterator[Callable[[], tuple[str, int]]]:
    """What gives the first resource another name, at once, and tells its address and key."""
    command = [sys.executable, "manage.py", "shell", "-c", PUBLISH.format(name=name)]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=place.site.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin
        assert process.stdout
        lines = process.stdout
        while lines.readline().strip() != "ready":
            assert process.poll() is None

        def publish() -> tuple[str, int]:
            url, pk = process.communicate("\n")[0].split()[-2:]
            return url, int(pk)

        yield publish


def publish(place: Place, name: str) -> tuple[str, int]:
    """The same, as soon as may be."""
    with about_to_publish(place, name) as now:
        return now()


def hidden(page: str) -> dict[str, str]:
    """The fields of a page's forms that nobody sees, by name."""
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in fields}


def reads_of(server: Server) -> int:
    """How many rows were read on a server so far."""
    return int(str(server.ask("SELECT sum(tup_returned) FROM pg_stat_database")))


def test_public_pages_are_read_from_replicas_and_the_desk_where_it_writes(place: Place) -> None:
    with about_to_publish(place, "Called otherwise by a curator") as now:
        for replica in place.replicas:  # they receive, and show nothing of it for now
            replica.ask("SELECT pg_wal_replay_pause()")
        url, pk = now()
    with place.visitor() as visitor, place.curator() as curator:
        assert all("Called otherwise" not in visitor.get(url).text for _time in range(10))
        desk = curator.get(f"/admin/resources/resource/{pk}/change/")
        assert "Called otherwise by a curator" in desk.text

        # A replica is not read from for ever: readers see the change from the primary.
        took = until(lambda: all("Called otherwise" in visitor.get(url).text for _time in range(9)))
        assert took < MOST_BEHIND + 10
        for replica in place.replicas:
            replica.ask("SELECT pg_wal_replay_resume()")
        until(lambda: is_read(place.replicas[0], visitor))


def test_a_replica_that_is_behind_leaves_nothing_old_in_the_memory_of_a_process(
    place: Place,
) -> None:
    name = "0 Called otherwise once more"
    with about_to_publish(place, name) as now:
        for replica in place.replicas:
            replica.ask("SELECT pg_wal_replay_pause()")
        url, _pk = now()
    with place.visitor() as visitor:
        # One that everybody is given the same of, and one that nobody keeps.
        shown = re.findall(r'href="(/needs/[^/"]+/)"', visitor.get(url).text)[:1]
        pages = ["/search/?order=name", *shown]
        began = time.monotonic()
        for _time in range(20):  # each process reads where it writes, and knows the new edition
            visitor.get("/report/")
        seen = [name in visitor.get(page).text for page in pages for _time in range(20)]
        assert time.monotonic() - began < MOST_BEHIND, "too slow to tell: replicas stood aside"
        assert all(seen)
        for replica in place.replicas:
            replica.ask("SELECT pg_wal_replay_resume()")
        until(lambda: is_read(place.replicas[0], visitor))
        assert all(name in visitor.get(page).text for page in pages for _time in range(20))


def is_read(replica: Server, visitor: httpx.Client) -> bool:
    before = reads_of(replica)
    for _time in range(4):
        visitor.get("/resources/patient-advocate-foundation-paf-case-management/")
    return reads_of(replica) > before


@pytest.mark.parametrize(
    ("ends", "begins"),
    [(Server.kill, Server.start), (Server.hang, Server.go_on)],
    ids=["is gone", "hangs"],
)
def test_nobody_sees_that_a_replica_does_not_answer_and_it_is_taken_back(
    place: Place, ends: Callable[[Server], None], begins: Callable[[Server], None]
) -> None:
    replica = place.replicas[1]
    with reading(place) as seen:
        until(lambda: len(seen.statuses) > 50)
        seen.slowest = 0.0
        ends(replica)
        before = len(seen.statuses)
        until(lambda: len(seen.statuses) > before + 100)
    assert set(seen.statuses) == {200}
    print(f"slowest page after {ends.__name__}: {seen.slowest:.2f} s")

    begins(replica)
    with place.visitor() as visitor:
        until(lambda: is_read(replica, visitor))


def test_when_the_primary_is_gone_a_replica_takes_its_place_and_nothing_is_lost(
    place: Place,
) -> None:
    with place.visitor() as visitor, place.curator() as curator, reading(place) as seen:
        until(lambda: len(seen.statuses) > 50)
        seen.slowest = 0.0
        form = hidden(visitor.get("/report/").text)
        acknowledged = publish(place, "Saved before the end")
        place.primary.kill()
        until(lambda: visitor.get("/readyz").text == "read-only")

        assert visitor.get("/readyz").status_code == visitor.get("/healthz").status_code == 200
        assert visitor.post("/find-help/", data=ASKED).status_code == 200
        refused = visitor.post("/report/", data={**form, **REPORT})
        assert refused.status_code == 503
        again = hidden(refused.text)
        assert again == {**form, **REPORT}
        at_the_desk = curator.get("/admin/")
        assert at_the_desk.status_code == 503
        assert "Read-only for now" in at_the_desk.text

        for replica in place.replicas:  # as if it had been copied from the primary
            replica.ask("ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 (*)'")
            replica.ask("SELECT pg_reload_conf()")
        began = time.monotonic()
        said = place.site.manage("promote_replica")
        assert "takes writes now" in said
        assert "ALTER SYSTEM SET synchronous_standby_names = ''" in said
        edition = int(place.site.manage("shell", "-c", EDITION).split()[-1])
        assert edition >= Edition.LEAP
        for replica in place.replicas:
            replica.ask("ALTER SYSTEM SET synchronous_standby_names = ''")
            replica.ask("SELECT pg_reload_conf()")
        until(lambda: curator.get("/admin/").status_code == 200)
        print(f"promoted, and the desk open again, after {time.monotonic() - began:.1f} s")

        place.site.manage("promote_replica", "--promoted")  # as after one that was done by hand
        again_by = int(place.site.manage("shell", "-c", EDITION).split()[-1]) - edition
        assert again_by == Edition.LEAP

        # As the button of that page does, once it is pressed.
        assert visitor.post("/report/", data=again).status_code == 302
        assert place.site.manage("shell", "-c", REPORTS).strip().endswith(REPORT["text"])
        assert visitor.get("/readyz").text == "ok"
        assert "Saved before the end" in visitor.get(acknowledged[0]).text
        url, _pk = publish(place, "Saved after the failover")
        until(lambda: "Saved after the failover" in visitor.get(url).text)
    assert set(seen.statuses) == {200}
    print(f"slowest page while the primary was lost: {seen.slowest:.2f} s")


def test_a_failover_is_refused_while_the_primary_answers(place: Place) -> None:
    with pytest.raises(subprocess.CalledProcessError) as refused:
        place.site.manage("promote_replica")

    assert "answers and takes writes" in refused.value.stderr
