"""PostgreSQL clusters of the tests' own: gone when they are, or kept where they are large."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

HOW_TO_GET_IT = "On Debian and Ubuntu: apt-get install postgresql"

# Nothing here needs to survive a power cut. No address is listened on: the tests come by the socket
# file in the folder, so no port can be taken already.
OPTIONS = (
    "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off "
    "-c shared_buffers=64MB -c max_connections=50 -c unix_socket_directories={folder}"
)
# For data of many gigabytes that are kept: a share of the memory, as a server would have.
LARGE = OPTIONS.replace("shared_buffers=64MB", "shared_buffers=2GB -c maintenance_work_mem=1GB")


def programs() -> Path | None:
    """The folder of initdb and pg_ctl, the newest where there are several; None without."""
    found = shutil.which("pg_ctl")
    versions = Path("/usr/lib/postgresql").glob("*/bin/pg_ctl")
    newest = sorted(versions, key=lambda path: float(path.parts[-3]), reverse=True)
    candidates = [*([Path(found).resolve()] if found else []), *newest]
    return next((path.parent for path in candidates if (path.parent / "initdb").exists()), None)


@contextmanager
def cluster(programs: Path) -> Iterator[str]:
    """A running cluster; yields its DATABASE_URL. It is stopped and deleted whatever happens."""
    with _folder() as folder:
        data = folder / "data"
        init(programs, data)
        with _running(programs, data, folder, OPTIONS) as url:
            yield url


@contextmanager
def kept_cluster(programs: Path, data: Path) -> Iterator[str]:
    """A running cluster whose data are kept in the folder `data`, made there if it is empty."""
    if not (data / "PG_VERSION").exists():
        init(programs, data)
    with _folder() as folder, _running(programs, data, folder, LARGE) as url:
        yield url


@contextmanager
def folders(number: int) -> Iterator[list[Path]]:
    """So many folders that the servers' user may write in."""
    with ExitStack() as stack:
        yield [stack.enter_context(_folder()) for _number in range(number)]


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder for the socket, which has to have a short name."""
    folder = Path(tempfile.mkdtemp(prefix="directory-tests-", dir="/tmp"))
    owner = _unprivileged()
    if owner:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def init(programs: Path, data: Path) -> None:
    """Make an empty cluster in a folder."""
    owner = _unprivileged()
    if owner:
        data.mkdir(exist_ok=True)
        os.chown(data, owner.pw_uid, owner.pw_gid)
    _run(owner, programs / "initdb", "--pgdata", data, *INITDB)


def run_as_owner(*command: str | Path) -> None:
    """Run one of the servers' programs. Raises RuntimeError where it fails."""
    _run(_unprivileged(), *command)


@contextmanager
def _running(programs: Path, data: Path, folder: Path, options: str) -> Iterator[str]:
    owner = _unprivileged()
    start = ("start", "-w", "-D", data, "-l", folder / "log", "-o", options.format(folder=folder))
    try:
        _run(owner, programs / "pg_ctl", *start)
        yield f"postgres://postgres@/postgres?host={folder}"
    finally:
        _stop(owner, programs, data)


# C sorts by code point, as SQLite does, and is there on every system.
INITDB = (
    "--username=postgres",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C",
    "--no-sync",
    "--no-instructions",
)


def _stop(owner: pwd.struct_passwd | None, programs: Path, data: Path) -> None:
    """Nothing may break this off: a second Ctrl-C would leave a server behind."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        if (data / "postmaster.pid").exists():
            _run(owner, programs / "pg_ctl", "stop", "-m", "fast", "-D", data)
    finally:
        signal.signal(signal.SIGINT, before)


def _unprivileged() -> pwd.struct_passwd | None:
    """Whom to become, where this is root: PostgreSQL refuses to run as root. None for others."""
    if os.geteuid() != 0:
        return None
    users = {user.pw_name: user for user in pwd.getpwall()}
    return users.get("postgres") or users["nobody"]


def _run(owner: pwd.struct_passwd | None, *command: str | Path) -> None:
    """Run as that user, away from the terminal's signals; RuntimeError with what it said."""
    person = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}
    done = subprocess.run(
        command,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if "initdb" in str(command[0]) else subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        text=True,
        **person,  # type: ignore[call-overload]
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{done.stdout or ''}")
