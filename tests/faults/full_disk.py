"""The disk is full during a save, an import and a rebuild of the index; then there is room again.

The disk is a small tmpfs, which only root can mount. PostgreSQL's log of writes lies on another:
without room for that, PostgreSQL stops by itself, and has to be started again once there is some.
"""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from http import HTTPStatus
from itertools import count
from pathlib import Path

import httpx

from tests import postgresql
from tests.bench.sites import STARTER, Site
from tests.faults.killed_import import Import
from tests.faults.options import Options
from tests.faults.people import PAGES, Curator, Heard, was_saved
from tests.faults.places import Place, place
from tests.served import ROOT

MEGABYTES = {"sqlite": 60, "postgresql": 200}
MOST_SAVES = 100


def attack(place: Place, options: Options) -> Iterator[tuple[str, list[str]]]:
    """Fill the disk of another directory, try everything, make room, and try again."""
    kind = (
        place.site.environment["DATABASE_URL"].partition(":")[0].replace("postgres", "postgresql")
    )
    with ExitStack() as stack:
        disk = stack.enter_context(postgresql.folders(1))[0]
        if not _is_mounted(stack, disk, MEGABYTES[kind]):
            yield "left out: a disk can be mounted only by root", []
            return
        url = stack.enter_context(_database(kind, disk))
        site = Site(f"{kind} on a small disk", STARTER, place.folder, url, 1)
        yield from _tried(stack.enter_context(_filled(site, place.folder)), disk, options)


def _tried(place: Place, disk: Path, options: Options) -> Iterator[tuple[str, list[str]]]:
    place.site.start()
    one = Import(place.site, place.folder, "on-a-small-disk", options.services)
    heard, visitor = Heard(), httpx.Client(base_url=place.site.url, timeout=60)
    curator = Curator(place.site, *place.team.curators[0])
    _read_all(visitor)
    yield "full, a save", _refused(curator, disk, heard)
    with _full(disk):
        yield "full, reading", _read_all(visitor)
        yield "full, an import", _ended_clearly(*one.run())
        yield "full, a rebuild", _ended_clearly(*_rebuild(place.site))
    text = "there is room again"
    answer = curator.save(text)
    if was_saved(answer):
        heard.saved.append(text)
    yield "room again, a save", [] if was_saved(answer) else [f"answered {answer.status_code}"]
    yield "room again, reading", _read_all(visitor)
    left = one.look()[1]
    code, said = one.run()
    yield "room again, an import", left + ([said] if code else []) + one.look_at_all()
    yield "room again, all of it", place.look(heard)
    code, said = _rebuild(place.site)
    yield "room again, a rebuild", ([said] if code else []) + place.look(heard)


def _refused(curator: Curator, disk: Path, heard: Heard) -> list[str]:
    """Save on a full disk, until there is no room; what is wrong with how that is said.

    The form is opened while there is room. What is free inside of the files is used first.
    """
    for number in range(MOST_SAVES):
        text = f"on a small disk {number}" + " and more" * 10
        form = curator.open()
        with _full(disk):
            answer = curator.send(form, text)
        if not was_saved(answer):
            break
        heard.saved.append(text)
    is_said = answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE and text in answer.text
    return [] if is_said else [f"answered {answer.status_code} without the form"]


def _read_all(visitor: httpx.Client) -> list[str]:
    """The pages that are not to be had."""
    answers = [visitor.get(page) for page in (*PAGES, "/healthz")]
    return [f"{a.url.path}: {a.status_code}" for a in answers if a.status_code != HTTPStatus.OK]


def _rebuild(site: Site) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "manage.py", "rebuild_search"],
        cwd=ROOT,
        env=site.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    return done.returncode, done.stderr


def _ended_clearly(code: int, said: str) -> list[str]:
    """What is wrong with how a command told that it could not go on."""
    if code == 0:
        return ["it says that all went well"]
    return [f"a traceback: {said[-200:]}"] if "Traceback" in said else []


@contextmanager
def _full(disk: Path) -> Iterator[None]:
    """Leave no room while the block runs."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for _block in count():
            try:
                file.write(b"x" * 4096)
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise
                break
    try:
        yield
    finally:
        ballast.unlink()


@contextmanager
def _filled(site: Site, folder: Path) -> Iterator[Place]:
    with place(site, folder, 1) as made:
        yield made


@contextmanager
def _database(kind: str, disk: Path) -> Iterator[str]:
    """The address of an empty database on the disk."""
    if kind == "sqlite":
        yield f"sqlite:///{disk / 'db.sqlite3'}"
        return
    programs = postgresql.programs()
    assert programs is not None  # there is one of the kind already
    data = disk / "data"
    with postgresql.folders(1) as (beside,):
        postgresql.init(programs, data)
        subprocess.run(["cp", "-a", data / "pg_wal", beside / "pg_wal"], check=True)
        shutil.rmtree(data / "pg_wal")
        (data / "pg_wal").symlink_to(beside / "pg_wal")
        with postgresql.kept_cluster(programs, data) as url:
            yield url


def _is_mounted(stack: ExitStack, disk: Path, megabytes: int) -> bool:
    """Mount a small disk over a folder, until the stack is left; whether that is allowed."""
    if os.geteuid() != 0:
        return False
    owner = disk.stat()
    options = f"size={megabytes}m,uid={owner.st_uid},gid={owner.st_gid},mode=0755"
    with suppress(FileNotFoundError):
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "tmpfs", disk], capture_output=True
        )
        if done.returncode == 0:
            stack.callback(_unmount, disk)
            return True
    return False


def _unmount(disk: Path) -> None:
    subprocess.run(["umount", "--lazy", disk], check=True)
