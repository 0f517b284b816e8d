"""Made directories, kept in `.bench/`: a large one takes minutes to make.

One is used again for as long as what it is made from is as it was. A run works on a copy, but for
samples that are too large to copy.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg

from tests.served import ROOT

# Not in var/, which is private: the user of a PostgreSQL server has to reach it.
FOLDER = ROOT / ".bench"

# What a directory is made from, besides the month: a sighting of a fund counts for 30 days.
SOURCES = (
    "data",
    "documents.py",
    "interchange",
    "migrations",
    "models",
    "publishing.py",
    "search/indexing.py",
    "search/stop_words.py",
    "search/text",
    "search/words.py",
    "translations.py",
)

Fill = Callable[[], None]
Tell = Callable[[str], None]


def in_sqlite(size: str, database: Path, fill: Fill, tell: Tell) -> None:
    """Put the directory of this size into a database file; `fill` makes it there."""

    def make(file: Path) -> None:
        fill()
        shutil.copy(database, file)

    shutil.copy(_kept(size, ".sqlite3", make, tell), database)


def in_postgresql(size: str, url: str, programs: Path, fill: Fill, tell: Tell) -> None:
    """Put the directory of this size into a database of a cluster; `fill` makes it there."""

    def make(file: Path) -> None:
        create(url)
        fill()
        _run(programs / "pg_dump", "--format=custom", f"--file={file}", url)

    dump = _kept(size, ".dump", make, tell)
    began = time.monotonic()
    create(url)
    _run(programs / "pg_restore", "--no-owner", f"--dbname={url}", dump)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    tell(f"{dump.name}: loaded in {time.monotonic() - began:.0f} s")


def create(url: str) -> None:
    """Make an empty database, in the place of one that may be there."""
    address, _, options = url.partition("?")
    server, _, name = address.rpartition("/")
    with psycopg.connect(f"{server}/postgres?{options}", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")
        connection.execute(f"CREATE DATABASE {name}")


def place() -> Path:
    """Where directories are kept that are used in place, and made once for what they are made from.

    BENCH_FOLDER, else `.bench`.
    """
    return Path(os.environ.get("BENCH_FOLDER", FOLDER)) / f"samples-{_made_from()}"


def once(stamp: Path, make: Callable[[], None], tell: Tell) -> None:
    """Make something, unless the file `stamp` says that it has been made; then write that file."""
    if not stamp.exists():
        began = time.monotonic()
        make()
        stamp.touch()
        tell(f"{stamp.stem}: made in {time.monotonic() - began:.0f} s, and kept")


def _run(*command: str | Path) -> None:
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)


def _kept(size: str, suffix: str, make: Callable[[Path], None], tell: Tell) -> Path:
    """The kept file, made anew where it is missing or no longer right."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    file = FOLDER / f"{size}-{_made_from()}{suffix}"
    if not file.exists():
        began = time.monotonic()
        for old in FOLDER.glob(f"{size}-*{suffix}"):
            old.unlink()
        unfinished = file.with_suffix(".unfinished")
        make(unfinished)
        unfinished.rename(file)
        tell(f"{file.name}: made in {time.monotonic() - began:.0f} s, and kept")
    return file


def _made_from() -> str:
    digest = hashlib.sha256(dt.date.today().strftime("%Y-%m").encode())
    for source in _sources():
        digest.update(source.read_bytes())
    return digest.hexdigest()[:12]


def _sources() -> Iterator[Path]:
    for name in SOURCES:
        path = ROOT / "resources" / name
        found = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (file for file in found if file.suffix in (".py", ".json"))
