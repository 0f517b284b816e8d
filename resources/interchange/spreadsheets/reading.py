"""A file as rows by column: which columns it has, and what is wrong with it as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from django.utils.translation import gettext as _

from resources.interchange.spreadsheets import cells
from resources.interchange.spreadsheets.columns import SLUG, VERSION, header
from resources.interchange.spreadsheets.files import Cells, Unreadable, cells_of
from resources.interchange.spreadsheets.files.bounds import MOST_ROWS
from resources.models import Entry

REMARK = "#"
NAMED = 10  # so many unknown columns are named


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number, its whole texts by column, and what is wrong with cells, by column."""

    number: int
    texts: dict[str, str]
    troubles: dict[str, str] = field(default_factory=dict)


class Table:
    """The rows of a file about entries of one model.

    Reads the heading at once, the rows as they are asked for. Raises `Unreadable`. `notes` are
    sentences about the file as a whole, complete when the rows have been read.
    """

    def __init__(self, model: type[Entry], file: IO[bytes]) -> None:
        known = frozenset(header(model))
        self._ahead = cells_of(file, known)
        first = next(self._ahead, None)
        if first is None or not any(first.texts):
            raise Unreadable(_("The file is empty."))
        self.notes = list(first.notes)
        self.width = len(first.texts)
        self.places = self._columns(first, known)

    def _columns(self, first: Cells, known: frozenset[str]) -> dict[int, str]:
        """The place of each column that is known, whatever order they have been put in."""
        named = [text.strip(" \ufeff").casefold() for text in first.texts]
        twice = sorted({name for name in named if name in known and named.count(name) > 1})
        if twice:
            told = _("The first row has these columns twice: %s. Take one of each out.")
            raise Unreadable(told % ", ".join(twice))
        if SLUG not in named:
            raise Unreadable(
                _(
                    "The first row has no column “slug”, by which entries are known. Export the "
                    "entries first, and change the file that you get: its first row has to stay."
                )
            )
        unknown = [name for name in named if name and name not in known]
        if unknown:
            told = _("These columns are not known here and were left out: %s.")
            self.notes.append(told % ", ".join(name[:40] for name in unknown[:NAMED]))
        if VERSION not in named:
            self.notes.append(
                _(
                    "There is no column “version”: what somebody changed after you exported "
                    "cannot be told. Look at each difference with care."
                )
            )
        return {place: name for place, name in enumerate(named) if name in known}

    def rows(self) -> Iterator[Row]:
        """The rows that say something. Remarks (the second row of an export) are left out."""
        read = 0
        for row in self._ahead:
            if not any(row.texts) and not row.troubles:
                continue
            texts = {
                name: cells.whole(cells.tidy(row.texts[place])) if place < len(row.texts) else ""
                for place, name in self.places.items()
            }
            if texts[SLUG].startswith(REMARK):
                continue
            read += 1
            if read > MOST_ROWS:
                told = _(
                    "The file has more than %d rows. Split it, and import one after the other."
                )
                raise Unreadable(told % MOST_ROWS)
            yield Row(row.number, texts, self._troubles(row, texts))

    def _troubles(self, row: Cells, texts: dict[str, str]) -> dict[str, str]:
        found = {self.places[at]: told for at, told in row.troubles.items() if at in self.places}
        for name, text in texts.items():
            if len(text) > cells.LONGEST_CELL:
                told = _("It is too long: %(length)d characters. %(most)d are the most.")
                found[name] = told % {"length": len(text), "most": cells.LONGEST_CELL}
        if any(text.strip() for text in row.texts[self.width :]):
            found.setdefault(SLUG, _("The row has more cells than the first row has names."))
        return found
