"""The SQLite file: a table for each entity, and tables that say what all of it is."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from resources.hsds.telling import Document
from resources.opendata.about import LICENSE_NAME, LICENSE_URL, About
from resources.opendata.archives import gzipped
from resources.opendata.tables.columns import TABLES, Column, Table, parts_of

NAME = "directory.sqlite"

# So many rows of a table are handed over at a time.
AT_ONCE = 500

IN_BRIEF = """
CREATE VIEW in_brief AS
SELECT services.name AS service, organizations.name AS organization, services.status,
  services.alert, services.description, services.url,
  (SELECT number FROM phones WHERE phones.service_id = services.id LIMIT 1) AS phone,
  services.id AS service_id
FROM services JOIN organizations ON organizations.id = services.organization_id
"""


class Database:
    """The file while it is being filled."""

    def __init__(self, folder: Path, about: About) -> None:
        self._path = folder / NAME
        self._connection = sqlite3.connect(self._path, isolation_level=None)
        self._waiting: dict[str, list[list[Any]]] = {name: [] for name in TABLES}
        # Of one document. A paper that is named twice is one row.
        self._seen: set[tuple[str, str]] = set()
        self._programs: set[str] = set()
        for setting in ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE"):
            self._connection.execute(f"PRAGMA {setting}")  # the whole file is made or is not there
        self._connection.execute("BEGIN")
        for table in TABLES.values():
            self._connection.execute(_created(table))
        self._say_what_it_is(about)

    def add(self, table: str, document: Document) -> None:
        """Add the document and all its parts, each to its table."""
        self._seen.clear()
        self._add(table, document)

    def _add(self, table: str, document: Document) -> None:
        if not self._is_new(table, document):
            return
        rows = self._waiting[table]
        rows.append([_value(column, document) for column in TABLES[table].columns])
        if len(rows) >= AT_ONCE:
            self._hand_over(table)
        for name, part in parts_of(document):
            # The city of a service is its organisation's, and stands with that.
            is_city = table == "service_at_location" and part.get("location_type") == "physical"
            if not is_city:
                self._add(name, part)

    def _is_new(self, table: str, document: Document) -> bool:
        own = str(document["id"])
        if (table, own) in self._seen or own in self._programs:
            return False
        self._seen.add((table, own))
        if table == "programs":
            self._programs.add(own)
        return True

    def _hand_over(self, table: str) -> None:
        marks = ", ".join("?" for _column in TABLES[table].columns)
        insert = f'INSERT INTO "{table}" VALUES ({marks})'  # noqa: S608 - names of ours
        self._connection.executemany(insert, self._waiting[table])
        self._waiting[table].clear()

    def finish(self) -> None:
        """Add what waits, and the indexes: sorted at once, which is far faster than row by row."""
        for table in TABLES.values():
            self._hand_over(table.name)
            self._connection.execute(
                f'CREATE UNIQUE INDEX "{table.name}_id" ON "{table.name}" (id)'
            )
            for column in table.columns:
                if column.of or column.name == "link_id":
                    self._connection.execute(
                        f'CREATE INDEX "{table.name}_{column.name}"'
                        f' ON "{table.name}" ("{column.name}")'
                    )
        self._connection.execute(IN_BRIEF)
        self._connection.execute("COMMIT")

    def rows(self, table: Table) -> Iterator[tuple[Any, ...]]:
        """The rows of a table, in the order in which they were added."""
        return self._connection.execute(f'SELECT * FROM "{table.name}" ORDER BY rowid')  # noqa: S608

    def compress(self) -> None:
        """Leave the file compressed."""
        self.close()
        with self._path.open("rb") as source, gzipped(Path(f"{self._path}.gz")) as target:
            shutil.copyfileobj(source, target, 2**20)
        self._path.unlink()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _say_what_it_is(self, about: About) -> None:
        said = {
            "title": about.title,
            "edition": str(about.edition),
            "day": about.day.isoformat(),
            "publisher": f"{about.publisher}, {about.site}/",
            "license": f"{LICENSE_NAME} (CC BY 4.0), {LICENSE_URL}",
            "attribution": about.attribution,
            "read me": about.readme(),
            "license in full": about.license(),
            "in_brief": "A view for reading: services with their organizations and a telephone.",
            "columns": "A table of every column of every table, with what it holds.",
            **{table.name: table.means for table in TABLES.values()},
        }
        columns = [
            (table.name, column.name, column.holds, column.means)
            for table in TABLES.values()
            for column in table.columns
        ]
        execute, many = self._connection.execute, self._connection.executemany
        execute("CREATE TABLE about (topic TEXT PRIMARY KEY, says TEXT NOT NULL)")
        many("INSERT INTO about VALUES (?, ?)", said.items())
        execute('CREATE TABLE "columns" ("table" TEXT, "column" TEXT, holds TEXT, means TEXT)')
        many('INSERT INTO "columns" VALUES (?, ?, ?, ?)', columns)


def _created(table: Table) -> str:
    columns = ", ".join(map(_column, table.columns))
    return f'CREATE TABLE "{table.name}" ({columns})'


def _column(column: Column) -> str:
    kind = "INTEGER" if column.holds == "number" else "TEXT"
    required = " NOT NULL" if column.is_required else ""
    of = f' REFERENCES "{column.of}" (id)' if column.of else ""
    return f'"{column.name}" {kind}{required}{of}'


def _value(column: Column, document: Document) -> Any:
    value = document.get(column.name)
    if column.holds == "json" and value is not None:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return value
