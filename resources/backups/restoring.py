"""Brings a backup back: into an empty place to compare it, or to where the directory runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from resources.backups import folder, sealing
from resources.backups.databases import module_of
from resources.backups.folder import Backup
from resources.backups.picture import Database, Refused, Unsound
from resources.backups.sums import differences


class NoBackup(Refused):
    """There is none, or none of this name, or it does not fit here."""


def choose(root: Path, name: str | None = None) -> Backup:
    """The newest backup that is whole, or the one of this name. Raises `NoBackup`."""
    known = folder.listed(root)
    for backup in known:
        if name in (None, backup.name):
            return backup
    if not known:
        raise NoBackup(f"There is no whole backup in {root}. Set BACKUP_FOLDER to where they are.")
    names = ", ".join(backup.name for backup in known)
    raise NoBackup(f"There is no backup {name} in {root}. There are: {names}")


def refuse_unless_it_fits(backup: Backup, database: Database, known: Collection[str]) -> None:
    """Raise `NoBackup` where it is of another kind of database, or of newer code than this.

    `known`: the migrations of this code, as "app.name".
    """
    kind = module_of(database).KIND
    if backup.manifest.kind != kind:
        raise NoBackup(
            f"{backup.name} is of {backup.manifest.kind}, and DATABASE_URL names {kind}. Restore it"
            f" to a {backup.manifest.kind} database."
        )
    unknown = sorted({*backup.manifest.migrations} - {*known})
    if unknown:
        raise NoBackup(
            f"{backup.name} was made by a newer version of this program, which has"
            f" {', '.join(unknown)}. Install that version first."
        )


def restore(
    backup: Backup, database: Database, *, identity: Path | None, overwrite: bool
) -> dict[str, int]:
    """Put the backup into this place, and compare every table; returns their rows.

    Raises `Unsound`, `picture.NotEmpty`, `sealing.NoRecipient` and `programs.ProgramFailed`. What
    was in the place is as it was then, unless only the last comparison failed.
    """
    speaker = module_of(database)
    backup.refuse_if_damaged()
    with (
        backup.file.open("rb") as file,
        sealing.unsealed(file, backup.manifest.way, identity) as chunks,
    ):
        speaker.restore(database, _as_written(backup, chunks), overwrite=overwrite)
    wrong = differences(backup.manifest.tables, speaker.look(database))
    if wrong:
        raise Unsound(f"What came back is not what was put away: {'; '.join(wrong)}.")
    return {name: each.rows for name, each in backup.manifest.tables.items()}


def check(
    backup: Backup, database: Database, *, identity: Path | None, now: dt.datetime
) -> dict[str, int]:
    """Restore the backup into this empty place, compare, and write beside the backup that it was.

    Returns the rows of each table. Raises what `restore` does.
    """
    rows = restore(backup, database, identity=identity, overwrite=False)
    folder.note_check(backup, now)
    return rows


def _as_written(backup: Backup, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The chunks; after the last one `Unsound`, unless they are what was encrypted."""
    digest = sha256()
    for chunk in chunks:
        digest.update(chunk)
        yield chunk
    if digest.hexdigest() != backup.manifest.plain_sha256:
        raise Unsound(f"{backup.file} opens, but is not what its manifest says.")
