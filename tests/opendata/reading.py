"""Publishing in a folder of a test, and reading what was written as a program does."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from resources.opendata.folder import Published
from resources.opendata.publish import publish

TODAY, LATER = dt.date(2026, 11, 20), dt.date(2026, 11, 27)
SITE = "https://help.example.org"


def published(root: Path, today: dt.date = TODAY, keep: int = 8) -> Published:
    """Publish what there is."""
    return publish(root, today=today, publisher="Support Directory", site=SITE, keep=keep)


def content(root: Path, done: Published, name: str) -> bytes:
    """A file of an edition."""
    return (root / done.folder / name).read_bytes()


def compiled(root: Path, done: Published) -> Any:
    """The one JSON document."""
    return json.loads(gzip.decompress(content(root, done, "hsds.json.gz")))


def lines(root: Path, done: Published, name: str) -> list[Any]:
    """The documents of a file of NDJSON."""
    with ZipFile(root / done.folder / "ndjson.zip") as archive:
        return [json.loads(line) for line in archive.read(name).splitlines()]
