"""From a file to a sheet that waits, and from a sheet to an import: one batch, whole or not."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import IO
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from resources import edits
from resources.batches import batched
from resources.edits import CannotEdit, Edit
from resources.interchange.spreadsheets.comparing import Compared, compared
from resources.interchange.spreadsheets.files import Unreadable
from resources.interchange.spreadsheets.reading import Table
from resources.models import Batch, Curator, Entry, Sheet, SheetRow

A_BATCH = 500
Sort = SheetRow.Sort
UNKNOWN = UUID(int=0)
GOOD = (Sort.CHANGED, Sort.NEW)


class NotSettled(Exception):
    """Some rows cannot be imported, and nobody said that they are to be left out."""


def take_in(model: type[Entry], file: IO[bytes], *, name: str, by: Curator) -> Sheet:
    """Read a file about entries of this model, and keep what it would change. Changes nothing.

    Raises `Unreadable`, and keeps nothing, where the file as a whole cannot be read.
    """
    table = Table(model, file)
    sheet = Sheet.objects.create(by=by, kind=model.KIND, name=name[-Sheet.LONGEST_NAME :])
    ignored: Counter[str] = Counter()
    try:
        for some in batched(compared(model, table.rows()), A_BATCH):
            sheet.same += sum(each.sort == Sort.SAME for each in some)
            SheetRow.objects.bulk_create(
                _kept(sheet, each) for each in some if each.sort != Sort.SAME
            )
            ignored.update(column for each in some for column in each.ignored)
    except Unreadable:
        sheet.delete()
        raise
    for column, count in ignored.items():
        told = _("Only read here, so what was changed was left out: %(column)s (rows: %(count)d).")
        table.notes.append(told % {"column": column, "count": count})
    sheet.notes, sheet.is_read = table.notes, True
    sheet.save()
    return sheet


def _kept(sheet: Sheet, row: Compared) -> SheetRow:
    return SheetRow(
        sheet=sheet,
        number=row.number,
        slug=row.slug,
        name=row.name,
        sort=row.sort,
        public_id=row.public_id,
        version=row.version,
        was=row.was,
        changes=row.changes,
        since=row.since,
        problems=row.problems,
        words=row.words,
    )


@transaction.atomic
def import_rows(
    sheet: Sheet,
    *,
    by: Curator,
    model: type[Entry],
    about: str,
    leave_out: bool,
    take_disputed: bool,
    keep_words: bool = False,
) -> Batch:
    """Change what the good rows of a sheet change; the batch, also where it was done before.

    Rows with problems stop all, unless they are to be left out; so do those that somebody changed
    meanwhile, unless they are taken or left out, and words that mean something already, unless
    they are kept. Raises `NotSettled` then, `CannotEdit` where an entry cannot be changed so, and
    changes nothing.
    """
    locked: Sheet = Sheet.objects.select_for_update().get(pk=sheet.pk)
    if locked.batch is not None:
        return locked.batch
    taken = (*GOOD, Sort.DISPUTED) if take_disputed else GOOD
    rows = locked.rows.filter(sort__in=taken)
    if not rows.exists() or (not leave_out and locked.rows.exclude(sort__in=taken).exists()):
        raise NotSettled
    if not keep_words and rows.exclude(words=[]).exists():
        raise NotSettled
    batch = edits.apply(
        _edits(model, rows.order_by("number").iterator(A_BATCH)),
        by=by,
        kind=Batch.Kind.IMPORT,
        about=about,
    )
    locked.batch = batch
    locked.save()
    locked.rows.all().delete()
    return batch


def _edits(model: type[Entry], rows: Iterator[SheetRow]) -> Iterator[Edit]:
    for some in batched(rows, A_BATCH):
        ids = [row.public_id for row in some if row.public_id]
        entries = {e.public_id: e for e in model._default_manager.filter(public_id__in=ids)}
        for row in some:
            entry = entries.get(row.public_id or UNKNOWN) or model(slug=row.slug)
            yield Edit(entry, row.changes, row.version)


def mark(sheet: Sheet, refusal: CannotEdit) -> None:
    """Note with its row what stood against an import, so that it can be left out."""
    for obstacle in refusal.obstacles:
        entry = obstacle.entry
        if entry is None:
            continue
        problems = [("", problem) for problem in obstacle.problems]
        is_same = Q(slug=entry.slug, public_id=None) | Q(public_id=entry.public_id or UNKNOWN)
        sheet.rows.filter(is_same).update(sort=Sort.WRONG, problems=problems)


def forget_old(now: dt.datetime) -> int:
    """Delete sheets that nobody imported within a day; returns how many."""
    old = Sheet.objects.old(now)
    count = old.count()
    old.delete()
    return count
