"""The directory as tables: each entity of HSDS one, as SQLite file and as tabular data package."""

from __future__ import annotations

from pathlib import Path

from resources.hsds.telling import Document
from resources.opendata.about import About
from resources.opendata.tables import package
from resources.opendata.tables.database import Database
from resources.opendata.writer import Writer


class Tables(Writer):
    """Fills the SQLite file as documents come; the CSV files are made from it at the end."""

    def __init__(self, folder: Path, about: About, organisations: int) -> None:
        self._folder, self._about = folder, about
        self._database = Database(folder, about)

    def taxonomy(self, document: Document) -> None:
        self._database.add("taxonomies", document)

    def term(self, document: Document) -> None:
        self._database.add("taxonomy_terms", document)

    def organisation(self, document: Document) -> None:
        self._database.add("organizations", document)

    def service(self, document: Document) -> None:
        self._database.add("services", document)

    def finish(self) -> None:
        self._database.finish()
        package.write(self._folder, self._about, self._database)
        self._database.compress()

    def close(self) -> None:
        self._database.close()
