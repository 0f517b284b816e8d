"""SQLite: a copy by its own online backup, compressed by gzip; nobody who reads or writes waits.

The copy lies beside the database, in the same care, and is nameless as soon as it is made: whatever
becomes of this process, the system takes it away. https://www.sqlite.org/backup.html
"""

from __future__ import annotations

import shutil
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import IO

from django.db.backends.sqlite3._functions import register  # type: ignore[import-untyped]

from resources.backups import sums
from resources.backups.picture import Database, NotADirectory, NotEmpty, Picture, Refused, Unsound
from resources.backups.programs import pieces
from resources.backups.sums import Sum
from resources.files import bring_to_disk, locked

KIND, SUFFIX = "sqlite", "sqlite3.gz"
GZIP = zlib.MAX_WBITS | 16  # zlib's word for a gzip header
FAST = 1  # of nine: a tenth larger than the usual six, in a third of the time
PATIENCE = 20  # seconds to wait for a lock
SIDES = ("", "-wal", "-shm")  # of a database: itself, its log, the log's index


def path_of(database: Database) -> Path:
    """The file of the database."""
    return Path(str(database["NAME"]))


@contextmanager
def picture(database: Database) -> Iterator[Picture]:
    """The database as it is now. Raises `NotADirectory`, and `Unsound` where it is damaged."""
    path = path_of(database)
    if not path.exists():
        raise NotADirectory(f"There is no database {path}.")
    with _copied(path) as (copy, file):
        _look_for_damage(copy)
        yield Picture(
            edition=_edition(copy),
            migrations=tuple(
                f"{app}.{name}"
                for app, name in copy.execute("SELECT app, name FROM django_migrations ORDER BY id")
            ),
            stream=partial(_compressed, file),
            sums=partial(_sums, copy),
        )


@contextmanager
def _copied(path: Path) -> Iterator[tuple[sqlite3.Connection, IO[bytes]]]:
    """A copy of the database without a name, to ask and to read."""
    folder = path.parent / f".{path.name}.copied"
    folder.mkdir(mode=0o700, exist_ok=True)
    with ExitStack() as opened:
        with locked(folder), closing(_connected(path)) as source:
            try:
                (folder / "copy").unlink(missing_ok=True)
                copy = opened.enter_context(closing(_connected(folder / "copy")))
                source.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
                file = opened.enter_context((folder / "copy").open("rb"))
            finally:
                shutil.rmtree(folder)
        yield copy, file


@contextmanager
def _compressed(file: IO[bytes]) -> Iterator[Iterator[bytes]]:
    yield _gzipped(pieces(file))


def _gzipped(chunks: Iterable[bytes]) -> Iterator[bytes]:
    press = zlib.compressobj(FAST, wbits=GZIP)
    yield from filter(None, map(press.compress, chunks))
    yield press.flush()


def restore(database: Database, chunks: Iterable[bytes], *, overwrite: bool) -> None:
    """Put what `Picture.stream` gave into an empty place; in another's, where `overwrite` says so.

    Until all is there and sound, nothing changes. What was there is kept, under the name
    `….before`. Raises `NotEmpty`, `Unsound`, and `Refused` where one of that name is there.
    """
    path = path_of(database)
    if overwrite:
        _refuse_to_lose(path)
    else:
        refuse_unless_empty(database)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.restored")
    draft.unlink(missing_ok=True)
    try:
        draft.touch(mode=0o600)
        with draft.open("wb") as file:
            for chunk in _opened(chunks):
                file.write(chunk)
        with closing(_connected(draft)) as restored:
            _look_for_damage(restored)
        bring_to_disk(draft)
        _put_aside(path)
        draft.replace(path)
        bring_to_disk(path.parent)
    finally:
        for side in SIDES:
            draft.with_name(draft.name + side).unlink(missing_ok=True)


