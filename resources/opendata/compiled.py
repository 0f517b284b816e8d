"""The directory as one JSON document: a page of HSDS that holds every organisation, with services.

It is what `/api/hsds/organizations?full_service=true` would answer if a page could hold all, and
has beside it who publishes it, the vocabularies and what was taken down. An organisation stands on
a line of its own, so that a program can also read it line by line.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from resources.hsds.telling import Document
from resources.opendata.about import About
from resources.opendata.archives import gzipped
from resources.opendata.writer import Writer, written

NAME = "hsds.json.gz"

# The lists of the document, in their order.
LISTS = ("taxonomies", "taxonomy_terms", "contents", "tombstones")


class Compiled(Writer):
    """Writes it as it comes."""

    def __init__(self, folder: Path, about: About, organisations: int) -> None:
        self._open = ExitStack()
        self._file = self._open.enter_context(gzipped(folder / NAME))
        page = {
            "about": about.document(),
            "total_items": organisations,
            "total_pages": 1,
            "page_number": 1,
            "size": organisations,
            "first_page": True,
            "last_page": True,
            "empty": organisations == 0,
        }
        self._file.write(written(page)[:-1])
        self._list = -1  # the place of the list that is being written
        self._is_first = True
        self._services = 0  # of the organisation that is being written
        self._organisation: Document | None = None

    def taxonomy(self, document: Document) -> None:
        self._add("taxonomies", written(document))

    def term(self, document: Document) -> None:
        self._add("taxonomy_terms", written(document))

    def organisation(self, document: Document) -> None:
        self._end_organisation()
        self._add("contents", written(document)[:-1])
        self._organisation, self._services = document, 0

    def service(self, document: Document) -> None:
        own = {key: value for key, value in document.items() if key != "organization"}
        self._file.write(b',"services":[' if self._services == 0 else b",")
        self._file.write(written(own))
        self._services += 1

    def tombstone(self, document: Document) -> None:
        self._end_organisation()
        self._add("tombstones", written(document))

    def finish(self) -> None:
        self._end_organisation()
        self._go_to(len(LISTS) - 1)
        self._file.write(b"\n]}\n")
        self.close()

    def close(self) -> None:
        self._open.close()

    def _end_organisation(self) -> None:
        if self._organisation is not None:
            self._file.write(b"]}" if self._services else b"}")
            self._organisation = None

    def _add(self, name: str, line: bytes) -> None:
        """Begin a line of this list, after those before it."""
        self._go_to(LISTS.index(name))
        self._file.write(b"\n" if self._is_first else b",\n")
        self._file.write(line)
        self._is_first = False

    def _go_to(self, place: int) -> None:
        while self._list < place:
            self._file.write(b"\n]" if self._list >= 0 else b"")
            self._list += 1
            self._file.write(f',\n"{LISTS[self._list]}":['.encode())
            self._is_first = True
