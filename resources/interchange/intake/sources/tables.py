"""Rows of tables put together again: parts are laid aside by whose they are, then told inside.

In a file of SQLite that is gone afterwards, because there may be millions.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from resources.interchange.intake.sources.bounds import MOST_NAMED, MOST_PARTS, MOST_TOLD
from resources.interchange.intake.sources.entities import (
    ONES,
    OWNERS,
    WHOLE,
    entity_called,
    field_of,
)
from resources.interchange.intake.sources.values import Unfit
from resources.interchange.refusal import Problem, Refused

SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE row (
    number INTEGER PRIMARY KEY, entity TEXT, id TEXT, file TEXT, place TEXT, body TEXT
);
-- whose a row is: the entity is blank where the row does not say it
CREATE TABLE owner (number INTEGER, entity TEXT, id TEXT);
-- which one a row names that is told inside
CREATE TABLE named (number INTEGER, name TEXT, entity TEXT, id TEXT);
"""
INDEXES = """
CREATE INDEX row_by_id ON row (entity, id);
CREATE INDEX row_by_any_id ON row (id);
CREATE INDEX owner_by_id ON owner (id, entity);
CREATE INDEX owner_by_number ON owner (number);
CREATE INDEX named_by_number ON named (number);
CREATE INDEX named_by_id ON named (id, entity);
"""
PARTS = "SELECT row.number, row.entity, row.id, row.body FROM owner JOIN row USING (number)"
IS_THERE = (
    "EXISTS (SELECT 1 FROM row AS other WHERE other.id = {0}.id"
    " AND ({0}.entity = '' OR other.entity = {0}.entity))"
)
# Rows that say whose they are, of none that is there, and that nothing else names.
OWNERLESS = f"""
    SELECT row.file, row.entity, row.id, row.place, min(owner.entity), min(owner.id) FROM row
    JOIN owner USING (number)
    WHERE NOT EXISTS (SELECT 1 FROM named WHERE named.id = row.id AND named.entity = row.entity)
    GROUP BY row.number HAVING NOT max({IS_THERE.format("owner")}) ORDER BY row.number
"""  # noqa: S608 - nothing in it came from outside
# Rows that name one that is not there.
DANGLING = f"""
    SELECT row.file, row.entity, row.id, row.place, named.name, named.id FROM named
    JOIN row USING (number) WHERE NOT {IS_THERE.format("named")} ORDER BY row.number
"""  # noqa: S608
UNATTACHED = """
    SELECT entity, count(*) FROM row WHERE entity NOT IN (?, ?, ?, ?)
    AND NOT EXISTS (SELECT 1 FROM owner WHERE owner.number = row.number)
    AND NOT EXISTS (SELECT 1 FROM named WHERE named.id = row.id AND named.entity = row.entity)
    GROUP BY entity
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A record and where it stood."""

    entity: str
    body: dict[str, Any]
    file: str
    place: str