def _opened(chunks: Iterable[bytes]) -> Iterator[bytes]:
    press = zlib.decompressobj(wbits=GZIP)
    try:
        for chunk in chunks:
            yield press.decompress(chunk)
    except zlib.error as error:
        raise Unsound(f"The backup cannot be unpacked: {error}.") from None
    if not press.eof:
        raise Unsound("The backup ends too early.")


def _refuse_to_lose(path: Path) -> None:
    """Raise `Refused` where an earlier restore put something aside, perhaps all that is left."""
    aside = path.with_name(f"{path.name}.before")
    if path.exists() and aside.exists():
        raise Refused(
            f"{aside} is there from an earlier restore, and may hold what is in no backup. Give it"
            " another name, and run the same command again."
        )


def _put_aside(path: Path) -> None:
    """Give what is in this place another name. Raises `NotEmpty` while somebody has it open."""
    if not path.exists():
        return
    with closing(_connected(path)) as present, suppress(sqlite3.DatabaseError):
        try:
            # Only whoever is alone with the database may take its log away.
            present.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise NotEmpty(
                    f"Somebody works with {path}. Stop the web server and the worker first."
                ) from None
    for side in SIDES:
        old = path.with_name(path.name + side)
        if old.exists():
            old.replace(path.with_name(f"{path.name}.before{side}"))


def refuse_unless_empty(database: Database) -> None:
    """Raise `NotEmpty` where there is a file already."""
    path = path_of(database)
    if path.exists() and path.stat().st_size:
        raise NotEmpty(f"{path} is there already.")


def edition(database: Database) -> int:
    """The edition of the directory in this place; 0 where there is none, or it cannot be read."""
    path = path_of(database)
    if not path.exists():
        return 0
    with closing(_connected(path)) as present:
        try:
            return _edition(present)
        except (NotADirectory, sqlite3.DatabaseError):
            return 0


def look(database: Database) -> dict[str, Sum]:
    """The sums of a database that nobody writes to."""
    with closing(_connected(path_of(database))) as present:
        return _sums(present)


@contextmanager
def scratch(database: Database) -> Iterator[Database]:
    """An empty place beside the database, gone afterwards."""
    path = path_of(database)
    folder = path.parent / f".{path.name}.checked"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with locked(folder):
        try:
            (folder / path.name).unlink(missing_ok=True)
            yield {**database, "NAME": str(folder / path.name)}
        finally:
            shutil.rmtree(folder)


def _connected(path: Path) -> sqlite3.Connection:
    """A connection that knows the functions which Django writes into constraints."""
    connection = sqlite3.connect(path, timeout=PATIENCE)
    register(connection)
    return connection


def _edition(connection: sqlite3.Connection) -> int:
    try:
        row = connection.execute("SELECT number FROM resources_edition").fetchone()
    except sqlite3.OperationalError:
        raise NotADirectory("There is no directory in this database.") from None
    return int(row[0]) if row else 0


def _look_for_damage(connection: sqlite3.Connection) -> None:
    for check in ("integrity_check", "foreign_key_check"):
        try:
            rows = connection.execute(f"PRAGMA {check}").fetchall()
        except sqlite3.DatabaseError as error:
            rows = [(str(error),)]
        if rows not in ([], [("ok",)]):
            raise Unsound(f"The database is damaged ({check}): {rows[0]} and {len(rows) - 1} more.")


def _sums(connection: sqlite3.Connection) -> dict[str, Sum]:
    """Of every table, those of the text index among them, and of what else there is by name."""
    connection.text_factory = bytes
    made = connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master").fetchall()
    tables = [
        name.decode()
        for kind, name, sql in made
        if kind == b"table" and not sql.startswith(b"CREATE VIRTUAL")
    ]
    return {
        "(schema)": sums.of_rows(repr(row).encode() for row in made),
        **{name: sums.of_rows(_rows(connection, name)) for name in sorted(tables)},
    }


def _rows(connection: sqlite3.Connection, table: str) -> Iterator[bytes]:
    rows = connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608 (its own name)
    return (repr(row).encode() for row in rows)
