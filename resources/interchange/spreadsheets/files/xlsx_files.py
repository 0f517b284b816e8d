"""Workbooks: looked through before they are opened, then read row by row.

A workbook is a zip of XML. The sizes that its list of contents claims are held to bounds first, and
no more than that is ever unpacked (zipfile stops there); what stands between two rows is measured
before anything is made of it. Entities are refused by defusedxml, which openpyxl reads with.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from itertools import repeat
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _
from openpyxl import DEFUSEDXML, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from resources.interchange.spreadsheets import cells
from resources.interchange.spreadsheets.files.bounds import MOST_COLUMNS, Cells, Unreadable

MOST_MEMBERS = 1_000
MOST_UNPACKED = 300 * 2**20  # bytes in all
MOST_OF_OTHERS = 8 * 2**20  # of a part that is neither a table nor its texts
MOST_RATIO = 100  # unpacked to packed, of what is larger than this:
SMALL = 2**20
LONGEST_ROW = 2 * 2**20  # bytes of XML
LAST_ROW = 1_048_576  # of Excel
A_PIECE = 1 << 18
ERRORS = frozenset({"#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#N/A"})
TABLES, TEXTS = "xl/worksheets/", "xl/sharedStrings.xml"

# What a broken or hostile workbook makes openpyxl raise.
BROKEN = (
    zipfile.BadZipFile, InvalidFileException, DefusedXmlException, ParseError, EOFError, OSError,
    KeyError, ValueError, TypeError, AttributeError, IndexError, NotImplementedError, RuntimeError,
)  # fmt: skip


def refuse_old(file: IO[bytes]) -> Iterator[Cells]:
    """Raise `Unreadable` for the workbooks of before 2007."""
    raise Unreadable(_("This is an old Excel file, or one with a password. Save it as XLSX."))


def refuse_other(file: IO[bytes]) -> Iterator[Cells]:
    """Raise `Unreadable` for what is no table."""
    raise Unreadable(_("This is no table that can be read. Save it as XLSX, or as “CSV UTF-8”."))


def read(file: IO[bytes]) -> Iterator[Cells]:
    """The rows of the first sheet of a workbook. Raises `Unreadable`."""
    try:
        has_formulas = _looked_through(file)
        yield from _rows(file, has_formulas)
    except BROKEN as error:
        told = _("This workbook is broken, or no XLSX. Open it and save it as XLSX again.")
        raise Unreadable(told) from error


def _looked_through(file: IO[bytes]) -> bool:
    """Hold it to the bounds; whether there are formulas in it."""
    with zipfile.ZipFile(file) as archive:
        members = archive.infolist()
        if len(members) > MOST_MEMBERS or sum(each.file_size for each in members) > MOST_UNPACKED:
            raise Unreadable(_too_large())
        for each in members:
            is_read = each.filename.startswith(TABLES) or each.filename == TEXTS
            ratio = each.file_size / max(each.compress_size, 1)
            if each.file_size > SMALL and ratio > MOST_RATIO:
                raise Unreadable(_too_large())
            if each.filename.endswith(".xml") and not is_read and each.file_size > MOST_OF_OTHERS:
                raise Unreadable(_too_large())
        tables = [each for each in members if each.filename.startswith(TABLES)]
        return max((_has_formulas(archive, each) for each in tables), default=False)


def _has_formulas(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Measure the rows of a table; whether it may have formulas."""
    number, length, rest, found = 1, 0, b"", False
    with archive.open(member) as table:
        while piece := table.read(A_PIECE):
            piece = rest + piece
            found = found or b"<f" in piece or b":f" in piece
            number += piece.count(b"row>")
            end = piece.rfind(b"row>")
            length = len(piece) - end if end >= 0 else length + len(piece) - len(rest)
            rest = piece[-3:]
            if length > LONGEST_ROW:
                told = _("Row %(row)d is far too long. A cell holds %(most)d characters at most.")
                raise Unreadable(told % {"row": number, "most": cells.LONGEST_CELL})
    return found


def _rows(file: IO[bytes], has_formulas: bool) -> Iterator[Cells]:
    plain = _sheet(file, data_only=True)
    formulas: Iterator[Any] = _sheet(file, data_only=False) if has_formulas else repeat(())
    for number, (values, written) in enumerate(zip(plain, formulas, strict=False), start=1):
        if number > LAST_ROW:
            raise Unreadable(_too_large())
        texts = [cells.said(value) for value in values]
        troubles = {
            place: _("It holds an error (%s). Write the value itself.") % text
            for place, text in enumerate(texts)
            if text in ERRORS
        }
        for place, formula in enumerate(written):
            if not texts[place] and formula not in (None, ""):
                troubles[place] = _(
                    "It holds a formula whose result is not in the file. Open the file in a "
                    "spreadsheet program and save it, or write the value itself."
                )
        yield Cells(number, texts, troubles)


def _sheet(file: IO[bytes], *, data_only: bool) -> Iterator[tuple[Any, ...]]:
    assert DEFUSEDXML  # noqa: S101 - installed with the directory
    book = load_workbook(file, read_only=True, data_only=data_only, keep_links=False)
    if not book.worksheets:
        raise Unreadable(_("There is no table in this workbook."))
    sheet: Any = book.worksheets[0]
    sheet.reset_dimensions()  # what it says of its size may be made up
    rows: Iterator[tuple[Any, ...]] = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
    return rows


def _too_large() -> str:
    return _(
        "Unpacked, this workbook is far larger than a list of entries can be. Copy the cells into "
        "a new workbook, without pictures and empty rows, and save that as XLSX."
    )
