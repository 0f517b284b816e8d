"""Look for marked words in everything that a server leaves behind."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
from psycopg import sql

from tests.attack.marked.ways import MAY_BE, mark

PUBLIC_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"


def found_in(place: str, text: str) -> set[tuple[str, str]]:
    """The ways whose words stand in a text, each with the place; small and capital are the same."""
    lower = text.lower()
    return {(way, place) for way in MAY_BE if mark(way) in lower}


def allowed() -> set[tuple[str, str]]:
    """All ways with all places where their words may be."""
    return {(way, place) for way, places in MAY_BE.items() for place in places}


def tables(database_url: str) -> Iterator[tuple[str, str]]:
    """Each table with all of its rows, as text."""
    if database_url.startswith("sqlite"):
        with closing(sqlite3.connect(database_url.removeprefix("sqlite:///"))) as file:
            names = file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            for (name,) in names:
                # What SQLite keeps for its text index is read by its own functions alone.
                if "search_text" not in name:
                    yield name, str(file.execute(f'SELECT * FROM "{name}"').fetchall())
        return
    with psycopg.connect(database_url) as server:
        for (name,) in server.execute(PUBLIC_TABLES).fetchall():
            yield name, str(server.execute(_all_of(name)).fetchall())


def ways_in(folder: Path) -> set[str]:
    """The ways whose words stand in the files of a folder, byte by byte: what was deleted, too."""
    return {way for _name, text in files(folder) for way, _place in found_in("", text)}


def opened(backup: Path, identity: Path) -> str:
    """What is in a backup, once it is opened with the private key in this file."""
    (file,) = backup.glob("directory.*.age")
    read = ["gunzip"] if file.suffixes[-2] == ".gz" else ["pg_restore", "--file=-"]
    with subprocess.Popen(
        ["age", "--decrypt", "--identity", identity, file], stdout=subprocess.PIPE
    ) as age:
        done = subprocess.run(read, stdin=age.stdout, check=True, capture_output=True)
    return done.stdout.decode("latin-1")


def _all_of(name: str) -> sql.Composed:
    return sql.SQL("SELECT * FROM {}").format(sql.Identifier(name))


def files(folder: Path) -> Iterator[tuple[str, str]]:
    """Each file of a folder and of those in it, whatever it holds, with its name."""
    for path in folder.rglob("*"):
        if path.is_file():
            name = str(path.relative_to(folder))
            yield name, name + path.read_bytes().decode("latin-1")
