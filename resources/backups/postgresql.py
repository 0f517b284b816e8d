"""PostgreSQL: `pg_dump` in its custom format, and back by `pg_restore` and `psql`, all as pipes.

https://www.postgresql.org/docs/15/app-pgdump.html
"""

from __future__ import annotations

import secrets
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo
from psycopg.pq import Conninfo

from directory.databases.configuration import ALIVE
from resources.backups import programs, sums
from resources.backups.picture import Database, NotADirectory, NotEmpty, Picture, Unsound
from resources.backups.sums import Sum

KIND, SUFFIX = "postgresql", "dump"
COMPRESSION = "1"  # of nine, by pg_dump itself
# Seconds that `restore` waits for somebody who still uses a table that is to be overwritten.
PATIENCE = 20

TABLES = """
SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
ORDER BY relname
"""
# Which column each sequence numbers.
SEQUENCES = """
SELECT table_name, column_name, pg_get_serial_sequence(
  format('%I.%I', table_schema, table_name), column_name)
FROM information_schema.columns WHERE table_schema = 'public' AND is_identity = 'YES'
"""
# Definitions are worded anew by each version of PostgreSQL; names say what is there.
SCHEMA = """
SELECT 'trigger ' || tgrelid::regclass || ' ' || tgname || ' ' || tgenabled::text
  FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT 'function ' || proname || ' ' || prosrc
  FROM pg_proc WHERE pronamespace = 'public'::regnamespace
UNION ALL SELECT 'sequence ' || sequencename FROM pg_sequences WHERE schemaname = 'public'
UNION ALL SELECT 'index ' || indexname FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || conname FROM pg_constraint
  WHERE connamespace = 'public'::regnamespace AND contype IN ('c', 'f', 'p', 'u', 'x')
"""
# How values are written, whatever is set for this server or this user.
AS_TEXT = (
    "timezone = 'UTC'",
    "datestyle = 'ISO'",
    "extra_float_digits = 1",
    "bytea_output = 'hex'",
)
# All that is in the schema, but for what an extension brought along.
DROP = """
DO $$ DECLARE each record; BEGIN
FOR each IN SELECT oid::regclass AS name, relkind FROM pg_class
  WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
  AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')
LOOP
  IF to_regclass(each.name::text) IS NOT NULL THEN
    EXECUTE format('DROP %s %s CASCADE', CASE each.relkind
      WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END, each.name);
  END IF;
END LOOP;
FOR each IN SELECT oid::regprocedure AS name FROM pg_proc
  WHERE pronamespace = 'public'::regnamespace
  AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
LOOP EXECUTE format('DROP FUNCTION %s CASCADE', each.name); END LOOP;
END $$;
"""


@contextmanager
def picture(database: Database) -> Iterator[Picture]:
    """The database as it is now. Raises `NotADirectory`."""
    with _connected(database) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        snapshot = _value(connection, "SELECT pg_export_snapshot()")
        edition = _edition(connection)
        migrations = connection.execute("SELECT app, name FROM django_migrations ORDER BY id")
        command = [
            "pg_dump",
            "--format=custom",
            f"--compress={COMPRESSION}",
            f"--snapshot={snapshot}",
            "--no-owner",
            "--no-privileges",
            f"--dbname={_address(database)}",
        ]
        yield Picture(
            edition=edition,
            migrations=tuple(f"{app}.{name}" for app, name in migrations),
            stream=partial(programs.read_from, command, env=_secrets(database)),
            sums=partial(_sums, connection),
        )


def restore(database: Database, chunks: Iterable[bytes], *, overwrite: bool) -> None:
    """Put what `Picture.stream` gave into an empty database; in another, where `overwrite` says so.

    It is one transaction: until all is there, nothing changes. Raises `NotEmpty` and
    `programs.ProgramFailed`.
    """
    if not overwrite:
        refuse_unless_empty(database)
    with programs.fed(_psql(database), stdout=subprocess.DEVNULL, env=_secrets(database)) as psql:
        first = DROP if overwrite else ""
        psql.write(f"SET lock_timeout = '{PATIENCE}s';\nBEGIN;\n{first}".encode())
        psql.flush()
        command = ["pg_restore", "--no-owner", "--no-privileges", "--file=-"]
        with programs.fed(command, stdout=psql) as restoring:
            for chunk in chunks:
                restoring.write(chunk)
        # Without this word, which comes when all else went well, psql takes everything back.
        psql.write(b"COMMIT;\nANALYZE;\n")


def refuse_unless_empty(database: Database) -> None:
    """Raise `NotEmpty` where there is a table already."""
    with _connected(database) as connection:
        if connection.execute(TABLES).fetchone():
            raise NotEmpty(f"There are tables in the database {_name(database)} already.")


