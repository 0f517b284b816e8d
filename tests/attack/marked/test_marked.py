"""A word that somebody sends is afterwards only where they asked to have it kept.

With `--full`, all of it is sent to a real server: make attack.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psycopg
import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from tests.attack.marked.looking import allowed, files, found_in, opened, tables, ways_in
from tests.attack.marked.sending import Sender
from tests.attack.marked.ways import KEPT, LOG, MAIL, MAY_BE, mark
from tests.backups.conftest import Keys
from tests.second_factor import SECRET
from tests.served import ROOT, Served, database

pytestmark = [pytest.mark.server, pytest.mark.django_db]

DOCUMENT = ROOT / "docs" / "security.md"
PASSWORD = "a-long-odd-one"
CURATOR = f"""
from allauth.mfa.models import Authenticator
from resources import accounts, roles
from resources.models import Resource
ann = accounts.make_curator(
    username="ann", email="ann@example.org", role=roles.PUBLISHER, password="{PASSWORD}"
)
Authenticator.objects.create(user=ann, type="totp", data={{"secret": "{SECRET}"}})
print("slug:", Resource.objects.first().slug)
"""


@dataclass
class Left:
    """What was left behind: each place with what stands in it."""

    places: list[tuple[str, str]]
    postgresql: str  # its log, of this database alone; empty on SQLite
    in_files: set[str]  # the ways whose words stand in the database's own files
    in_backup: set[str]  # and in a backup, opened
    statuses: dict[int, int]

    def found(self) -> set[tuple[str, str]]:
        return {pair for place, text in self.places for pair in found_in(place, text)}


@pytest.fixture(scope="module")
def prepared(
    in_full: None,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Served]:
    """A site with the starter data and a curator, with places of its own for all that it leaves."""
    folder = tmp_path_factory.mktemp("marked")
    for name in ("tmp", "mails", "database"):
        (folder / name).mkdir()
    with django_db_blocker.unblock(), database(folder / "database") as url, _person(url) as own_url:
        served = Served(
            folder,
            own_url,
            DJANGO_SETTINGS_MODULE="tests.attack.marked.settings",
            MARKED_MAILS=str(folder / "mails"),
            TMPDIR=str(folder / "tmp"),
        )
        served.prepare()
        yield served
        served.stop()


@pytest.fixture
def left(prepared: Served, request: pytest.FixtureRequest) -> Left:
    """What is left of a server that everything was sent to, once for all tests."""
    kept: list[Left] = request.module.__dict__.setdefault("_left", [])
    if not kept:
        kept.append(_all_sent(prepared))
    return kept[0]


def _all_sent(served: Served) -> Left:
    made = re.search(r"slug: (\S+)", served.manage("shell", "-c", CURATOR))
    assert made
    served.start()
    sender = _send_all(served, made[1])
    inside = httpx.get(f"{served.url}/inside", timeout=30).json()
    served.stop()
    with served.log.open("ab") as log:  # the worker hands over the mail to whoever asked for it
        command = (sys.executable, "manage.py", "db_worker", "--batch", "--no-startup-delay")
        subprocess.run(
            command, cwd=ROOT, env=served.environment, check=True, stdout=log, stderr=log
        )
    folder, url = served.log.parent, served.environment["DATABASE_URL"]
    keys = Keys(folder)
    (recipient,) = keys.recipients.keys
    place = {"BACKUP_FOLDER": str(folder / "backups"), "BACKUP_RECIPIENT": recipient}
    served.manage("backup", **place)
    (backup,) = (folder / "backups").glob("*Z")
    return Left(
        [
            *inside.items(),
            *tables(url),
            (LOG, served.log.read_text(errors="replace")),
            ("cookies", "\n".join(sender.cookies)),
            *((f"temporary {name}", text) for name, text in files(folder / "tmp")),
            *((MAIL, text) for _name, text in files(folder / "mails")),
            *((f"data {name}", text) for name, text in files(folder / "data")),
        ],
        _log_of(url),
        ways_in(_files_of(url)),
        {way for way, _place in found_in("", opened(backup, keys.identity))},
        sender.statuses,
    )


def _send_all(served: Served, slug: str) -> Sender:
    sender = Sender(served)
    sender.ask_everywhere()
    sender.ask_well()
    sender.write()
    sender.make_trouble()
    sender.knock()
    sender.sign_in("ann", PASSWORD)
    sender.work(slug)
    sender.close()
    return sender


@contextmanager
def _person(url: str) -> Iterator[str]:
    """On PostgreSQL: a role of its own, for which the database would log everything, set as the
    document says."""
    if connection.vendor == "sqlite":
        yield url
        return
    role = f"marked_{os.getpid()}"
    name = url.partition("?")[0].rpartition("/")[2]
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f"CREATE ROLE {role} LOGIN")
        server.execute(f"ALTER DATABASE {name} OWNER TO {role}")
        for parameter, value in LOUD.items():
            server.execute(f"ALTER DATABASE {name} SET {parameter} = {value}")
        for line in settings_in(DOCUMENT.read_text()):
            server.execute(line.replace("ROLE directory", f"ROLE {role}"))
        try:
            yield re.sub(r"//\w*@", f"//{role}@", url)
        finally:
            server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            server.execute(f"CREATE DATABASE {name}")  # which the one that made it drops
            server.execute(f"DROP ROLE {role}")


# What a machine may be set to that writes everything down.
LOUD = {
    "log_statement": "'all'",
    "log_min_duration_statement": "0",
    "log_duration": "on",
    "log_parameter_max_length": "-1",
    "log_parameter_max_length_on_error": "-1",
    "log_error_verbosity": "verbose",
    "log_min_error_statement": "error",
}


def settings_in(document: str) -> list[str]:
    """What the document says that PostgreSQL is told about the directory's role."""
    return re.findall(r"^ALTER ROLE directory SET [^;]+;", document, re.MULTILINE)


