"""The web server: `python -m directory.serve`.

HOST and PORT say where, WORKERS and THREADS how many. SQLite has one writer at a time, so one
process with several threads suits it; PostgreSQL serves one worker for each core.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import environ
from django.utils.module_loading import import_string
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from directory.logs import ACCESS_FORMAT, private_config

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

env = environ.Env()


def serve(host: str, port: int) -> None:
    """Serve until told to stop."""
    Granian(
        "directory.wsgi:application",
        interface=Interfaces.WSGI,
        address=host,
        port=port,
        workers=env.int("WORKERS", default=1),
        blocking_threads=env.int("THREADS", default=4),
        blocking_threads_idle_timeout=600,  # a thread keeps its database connection while it lives
        websockets=False,
        log_level=LogLevels.warning,
        log_dictconfig=private_config("WARNING"),
        log_access=env.bool("ACCESS_LOG", default=True),
        log_access_format=ACCESS_FORMAT,
        workers_kill_timeout=10,
        respawn_failed_workers=True,  # one that was killed is replaced, and the others go on
    ).serve(target_loader=load)


def load(target: str) -> WSGIApplication:
    """The application, in a worker that leaves Ctrl-C to its parent.

    A terminal sends Ctrl-C to both, and the parent then ends its workers: a worker that is told
    twice at once hangs in about half of all cases (Granian 2.8.7).
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    application: WSGIApplication = import_string(target.replace(":", "."))
    # What is there now stays: to look through it for garbage took a fifth of a long stream.
    gc.collect()
    gc.freeze()
    return application


@contextmanager
def counting_together() -> Iterator[None]:
    """Give the workers a folder to count in, where somebody may ask: `directory.measuring`.

    It has to be known before prometheus-client is imported, and is gone with this process.
    """
    if not env.str("METRICS_TOKEN", default=""):
        yield
        return
    # systemd's RuntimeDirectory is memory: on a full disk a mapped file ends whoever writes to it.
    within = env.str("RUNTIME_DIRECTORY", default="") or None
    with TemporaryDirectory(prefix="directory-metrics-", dir=within) as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        yield


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen there now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def main() -> None:
    """Serve where HOST and PORT say, or say why not. With `--check`, only the latter."""
    host, port = env.str("HOST", default="127.0.0.1"), env.int("PORT", default=8000)
    if not is_free(host, port):
        sys.exit(f"Port {port} is in use. Choose another: make run PORT={port + 1}")
    if sys.argv[1:] != ["--check"]:
        sys.stdout.write(f"Serving the directory on http://localhost:{port} (Ctrl-C ends it)\n")
        sys.stdout.flush()
        with counting_together():
            serve(host, port)


if __name__ == "__main__":
    main()
