"""What a file may have at most, and how it is refused."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

MOST_BYTES = 40 * 2**20  # of the file as it is sent
MOST_ROWS = 20_000
MOST_COLUMNS = 200
MOST_OF_CELL = 2**17  # characters; cells that are too long but shorter are told one by one


class Unreadable(Exception):
    """The file as a whole cannot be read; its text says what to do."""


@dataclass(frozen=True, slots=True)
class Cells:
    """One row: its number as the spreadsheet program counts, and its texts.

    `notes` are told of the file, `troubles` of a cell of this row, by its place.
    """

    number: int
    texts: list[str]
    troubles: dict[int, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@contextmanager
def cells_up_to(length: int) -> Iterator[None]:
    """Within it a row with a longer cell is refused with `csv.Error`.

    The bound is one of the whole process, whoever reads: so it stands around the reading of a row,
    and not around that of a table, which others may interrupt.
    """
    before = csv.field_size_limit(length)
    try:
        yield
    finally:
        csv.field_size_limit(before)
