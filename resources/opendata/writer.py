"""What a format is: it is handed each document once, in order, and leaves its files in a folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from resources.hsds.telling import Document
from resources.opendata.about import About


class Writer:
    """A format. The order: taxonomies, terms, each organisation before its services, tombstones.

    A document is handed to every writer: none may change it.
    """

    def __init__(self, folder: Path, about: About, organisations: int) -> None:
        """`organisations`: how many will come."""
        raise NotImplementedError

    def taxonomy(self, document: Document) -> None:
        """Take a taxonomy."""

    def term(self, document: Document) -> None:
        """Take a term."""

    def organisation(self, document: Document) -> None:
        """Take an organisation, without its services."""

    def service(self, document: Document) -> None:
        """Take a service of the organisation that was taken last."""

    def tombstone(self, document: Document) -> None:
        """Take what says that an entry was taken down."""

    def finish(self) -> None:
        """Leave the files whole."""

    def close(self) -> None:
        """Let go of what is open, whether it was finished or not."""


def written(document: Mapping[str, Any]) -> bytes:
    """A document as one line of JSON, as the API writes it, without an end of line."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
