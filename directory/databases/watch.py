"""Which databases answer, and how far each replica has come.

A thread for each asks six times a second. A replica that has not answered for 0.6 seconds counts
as down, the primary after a second. A replica that takes connections and answers nothing would
hold up whoever waits for it: their connections to it are broken off, so that they ask another. Each
process watches for itself.
"""

from __future__ import annotations

import os
import random
import socket
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, MutableMapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from directory.databases.configuration import PRIMARY

EVERY = 0.15  # seconds between two looks at a database
UP_FOR = 0.6  # seconds that an answer counts; nobody waits longer for a replica that gives none
PRIMARY_UP_FOR = 1.0  # the same of the primary: where it seems down, what readers send is refused
# Seconds that a replica may be behind and still be read from: a change is to be seen in 60.
MOST_BEHIND = 10.0

# Where the write-ahead log has come to, in bytes.
LOOK = """
    SELECT (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
                 ELSE pg_current_wal_lsn() END - '0/0')::bigint
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a database answered: when (seconds of `time.monotonic`), and where its log is."""

    at: float
    position: int


class Watch:
    """What is known of the databases with these names, the one that is written to among them."""

    def __init__(self, aliases: Sequence[str], clock: Callable[[], float] = time.monotonic) -> None:
        self.replicas = [alias for alias in aliases if alias != PRIMARY]
        self._clock = clock
        self._seen: dict[str, Seen] = {}
        self._failed: set[str] = set()  # what broke off since it answered last
        # Where the primary was, and since when: as long as the slowest replica that counts needs.
        self._steps: deque[tuple[float, int]] = deque(maxlen=round(10 * MOST_BEHIND / EVERY))
        # Since when each connection is open.
        self._open: dict[str, MutableMapping[Any, float]] = defaultdict(WeakKeyDictionary)
        self._lock = threading.Lock()  # of the connections, which all threads open

    def saw(self, alias: str, position: int) -> None:
        """A database has answered."""
        now = self._clock()
        self._seen[alias] = Seen(now, position)
        self._failed.discard(alias)
        if alias == PRIMARY and (not self._steps or self._steps[-1][1] != position):
            self._steps.append((now, position))

    def failed(self, alias: str) -> None:
        """A database did not answer, or broke off: it counts as down until it answers again."""
        self._failed.add(alias)

    def is_up(self, alias: str) -> bool:
        """Whether it has answered lately, and nothing broke off since."""
        return alias not in self._failed and self._answers(alias)

    def _answers(self, alias: str) -> bool:
        seen = self._seen.get(alias)
        up_for = PRIMARY_UP_FOR if alias == PRIMARY else UP_FOR
        return seen is not None and self._clock() - seen.at <= up_for

    @property
    def can_write(self) -> bool:
        """Whether something can be saved now."""
        return not self.replicas or self.is_up(PRIMARY)

    def behind(self, alias: str) -> float:
        """For how many seconds at most a replica lacks something that the primary has."""
        seen = self._seen.get(alias)
        position = seen.position if seen else 0
        missed = (at for at, primary in tuple(self._steps) if primary > position)
        first = next(missed, None)
        return 0.0 if first is None else self._clock() - first

    def to_read(self) -> list[str]:
        """All databases, the one to ask first in front.

        Replicas that are current share the readers; then the primary; then those that are behind,
        which is better than nothing; and at last what seems to be down, as it may be up again.
        """
        replicas = random.sample(self.replicas, len(self.replicas))
        return sorted([*replicas, PRIMARY], key=self._rank)

    def _rank(self, alias: str) -> int:
        if not self.is_up(alias):
            return 3
        if alias == PRIMARY:
            return 1
        return 2 if self.behind(alias) > MOST_BEHIND else 0

    def wait_for_replicas(self, within: float = 1.0) -> bool:
        """Wait until all replicas that answer have what was saved until now; whether they have.

        No longer than `within` seconds.
        """
        saved = _position(PRIMARY)
        until = self._clock() + within
        while any(self._lacks(alias, saved) for alias in self.replicas):
            if self._clock() > until:
                return False
            time.sleep(0.02)
        return True

    def _lacks(self, alias: str, position: int) -> bool:
        seen = self._seen.get(alias)
        return seen is not None and self.is_up(alias) and seen.position < position

    def start(self) -> None:
        """Begin to watch, beside whatever this process does. Nothing is watched without replicas.

        Until they have been asked, all of them count as up.
        """
        if not self.replicas:
            return
        connection_created.connect(self._opened)
        for alias in (PRIMARY, *self.replicas):
            self._seen[alias] = Seen(self._clock(), 0)
            threading.Thread(target=self._keep_looking, args=(alias,), daemon=True).start()
        threading.Thread(target=self._keep_breaking_off, daemon=True).start()

    def _keep_looking(self, alias: str) -> None:
        while True:
            try:
                self.saw(alias, _position(alias))
            except Exception:  # whatever it is: it did not answer
                self.failed(alias)
            time.sleep(EVERY)

    def _opened(self, connection: BaseDatabaseWrapper, **_signal: Any) -> None:
        self.opened(connection.alias, connection.connection)

    def opened(self, alias: str, connection: Any) -> None:
        """A psycopg connection to a database was opened."""
        with self._lock:
            self._open[alias][connection] = self._clock()

    def _keep_breaking_off(self) -> None:
        while True:
            time.sleep(EVERY)
            self.break_off_silent()

    def break_off_silent(self) -> None:
        """Break off what waits for a replica that answers nothing, for as long as it does so.

        A new connection is given time: by one the replica is asked whether it answers again.
        """
        long_ago = self._clock() - UP_FOR
        for alias in self._silent():
            with self._lock:
                waiting = [one for one, since in self._open[alias].items() if since < long_ago]
            for connection in waiting:
                _break_off(connection)

    def _silent(self) -> list[str]:
        """The replicas that nobody should wait for, as another database would answer.

        Never the primary: nobody would know what became of what was being saved. What only broke
        off is not silent: a connection from before a restart does, and others may be sound.
        """
        silent = [
            alias for alias in self.replicas if alias in self._seen and not self._answers(alias)
        ]
        return silent if any(map(self.is_up, (PRIMARY, *self.replicas))) else []


def _position(alias: str) -> int:
    """Where a database's log has come to. Raises whatever is wrong with it."""
    connection = connections[alias]  # of this thread
    try:
        with connection.cursor() as cursor:
            cursor.execute(LOOK)
            (position,) = cursor.fetchone()
            return int(position)
    except Exception:
        connection.close()
        raise


def _break_off(connection: Any) -> None:
    """End a psycopg connection under whoever waits for it, who gets an OperationalError."""
    with suppress(Exception), socket.socket(fileno=os.dup(connection.fileno())) as wire:
        wire.shutdown(socket.SHUT_RDWR)  # fails where it is closed already


watch = Watch(list(connections))
