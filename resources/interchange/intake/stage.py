"""What was fetched, before anybody has understood it: raw records in one file of SQLite.

It may hold hundreds of thousands, more than fit into memory, and lets an interrupted fetch go on.
A record is a JSON object in the nested form of HSDS (a service holds its phones), or a row.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import orjson

from resources.interchange.refusal import Problem

IN_MEMORY = ":memory:"

SCHEMA = """
CREATE TABLE IF NOT EXISTS record (
    number INTEGER PRIMARY KEY,
    entity TEXT NOT NULL,
    id TEXT NOT NULL,
    file TEXT NOT NULL,
    place TEXT NOT NULL,
    is_whole INTEGER NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (entity, id)
);
CREATE INDEX IF NOT EXISTS record_in_order ON record (entity, number);
CREATE TABLE IF NOT EXISTS problem (
    number INTEGER PRIMARY KEY,
    file TEXT NOT NULL,
    record TEXT NOT NULL,
    field TEXT NOT NULL,
    cure TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS known (key TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Raw:
    """One record as it came. `entity` is its HSDS name ("service"), `file` and `place` whence."""

    entity: str
    id: str
    body: Mapping[str, Any]
    file: str
    place: str

    def problem(self, field: str, cure: str) -> Problem:
        """What has to be mended in it, and how."""
        return Problem(self.file, f"{self.entity} {self.id} ({self.place})", field, cure)


def _written(body: Mapping[str, Any]) -> str:
    try:
        return orjson.dumps(body).decode()
    except TypeError:  # a number of more than 64 bits
        return json.dumps(body, ensure_ascii=False)


class Stage:
    """The records of one source. A context manager: what is put in is kept when it is left."""

    def __init__(self, path: Path | str = IN_MEMORY) -> None:
        self._path = path
        self._database = sqlite3.connect(path)
        self._database.executescript(SCHEMA)

    def __reduce__(self) -> tuple[type[Self], tuple[Path | str]]:
        """Another process opens the same file, where it is one."""
        if self._path == IN_MEMORY:
            raise TypeError("A stage in memory belongs to one process.")
        return type(self), (self._path,)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.commit()
        self._database.close()

    def keep(self) -> None:
        """Write what was put in since; a process that is killed later still has it."""
        self._database.commit()

    def put(self, raw: Raw, *, is_whole: bool = True) -> None:
        """Take in a record. The same id again is noted as a problem where it says something else.

        A record that is not whole (the organisation that a service names in brief) gives way to a
        whole one, and never replaces one.
        """
        body = _written(raw.body)
        row = (raw.file, raw.place, int(is_whole), body, raw.entity, raw.id)
        added = self._database.execute(
            "INSERT OR IGNORE INTO record (file, place, is_whole, body, entity, id)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            row,
        )
        if added.rowcount or not is_whole:
            return
        file, place, was_whole, before = self._database.execute(
            "SELECT file, place, is_whole, body FROM record WHERE entity = ? AND id = ?", row[-2:]
        ).fetchone()
        if not was_whole:
            self._database.execute(
                "UPDATE record SET file = ?, place = ?, is_whole = ?, body = ?"
                " WHERE entity = ? AND id = ?",
                row,
            )
        elif json.loads(before) != json.loads(body):
            cure = (
                f"This id stands before already ({file}, {place}), with other words. "
                "The first was taken. Give one of them another id."
            )
            self.refuse(raw.problem("id", cure))

    def refuse(self, problem: Problem) -> None:
        """Note what could not be taken, and why."""
        self._database.execute(
            "INSERT INTO problem (file, record, field, cure) VALUES (?, ?, ?, ?)",
            (problem.file, problem.record, problem.field, problem.cure),
        )

    def problems(self) -> list[Problem]:
        """What could not be taken, in order."""
        rows = self._database.execute(
            "SELECT file, record, field, cure FROM problem ORDER BY number"
        )
        return [Problem(*row) for row in rows]

    def records(self, entity: str) -> Iterator[Raw]:
        """The records of one entity in the order in which they came. Read while it is open."""
        rows = self._database.execute(
            "SELECT id, body, file, place FROM record WHERE entity = ? ORDER BY number", (entity,)
        )
        for own, body, file, place in rows:
            yield Raw(entity, own, json.loads(body), file, place)

    def names(self, entity: str, *above: str) -> Iterator[tuple[str, str]]:
        """The id of each record in order, and what stands in it along this path of fields."""
        path = "".join(f'."{name}"' for name in above)
        rows = self._database.execute(
            "SELECT id, json_extract(body, ?) FROM record WHERE entity = ? ORDER BY number",
            (f"${path}", entity),
        )
        yield from ((own, upper if isinstance(upper, str) else "") for own, upper in rows)

    def record(self, entity: str, identifier: str) -> Raw:
        """One record. Raises KeyError where there is none."""
        row = self._database.execute(
            "SELECT body, file, place FROM record WHERE entity = ? AND id = ?", (entity, identifier)
        ).fetchone()
        if row is None:
            raise KeyError(identifier)
        return Raw(entity, identifier, json.loads(row[0]), row[1], row[2])

    def count(self, entity: str) -> int:
        """How many records of this entity there are."""
        (found,) = self._database.execute(
            "SELECT count(*) FROM record WHERE entity = ?", (entity,)
        ).fetchone()
        return int(found)

    def has(self, entity: str, identifier: str) -> bool:
        """Whether there is such a record."""
        found = self._database.execute(
            "SELECT 1 FROM record WHERE entity = ? AND id = ?", (entity, identifier)
        )
        return found.fetchone() is not None

    def remember(self, key: str, value: str) -> None:
        """Keep a word about the fetch itself, such as which page is next."""
        self._database.execute("INSERT OR REPLACE INTO known VALUES (?, ?)", (key, value))

    def remembered(self, key: str) -> str | None:
        """What was remembered under this key."""
        row = self._database.execute("SELECT value FROM known WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])
