"""One JSON document a line (NDJSON): a file for each kind, all in one zip.

A line holds a document and nothing else, so that each file can be read as it is. A first line that
spoke of the licence would be a document of another kind; so the zip holds the licence instead.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from resources.hsds.telling import Document
from resources.opendata.about import About
from resources.opendata.archives import zipped
from resources.opendata.writer import Writer, written

NAME = "ndjson.zip"

KINDS = ("organizations", "services", "taxonomies", "taxonomy_terms", "tombstones")


class Lines(Writer):
    """Writes a file for each kind, and puts them together at the end."""

    def __init__(self, folder: Path, about: About, organisations: int) -> None:
        self._folder, self._about, self._open = folder, about, ExitStack()
        self._paths = {f"{kind}.ndjson": folder / f"{kind}.ndjson" for kind in KINDS}
        self._files = [self._open.enter_context(path.open("wb")) for path in self._paths.values()]

    def taxonomy(self, document: Document) -> None:
        self._add("taxonomies", document)

    def term(self, document: Document) -> None:
        self._add("taxonomy_terms", document)

    def organisation(self, document: Document) -> None:
        self._add("organizations", document)

    def service(self, document: Document) -> None:
        self._add("services", document)

    def tombstone(self, document: Document) -> None:
        self._add("tombstones", document)

    def finish(self) -> None:
        self.close()
        texts = {"README.txt": self._about.readme(), "LICENSE.txt": self._about.license()}
        zipped(self._folder / NAME, self._about.day, texts, self._paths)

    def close(self) -> None:
        self._open.close()

    def _add(self, kind: str, document: Document) -> None:
        file = self._files[KINDS.index(kind)]
        file.write(written(document))
        file.write(b"\n")
