"""A primary and replicas that follow it: real PostgreSQL servers, each in a folder of its own."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from tests import postgresql
from tests.served import PATIENCE, free_port

# What was acknowledged is on a replica too, as docs/replicas.md says for two of them.
TOGETHER = "-c synchronous_standby_names='ANY 1 (*)'"


class Server:
    """One server that is to be had by TCP, as from another machine."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs, self.folder = programs, folder
        self.data = folder / "data"
        self.port = free_port()
        self.url = f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def start(self, *options: str) -> None:
        """Start it, and wait until it can be read."""
        own = postgresql.OPTIONS.format(folder=self.folder)
        own = own.replace("listen_addresses=''", "listen_addresses=127.0.0.1")
        # Whoever else is there comes by the same port, and nobody has to wait for a password.
        told = " ".join((own, f"-c port={self.port}", "-c wal_keep_size=512MB", *options))
        log = self.folder / "log"
        self._pg_ctl("start", "-w", "-l", log, "-o", told)

    def kill(self) -> None:
        """As the loss of power would: at once, and nobody is told. Over once nothing is left of it.

        Until the system has let go of the first process, another one refuses to start in its place.
        """
        killed = self._processes()
        self._signal(signal.SIGKILL)
        until = time.monotonic() + PATIENCE
        while any(Path(f"/proc/{pid}").exists() for pid in killed):
            if time.monotonic() > until:
                raise RuntimeError(f"Of what was killed there is still some left: {killed}")
            time.sleep(0.02)

    def stop(self) -> None:
        """Stop it where it is running."""
        if self._processes():
            self.go_on()
            self._pg_ctl("stop", "-m", "immediate")

    def hang(self) -> None:
        """Take connections, and answer nothing any more."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Answer again."""
        self._signal(signal.SIGCONT)

    def ask(self, statement: str) -> object:
        """The one value that a statement gives, if it gives any."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            given = connection.execute(statement)
            row = given.fetchone() if given.description else None
            return row[0] if row else None

    def _signal(self, number: int) -> None:
        for pid in self._processes():
            with suppress(ProcessLookupError):
                os.kill(pid, number)

    def _processes(self) -> list[int]:
        """The first process and its children; none where it does not run."""
        try:
            leader = (self.data / "postmaster.pid").read_text().split()[0]
            children = Path(f"/proc/{leader}/task/{leader}/children").read_text()
        except FileNotFoundError:
            return []
        return [int(leader), *map(int, children.split())]

    def _pg_ctl(self, *arguments: str | Path) -> None:
        postgresql.run_as_owner(self.programs / "pg_ctl", "-D", self.data, *arguments)


@contextmanager
def primary_and_replicas(programs: Path, number: int) -> Iterator[list[Server]]:
    """A running primary and so many running replicas; all of it is gone afterwards."""
    servers: list[Server] = []
    with postgresql.folders(number + 1) as folders:
        try:
            for folder in folders:
                server = Server(programs, folder)
                if servers:
                    _follow(programs, server, servers[0])
                else:
                    postgresql.init(programs, server.data)
                servers.append(server)
                server.start(*(() if len(servers) > 1 else (TOGETHER,)))
            yield servers
        finally:
            for server in servers:
                server.stop()


def _follow(programs: Path, server: Server, primary: Server) -> None:
    """Copy the primary, in the words of docs/replicas.md."""
    postgresql.run_as_owner(
        programs / "pg_basebackup",
        *("-h", "127.0.0.1", "-p", str(primary.port), "-U", "postgres"),
        *("-D", server.data, "-R", "-X", "stream", "--checkpoint=fast", "--no-sync"),
    )
