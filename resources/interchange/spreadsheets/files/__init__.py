"""Files as rows of texts, within bounds: CSV and XLSX. What cannot be read is `Unreadable`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import IO

from resources.interchange.spreadsheets.files import csv_files, xlsx_files
from resources.interchange.spreadsheets.files.bounds import Cells, Unreadable

__all__ = ["Cells", "Unreadable", "cells_of"]

# A format, by how its files begin; what begins otherwise is text.
FORMATS: tuple[tuple[bytes, Callable[[IO[bytes]], Iterator[Cells]]], ...] = (
    (b"PK\x03\x04", xlsx_files.read),
    (b"\xd0\xcf\x11\xe0", xlsx_files.refuse_old),
    (b"%PDF", xlsx_files.refuse_other),
)


def cells_of(file: IO[bytes], known: frozenset[str]) -> Iterator[Cells]:
    """The rows of a file, one after the other. Raises `Unreadable`, perhaps half-way.

    `known` are names that the first row may hold, by which a CSV's delimiter is told.
    """
    file.seek(0)
    begins = file.read(8)
    file.seek(0)
    for start, read in FORMATS:
        if begins.startswith(start):
            return read(file)
    return csv_files.read(file, known)
