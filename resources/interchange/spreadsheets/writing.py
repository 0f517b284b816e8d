"""Entries as a file: CSV in pieces, or a workbook in a temporary file. Memory stays flat."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from resources import documents
from resources.batches import batched
from resources.interchange.spreadsheets import cells
from resources.interchange.spreadsheets.columns import columns_of, explanations, header
from resources.models import Entry

A_BATCH = 500
BOM = "\ufeff"  # by which Excel knows that it is UTF-8
WIDTH = 24  # of a column, in characters


def rows(model: type[Entry], pks: Iterable[int]) -> Iterator[list[str]]:
    """The heading, what it means, and a row of harmless cells for each entry, in their order."""
    yield header(model)
    yield explanations(model)
    columns = columns_of(model)
    for some in batched(pks, A_BATCH):
        said = documents.read_many(model, some)
        versions = dict(model._default_manager.filter(pk__in=some).values_list("pk", "version"))
        states = dict(
            model._default_manager.filter(pk__in=some).values_list("pk", "publication_state")
        )
        for pk in some:
            if pk in said:
                document = {**said[pk], "publication_state": states.get(pk)}
                texts = (cells.harmless(column.text(document)) for column in columns)
                yield [document["slug"], str(versions.get(pk, "")), *texts]


def as_csv(model: type[Entry], pks: Iterable[int]) -> Iterator[str]:
    """The pieces of a CSV file."""
    yield BOM
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for some in batched(rows(model, pks), A_BATCH):
        writer.writerows(some)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def as_xlsx(model: type[Entry], pks: Iterable[int]) -> IO[bytes]:
    """A workbook, in a temporary file that goes when it is closed."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(str(model._meta.verbose_name_plural).capitalize()[:31])
    sheet.freeze_panes = "B3"
    for number in range(len(header(model))):
        sheet.column_dimensions[_letters(number)].width = WIDTH
    ahead = rows(model, pks)
    sheet.append([_bold(sheet, name) for name in next(ahead)])
    for row in ahead:
        sheet.append([text or None for text in row])
    file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    book.save(file)
    file.seek(0)
    return file


def _letters(number: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(number + 1))


def _bold(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, value=text)
    cell.font = Font(bold=True)
    return cell
