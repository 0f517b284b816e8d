"""Makes a backup: what the database holds at one moment, as one encrypted file and a manifest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from resources.backups import folder, sealing
from resources.backups.databases import module_of
from resources.backups.folder import Backup, Manifest
from resources.backups.picture import Database, Unsound
from resources.backups.sealing import Recipients
from resources.backups.sums import Sum, differences
from resources.files import locked


def make(
    root: Path,
    database: Database,
    *,
    to: Recipients,
    now: dt.datetime,
    keep: int,
    rehearse: bool = False,
) -> tuple[Backup, list[str]]:
    """Make a backup, and keep the newest; returns it and the names of those deleted.

    `rehearse`: what goes into the encryption is restored beside it and compared. That needs no
    private key, and so it does not show that the file can be opened. Raises `files.Taken`
    where another is being made, `Unsound`, `picture.NotADirectory` and `programs.ProgramFailed`.
    """
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    with locked(root), folder.draft(root) as draft:
        manifest = _write(draft, database, to=to, now=now, rehearse=rehearse)
        backup = folder.publish(root, draft, manifest)
        return backup, folder.forget_old(root, keep, backup)


def _write(
    draft: Path, database: Database, *, to: Recipients, now: dt.datetime, rehearse: bool
) -> Manifest:
    speaker = module_of(database)
    path = draft / f"directory.{speaker.SUFFIX}{sealing.SUFFIXES[to.way]}"
    path.touch(mode=0o600)
    digest, found = sha256(), None
    with ExitStack() as opened:
        picture = opened.enter_context(speaker.picture(database))
        with (
            path.open("wb") as file,
            picture.stream() as chunks,
            sealing.sealed(file, to) as sealed,
        ):
            written = _copied(chunks, sealed, digest)
            if rehearse:
                found = _rehearsed(speaker, database, written)
            for _chunk in written:
                pass
        tables = picture.sums()
    _refuse_if_different(tables, found)
    size, sha = folder.describe(path)
    return Manifest(
        made_at=now.astimezone(dt.UTC).isoformat(timespec="seconds"),
        kind=speaker.KIND,
        edition=picture.edition,
        migrations=picture.migrations,
        way=to.way,
        recipients=tuple(to.names()),
        file=path.name,
        size=size,
        sha256=sha,
        plain_sha256=digest.hexdigest(),
        tables=tables,
    )


def _copied(chunks: Iterable[bytes], to: IO[bytes], digest: Any) -> Iterator[bytes]:
    """Each chunk again, once it is written there and taken into the digest."""
    for chunk in chunks:
        digest.update(chunk)
        to.write(chunk)
        yield chunk


def _rehearsed(speaker: Any, database: Database, chunks: Iterable[bytes]) -> dict[str, Sum]:
    with speaker.scratch(database) as place:
        speaker.restore(place, chunks, overwrite=False)
        found: dict[str, Sum] = speaker.look(place)
        return found


def _refuse_if_different(tables: dict[str, Sum], found: dict[str, Sum] | None) -> None:
    wrong = [] if found is None else differences(tables, found)
    if wrong:
        raise Unsound(f"What came back is not what was put away: {'; '.join(wrong)}.")