def edition(database: Database) -> int:
    """The edition of the directory in this place; 0 where there is none."""
    with _connected(database) as connection:
        try:
            return _edition(connection)
        except NotADirectory:
            return 0


def look(database: Database) -> dict[str, Sum]:
    """The sums of a restored database. Raises `Unsound` where a number would be given twice.

    Sequences go on while a backup is made, so they are at least where they have to be, or further.
    """
    with _connected(database) as connection:
        behind = [
            str(table)
            for table, column, sequence in connection.execute(SEQUENCES).fetchall()
            if _is_behind(connection, table, column, sequence)
        ]
        if behind:
            raise Unsound(f"Rows would get numbers that are taken: {', '.join(behind)}.")
        return _sums(connection)


@contextmanager
def scratch(database: Database) -> Iterator[Database]:
    """An empty database on the same server, gone afterwards.

    Raises `NotADirectory` where this user may make none.
    """
    name = f"{_name(database)}_checked_{secrets.token_hex(4)}"
    quoted = sql.Identifier(name)
    with _connected(database, autocommit=True) as connection:
        try:
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(quoted))
        except psycopg.errors.InsufficientPrivilege:
            raise NotADirectory(
                "This user may make no database to try the backup in. Name an empty one"
                " with --into."
            ) from None
        try:
            yield {**database, "NAME": name}
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(quoted))


def _sums(connection: psycopg.Connection[Any]) -> dict[str, Sum]:
    for setting in AS_TEXT:
        connection.execute(f"SET LOCAL {setting}")
    tables = [name for (name,) in connection.execute(TABLES).fetchall()]
    found = {name: sums.of_rows(_rows(connection, name)) for name in tables}
    schema = connection.execute(SCHEMA).fetchall()
    return {
        "(schema)": sums.of_rows(text.encode() for (text,) in schema),
        **found,
    }


def _is_behind(connection: psycopg.Connection[Any], table: str, column: str, sequence: str) -> bool:
    command = sql.SQL("SELECT (SELECT max({}) FROM {}) > last_value FROM {}").format(
        sql.Identifier(column),
        sql.Identifier("public", table),
        sql.Identifier(*sequence.split(".")),
    )
    row = connection.execute(command).fetchone()
    return bool(row and row[0])


def _rows(
    connection: psycopg.Connection[Any], table: str
) -> Iterator[bytes | bytearray | memoryview]:
    """The rows as text. The server sends each in a message of its own.

    https://www.postgresql.org/docs/15/protocol-flow.html#PROTOCOL-COPY
    """
    command = sql.SQL("COPY (SELECT * FROM {}) TO STDOUT").format(sql.Identifier("public", table))
    with connection.cursor() as cursor, cursor.copy(command) as rows:
        yield from rows


def _edition(connection: psycopg.Connection[Any]) -> int:
    if not _value(connection, "SELECT to_regclass('public.resources_edition') IS NOT NULL"):
        raise NotADirectory("There is no directory in this database.")
    return int(_value(connection, "SELECT coalesce(max(number), 0) FROM public.resources_edition"))


def _value(connection: psycopg.Connection[Any], statement: str) -> Any:
    row = connection.execute(statement).fetchone()
    return row[0] if row else None


def _psql(database: Database) -> list[str]:
    """Quiet, and about data it says nothing: a log must not hold it."""
    said = ("--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--set=VERBOSITY=terse")
    return ["psql", *said, f"--dbname={_address(database)}"]


def _connected(database: Database, **options: Any) -> psycopg.Connection[Any]:
    return psycopg.connect(_address(database), password=_password(database), **options)


def _address(database: Database) -> str:
    """Where the database is, without the password, which everybody on the machine could see."""
    named = {
        "dbname": database["NAME"],
        "user": database.get("USER"),
        "host": database.get("HOST"),
        "port": database.get("PORT"),
        **(database.get("OPTIONS") or {}),  # type: ignore[dict-item]
    }
    known = {each.keyword.decode() for each in Conninfo.get_defaults()} - {"password"}
    known -= ALIVE.keys()  # a server that writes to a slow disk takes nothing for seconds
    return make_conninfo(
        **{name: str(value) for name, value in named.items() if name in known and value}
    )


def _password(database: Database) -> str | None:
    return str(database.get("PASSWORD") or "") or None


def _secrets(database: Database) -> dict[str, str]:
    password = _password(database)
    return {"PGPASSWORD": password} if password else {}


def _name(database: Database) -> str:
    return str(database["NAME"])
