"""A table of HSDS as CSV: rows as records, in UTF-8 and with commas."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from resources.interchange.intake.sources.bounds import MOST_OF_RECORD
from resources.interchange.intake.sources.entities import NUMBERS, OF_OURS
from resources.interchange.intake.sources.letters import Letters
from resources.interchange.intake.sources.values import Unfit, hold_text, parsed
from resources.interchange.spreadsheets.files.bounds import MOST_COLUMNS, cells_up_to


def rows(letters: Letters) -> Iterator[tuple[str, dict[str, Any] | Unfit]]:
    """Each row with its place, by the names of the first; blank cells are left out.

    Raises `Refused` where the table cannot be read any further.
    """
    reader = csv.reader((line for _number, line in letters.lines()), strict=True)
    names: list[str] = []
    while True:
        place = f"line {reader.line_num + 1}"
        try:
            with cells_up_to(MOST_OF_RECORD):  # outlines of areas are long
                cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            letters.refuse(
                f"It cannot be read ({error}). A cell is far too long, or a quotation mark is "
                "missing. Mend it.",
                place,
            )
        if not names:
            names = _names(letters, cells)
        elif any(cells):
            yield place, _record(names, cells)


def _names(letters: Letters, cells: list[str]) -> list[str]:
    """The names of the columns. Raises `Refused`."""
    names = [cell.strip().lower() for cell in cells]
    while names and not names[-1]:
        names.pop()
    if len(names) > MOST_COLUMNS:
        letters.refuse(f"It has more than {MOST_COLUMNS} columns.", "line 1")
    if "id" not in names:
        letters.refuse(
            "The first line names no column “id”. Save the table with commas between the cells, "
            "and with the names of HSDS in its first line.",
            "line 1",
        )
    twice = {name for name in names if name and names.count(name) > 1}
    if twice:
        letters.refuse(f"The column “{min(twice)}” is there twice. Keep one.", "line 1")
    return names


def _record(names: list[str], cells: list[str]) -> dict[str, Any] | Unfit:
    if any(cells[len(names) :]):
        return Unfit(
            "",
            f"This row has {len(cells)} cells, the first line {len(names)}. Put quotation marks "
            "around what has a comma in it.",
        )
    try:
        found: dict[str, Any] = {}
        for name, cell in zip(names, cells, strict=False):
            if name and cell.strip():
                hold_text(cell, name)
                found[name] = _value(name, cell)
    except Unfit as unfit:
        return unfit
    return found


def _value(name: str, cell: str) -> Any:
    """What a cell holds. Raises `Unfit`."""
    if name == OF_OURS:
        try:
            return parsed(cell)
        except Unfit as unfit:
            raise Unfit(name, unfit.cure) from None
    return _number(cell) if name in NUMBERS else cell


def _number(cell: str) -> float | int | str:
    """A number as JSON has it; what is none stays a text, about which parsing will speak."""
    text = cell.strip()
    if len(text) > 20 or not text.isascii():
        return cell
    if text.removeprefix("-").isdecimal():
        return int(text)
    whole, point, rest = text.removeprefix("-").partition(".")
    return float(text) if point and whole.isdecimal() and rest.isdecimal() else cell
