"""What a file may have at most, and how it is refused."""

from __future__ import annotations

from dataclasses import dataclass, field

MOST_BYTES = 40 * 2**20  # of the file as it is sent
MOST_ROWS = 20_000
MOST_COLUMNS = 200


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
