"""Tables as text: whichever of the usual encodings and delimiters."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from typing import IO

from django.utils.translation import gettext as _

from resources.interchange.spreadsheets.files.bounds import (
    MOST_COLUMNS,
    MOST_OF_CELL,
    Cells,
    Unreadable,
    cells_up_to,
)

DELIMITERS = ",;\t"
A_PIECE = 1 << 16
UNMARKED, WESTERN = "utf-8", "cp1252"
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read(file: IO[bytes], known: frozenset[str]) -> Iterator[Cells]:
    """The rows of a CSV file. Raises `Unreadable`."""
    encoding = _encoding(file)
    notes: tuple[str, ...] = ()
    if encoding == WESTERN:
        notes = (
            _(
                "The file is not in UTF-8. It was read as Windows-1252: see whether letters "
                "with accents are right. If not, save it as “CSV UTF-8”."
            ),
        )
    text = io.TextIOWrapper(file, encoding, newline="")
    try:
        reader = csv.reader(text, delimiter=_delimiter(text, known), strict=True)
        yield from _rows(reader, notes)
    finally:
        text.detach()


def _rows(reader: Iterator[list[str]], notes: tuple[str, ...]) -> Iterator[Cells]:
    number = 0
    while True:
        number += 1
        try:
            with cells_up_to(MOST_OF_CELL):
                texts = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            told = _(
                "Row %(row)d cannot be read: a cell is far too long, or a quotation mark is "
                "missing (%(error)s). Nothing was read after it. Mend the row."
            )
            raise Unreadable(told % {"row": number, "error": error}) from error
        while len(texts) > MOST_COLUMNS and not texts[-1]:
            texts.pop()
        if len(texts) > MOST_COLUMNS:
            told = _("Row %(row)d has more than %(most)d cells. Take out what is not needed.")
            raise Unreadable(told % {"row": number, "most": MOST_COLUMNS})
        yield Cells(number, texts, notes=notes if number == 1 else ())


def _encoding(file: IO[bytes]) -> str:
    """How its letters are written, told by reading it through once."""
    file.seek(0)
    begins = file.read(4)
    marked = next((name for mark, name in MARKS if begins.startswith(mark)), None)
    encoding = marked or UNMARKED
    try:
        _decode(file, encoding)
    except UnicodeDecodeError:
        encoding = WESTERN
        if marked:
            raise Unreadable(_how_to_save()) from None
        try:
            _decode(file, encoding)
        except UnicodeDecodeError:
            raise Unreadable(_how_to_save()) from None
    file.seek(0)
    return encoding


def _decode(file: IO[bytes], encoding: str) -> None:
    """Raise for bytes that are no text in this encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    while piece := file.read(A_PIECE):
        if "\x00" in decoder.decode(piece):
            raise Unreadable(_how_to_save())
    decoder.decode(b"", final=True)


def _how_to_save() -> str:
    return _("This is no table that can be read. Save it as XLSX, or as “CSV UTF-8”.")


def _delimiter(text: io.TextIOWrapper, known: frozenset[str]) -> str:
    """What stands between cells: that by which the first row has the most names that are known."""
    first = text.readline(A_PIECE)
    text.seek(0)

    def names(delimiter: str) -> int:
        cells = first.strip().split(delimiter)
        return len(known & {cell.strip(' "\ufeff').casefold() for cell in cells})

    return max(DELIMITERS, key=names)
