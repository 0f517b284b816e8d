from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from directory.serve import is_free
from tests.directory.trouble import CANARY

pytestmark = pytest.mark.server

BROKEN = b"GET /%ff%00?q=canary-7f3a HTTP/1.1\r\nHost: canary-7f3a.example\r\n\r\n"


class Server:
    """A web server of its own, that runs `python -m directory.serve` with the tests' addresses."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.log = folder / "log"
        environment = {
            **os.environ,
            "PORT": str(self.port),
            "DJANGO_SETTINGS_MODULE": "tests.directory.trouble_settings",
            "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        }
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "directory.serve"],
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def request(self, method: str, address: str, **more: Any) -> int:
        """Ask for a page; its status."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=20)) as connection:
            connection.request(method, address, **more)
            with connection.getresponse() as response:
                response.read()
                return response.status

    def wait(self) -> None:
        """Wait until it answers."""
        for _ in range(400):
            try:
                assert self.request("GET", "/healthz") == 200
                return
            except OSError:
                time.sleep(0.05)
        raise AssertionError(self.log.read_text())

    def stop(self) -> None:
        """End it as Ctrl-C in a terminal does: parent and worker are told at once."""
        os.killpg(self.process.pid, signal.SIGINT)
        self.process.wait(timeout=8)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started = Server(tmp_path_factory.mktemp("server"))
    try:
        yield started
    finally:
        if started.process.poll() is None:
            os.killpg(started.process.pid, signal.SIGKILL)
            started.process.wait()


def test_a_worker_that_is_killed_is_replaced(server: Server) -> None:
    server.wait()
    (worker,) = workers_of(server.process.pid)
    os.kill(worker, signal.SIGKILL)
    server.wait()
    assert workers_of(server.process.pid) != [worker]


def workers_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_it_logs_no_query_form_message_or_address_and_ends_with_ctrl_c(server: Server) -> None:
    server.wait()
    form = {"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-For": "203.0.113.77"}
    assert server.request("GET", f"/read?q={CANARY}") == 200
    assert server.request("GET", f"/crash?q={CANARY}") == 500
    assert server.request("GET", "/read%0Aa-line-of-its-own") in (404, 503)
    assert server.request("GET", f"/nowhere?q={CANARY}") in (404, 503)  # the database is empty
    assert server.request("POST", f"/form?q={CANARY}", body=f"name={CANARY}", headers=form) == 200
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as raw:
        raw.sendall(BROKEN)
        assert raw.recv(100).startswith(b"HTTP/1.1 ")
    server.stop()
    log = server.log.read_text()
    assert '"GET /crash HTTP/1.1" 500' in log
    assert "in _crash" in log
    assert "\na-line-of-its-own" not in log
    assert "builtins.RuntimeError" in log
    assert CANARY not in log
    assert "203.0.113" not in log


def test_it_says_in_a_sentence_that_a_port_is_taken() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        run = subprocess.run(
            [sys.executable, "-m", "directory.serve", "--check"],
            env={**os.environ, "PORT": str(port)},
            capture_output=True,
            text=True,
        )
        assert run.returncode == 1
        assert run.stderr == f"Port {port} is in use. Choose another: make run PORT={port + 1}\n"
    assert is_free("127.0.0.1", port)
