"""A failover: a replica becomes the database that is written to. A person decides; this does it."""

from __future__ import annotations

import time

import psycopg
from django.db import DatabaseError, connections

from directory.databases.configuration import PRIMARY

PATIENCE = 60  # seconds that a promotion may take

# Where a replica's log has come to, received and replayed alike, in bytes.
RECEIVED = "SELECT (coalesce(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()) - '0/0')::bigint"


class CannotPromote(Exception):
    """Why not, in words for whoever asked."""


def promote(alias: str = "") -> str:
    """Make this replica the primary, or the one that has received most; returns its name.

    Comes back when it takes writes. Raises `CannotPromote`: where the primary answers, if only that
    it cannot serve now, as two databases would then be written to; and where no replica answers.
    """
    replicas = [name for name in connections if name != PRIMARY]
    if not replicas:
        raise CannotPromote("There is no replica: REPLICA_URLS is not set.")
    if alias and alias not in replicas:
        raise CannotPromote(f"There is no {alias}. There are: {', '.join(replicas)}.")
    if _takes_writes():
        raise CannotPromote(
            "The primary answers and takes writes. With a second one, what is saved would be in one"
            " of two places. Stop it first, and see that it stays stopped."
        )
    if words := _refusal():
        raise CannotPromote(
            f"{words}. If it is the primary, there would be two of them soon. Wait until it serves,"
            " or stop it first, and see that it stays stopped."
        )
    received = {name: place for name in replicas if (place := _received(name)) is not None}
    if not received:
        raise CannotPromote("No replica answers. Restore the newest backup: docs/restoring.md.")
    if alias and alias not in received:
        raise CannotPromote(f"{alias} does not answer. These do: {', '.join(received)}.")
    chosen = alias or max(received, key=lambda name: received[name])
    try:
        with connections[chosen].cursor() as cursor:
            cursor.execute("SELECT pg_promote(true, %s)", [PATIENCE])
            (is_done,) = cursor.fetchone()
    except DatabaseError as error:
        raise CannotPromote(
            f"{chosen} cannot be promoted from here: {str(error).strip()}. On its server do it as"
            " postgres: psql -c 'SELECT pg_promote()'. Then, here: promote_replica --promoted."
        ) from error
    finally:
        connections[chosen].close()
    if not is_done or not _comes_to_take_writes():
        raise CannotPromote(f"{chosen} was told, and takes no writes after {PATIENCE} seconds.")
    return chosen


def waits_for_nobody() -> bool:
    """Whether the primary lets each save wait for a replica, and none follows it: nothing is saved.

    https://www.postgresql.org/docs/15/runtime-config-replication.html#GUC-SYNCHRONOUS-STANDBY-NAMES
    """
    with connections[PRIMARY].cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('synchronous_standby_names') <> ''"
            " AND NOT EXISTS (SELECT FROM pg_stat_replication)"
        )
        (waits,) = cursor.fetchone()
        return bool(waits)


def _takes_writes() -> bool:
    connections[PRIMARY].close()
    try:
        with connections[PRIMARY].cursor() as cursor:
            cursor.execute("SELECT NOT pg_is_in_recovery()")
            return bool(cursor.fetchone()[0])
    except DatabaseError:
        return False


def _refusal() -> str:
    """What a server says that is there and takes no connection; "" where there is none.

    Such as that it is starting up, or has too many clients: any of them may be the primary. Silence
    is no answer.
    """
    asked = connections[PRIMARY].get_connection_params()
    for host, port in zip(asked["host"].split(","), asked["port"].split(","), strict=True):
        one = {"host": host, "port": port, "target_session_attrs": "any"}
        try:
            psycopg.connect(**{**asked, **one}).close()
        except psycopg.OperationalError as error:
            _where, said, words = str(error).partition("FATAL:")
            if said:
                return f"{host} says: {words.strip().splitlines()[0]}"
    return ""


def _comes_to_take_writes() -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if _takes_writes():
            return True
        time.sleep(0.1)
    return False


def _received(alias: str) -> int | None:
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute(RECEIVED)
            return int(cursor.fetchone()[0])
    except DatabaseError:
        connections[alias].close()
        return None