def _log_of(url: str) -> str:
    folder = re.search(r"host=([^&]+)", url)
    return (Path(folder[1]) / "log").read_text(errors="replace") if folder else ""


def _files_of(url: str) -> Path:
    """The folder in which the database keeps its files, all of it written to the disk."""
    if url.startswith("sqlite"):
        return Path(url.removeprefix("sqlite:///")).parent
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute("CHECKPOINT")
        row = server.execute("SHOW data_directory").fetchone()
    assert row
    return Path(row[0])


def test_words_are_only_where_somebody_asked_to_have_them_kept(left: Left) -> None:
    assert left.found() - allowed() == set()


def test_what_is_to_be_kept_is_found_where_it_may_be(left: Left) -> None:
    assert allowed() - left.found() == set()


def test_the_files_of_the_database_hold_no_more_than_its_tables(left: Left) -> None:
    assert left.in_files - KEPT == set()
    assert "report" in left.in_files


def test_a_backup_holds_no_more_than_the_tables(left: Left) -> None:
    assert left.in_backup == KEPT


def test_it_was_answered_in_every_way(left: Left) -> None:
    assert {200, 302, 400, 403, 404, 405, 500} <= left.statuses.keys()


def test_postgresql_writes_none_of_all_that_down(left: Left) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite writes no log")
    assert found_in("", left.postgresql) == set()


@pytest.mark.parametrize("is_set", [False, True], ids=["as it is", "as the document sets it"])
def test_postgresql_writes_words_down_unless_it_is_told_not_to(is_set: bool) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite writes no log")
    url, word = os.environ["DATABASE_URL"], f"canarycontrol{is_set}"
    loud = " ".join(f"-c {name}={value}".replace("'", "") for name, value in LOUD.items())
    with psycopg.connect(url, options=loud, autocommit=True) as server:
        for line in settings_in(DOCUMENT.read_text()) if is_set else ():
            server.execute(line.replace("ALTER ROLE directory ", ""))
        server.execute("SELECT %s::text", [word])
        with pytest.raises(psycopg.errors.InvalidTextRepresentation):
            server.execute("SELECT %s::text::integer", [word])

    assert (word in _log_of(url)) is not is_set


def test_it_knows_a_word_however_it_is_written() -> None:
    assert found_in("log", f"a {mark('query').upper()} b") == {("query", "log")}
    assert found_in("log", "a canaryquer b") == set()


def test_the_document_names_every_way_and_where_its_words_may_be() -> None:
    rows = re.findall(r"^\| `(\w+)` \|.*\| (.+) \|$", DOCUMENT.read_text(), re.MULTILINE)

    assert {way: set(re.findall(r"`(\w+)`", places)) for way, places in rows} == MAY_BE
