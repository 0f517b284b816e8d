"""The site as it is in production: a web server process, with a database and files of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60  # seconds that a start may take on a busy machine


class Served:
    """One site. It is prepared and started when it is first asked for, and stopped with `stop`."""

    def __init__(
        self,
        folder: Path,
        database_url: str,
        *,
        root: Path = ROOT,
        python: Path = Path(sys.executable),
        **environment: str,
    ) -> None:
        self.root, self.python = root, python  # the code that is served, and what runs it
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "log"
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.served_settings",
            "DATABASE_URL": database_url,
            "SERVED_STATIC": str(folder / "static"),
            "DATA_FOLDER": str(folder / "data"),
            "SECRET_KEY": "only for tests, of a server that nobody else can reach",
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            **environment,
        }
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The server's process, whose children are its workers; None while nothing is served."""
        return self._process.pid if self._process else None

    def manage(self, *arguments: str, **environment: str) -> str:
        """What a management command says. Raises `CalledProcessError` where it fails."""
        done = self.run(*arguments, **environment)
        done.check_returncode()
        return done.stdout

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """A management command, however it ended."""
        return subprocess.run(
            [self.python, "manage.py", *arguments],
            cwd=self.root,
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
        )

    def prepare(self) -> None:
        """Make the database, fill it with the starter data, collect the static files."""
        self.manage("prepare")

    def start(self) -> None:
        """Serve, unless it is being served already. Raises `RuntimeError` with the log."""
        if self._process is not None:
            return
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [self.python, "-m", "directory.serve"],
                cwd=self.root,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait()

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while self._process and self._process.poll() is None and time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        self.stop()
        raise RuntimeError(f"The server did not start:\n{self.log.read_text()}")

    def kill(self) -> None:
        """End the server and its workers as the loss of power would: at once, told nothing."""
        process, self._process = self._process, None
        if process is not None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def stop(self) -> None:
        """End the server, its workers included."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def database(folder: Path) -> Iterator[str]:
    """The DATABASE_URL of an empty database of the kind that the tests run on, gone afterwards."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder / 'db.sqlite3'}"
        return
    url, name = os.environ["DATABASE_URL"], f"served_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield _with_name(url, name)
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _with_name(url: str, name: str) -> str:
    """The same address with another database: `postgres://user@host/name?options`."""
    address, mark, options = url.partition("?")
    return f"{address.rpartition('/')[0]}/{name}{mark}{options}"