class Tables:
    """Rows of all tables of one source. A context manager: nothing of it remains."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="intake-")
        self._database = sqlite3.connect(Path(self._folder.name, "rows.sqlite3"))
        self._database.executescript(SCHEMA)
        self._owners: frozenset[str] = frozenset()
        self._circles: set[int] = set()
        self._parts = 0  # of the record that is being put together
        self._told = 0  # parts of all records
        self.count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()
        self._folder.cleanup()

    def add(self, row: Row) -> None:
        """Lay a row aside."""
        self.count += 1
        body = row.body
        named = [
            (column, entity, str(body[column]))
            for column, (entity, field) in ONES.get(row.entity, {}).items()
            if body.get(column) and field not in body
        ]
        number = self._database.execute(
            "INSERT INTO row (entity, id, file, place, body) VALUES (?, ?, ?, ?, ?)",
            (row.entity, str(body.get("id") or ""), row.file, row.place, json.dumps(body)),
        ).lastrowid
        self._database.executemany(
            "INSERT INTO owner VALUES (?, ?, ?)",
            [(number, *owner) for owner in _owners(row.entity, body)],
        )
        self._database.executemany(
            "INSERT INTO named VALUES (?, ?, ?, ?)", [(number, *one) for one in named]
        )

    def rows(self, entity: str) -> Iterator[Row]:
        """The rows of one entity as they were laid aside, in their order."""
        for file, place, text in self._database.execute(
            "SELECT file, place, body FROM row WHERE entity = ? ORDER BY number", (entity,)
        ):
            yield Row(entity, json.loads(text), file, place)

    def assembled(self) -> Iterator[Row | Problem]:
        """Every record that is no part of another, with all that belongs to it, or what is wrong.

        Nothing is added afterwards. Raises `Refused` where so much repeats that it has no end.
        """
        self._database.executescript(INDEXES)
        found = self._database.execute("SELECT DISTINCT entity FROM owner")
        self._owners = frozenset(entity for (entity,) in found)
        for entity in WHOLE:
            for number, own, file, place, text in self._database.execute(
                "SELECT number, id, file, place, body FROM row WHERE entity = ? ORDER BY number",
                (entity,),
            ):
                self._parts = 0
                try:
                    body = self._with_parts(number, entity, own, text, ())
                except Unfit as unfit:
                    yield Problem(file, f"{entity} {own} ({place})", unfit.field, unfit.cure)
                else:
                    yield Row(entity, body, file, place)
                self._told += self._parts
                if self._told > MOST_PARTS + MOST_TOLD * self.count:
                    cure = "The same rows belong to so many records that there is no end to it."
                    raise Refused([Problem(file, f"{entity} {own} ({place})", "", cure)])

    def problems(self) -> Iterator[Problem]:
        """Rows whose owner is nowhere, and that name what is nowhere; asked for afterwards."""
        yield from self._named_by(
            OWNERLESS, "{}_id", "It is of {} {}, which is nowhere. It was left out."
        )
        yield from self._named_by(DANGLING, "{}", "There is no {} {}. It was taken without.")
        yield from self._in_circles()

    def unattached(self) -> Counter[str]:
        """How many rows say of nothing that they belong to it, by entity; asked for afterwards."""
        return Counter(dict(self._database.execute(UNATTACHED, WHOLE)))

    def _named_by(self, query: str, field: str, cure: str) -> Iterator[Problem]:
        more = 0
        for number, row in enumerate(self._database.execute(query)):
            file, entity, own, place, name, other = row
            if number >= MOST_NAMED:
                more += 1
                continue
            name = field.format(name) if name else "link_id"
            kind = name.removesuffix("_id").replace("_", " ")
            said = cure.format(kind, other) + " Add it, or mend the id."
            yield Problem(file, f"{entity} {own} ({place})", name, said)
        if more:
            yield Problem("", "", "", f"And {more:,} more rows that name what is nowhere.")

    def _in_circles(self) -> Iterator[Problem]:
        for number in sorted(self._circles)[:MOST_NAMED]:
            file, entity, own, place = self._database.execute(
                "SELECT file, entity, id, place FROM row WHERE number = ?", (number,)
            ).fetchone()
            cure = "It belongs to itself, by way of others. It was told once. Mend its ids."
            yield Problem(file, f"{entity} {own} ({place})", "", cure)

    def _with_parts(
        self, number: int, entity: str, own: str, text: str, within: tuple[int, ...]
    ) -> dict[str, Any]:
        """A row with what belongs to it; `within` are the rows that it is told inside of."""
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise Unfit("", f"More than {MOST_PARTS:,} rows belong to it. Mend their ids.")
        body: dict[str, Any] = json.loads(text)
        inside = (*within, number)
        for column, other, identifier in self._database.execute(
            "SELECT name, entity, id FROM named WHERE number = ?", (number,)
        ).fetchall():
            told = self._named(other, identifier, inside)
            if told is not None:
                body[ONES[entity][column][1]] = told
        if not own or self._owners.isdisjoint((entity, "")):
            return body
        for number_, part, its, text_ in self._database.execute(
            f"{PARTS} WHERE owner.id = ? AND owner.entity IN (?, '') ORDER BY row.number LIMIT ?",
            (own, entity, MOST_PARTS + 1),
        ).fetchall():
            if number_ in inside:
                self._circles.add(number_)
                continue
            told = body.setdefault(field_of(part, entity), [])
            if isinstance(told, list):
                told.append(self._with_parts(number_, part, its, text_, inside))
        return body

    def _named(
        self, entity: str, identifier: str, inside: tuple[int, ...]
    ) -> dict[str, Any] | None:
        """A row that another one names, with what belongs to it; None where it is nowhere."""
        found = self._database.execute(
            "SELECT number, body FROM row WHERE entity = ? AND id = ? ORDER BY number LIMIT 1",
            (entity, identifier),
        ).fetchone()
        if found is None:
            return None
        if found[0] in inside:
            self._circles.add(found[0])
            return None
        return self._with_parts(found[0], entity, identifier, found[1], inside)


def _owners(entity: str, body: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Whose a row is: entity and id."""
    if entity == "attribute":
        if link := body.get("link_id"):
            yield entity_called(str(body.get("link_entity") or "")) or "", str(link)
        return
    for owner in OWNERS.get(entity, ()):
        if identifier := body.get(f"{owner}_id"):
            yield owner, str(identifier)
