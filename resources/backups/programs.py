"""Runs other programs in a row of pipes. One that does not end well is an error with its words."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO, Any

from resources.backups.picture import Refused

PACKAGES = {"age": "age", "gpg": "gnupg"}  # in Debian; all else here is PostgreSQL's
CHUNK = 2**20  # bytes
MOST_SAID = 600  # characters of what a program said
A_MOMENT = 1  # seconds in which a program that broke a pipe has said why


class ProgramFailed(Refused):
    """A program is missing, or did not end well; the sentence says which, and what it said."""


@contextmanager
def fed(
    command: Sequence[str], *, stdout: IO[Any] | int, env: Mapping[str, str] | None = None
) -> Iterator[IO[bytes]]:
    """What is written here goes into the program. When all is, it has to end well."""
    with _running(command, stdin=subprocess.PIPE, stdout=stdout, env=env) as program:
        stdin: Any = program.process.stdin
        try:
            yield stdin
            stdin.close()
        except BrokenPipeError:
            program.expect_good()
            raise ProgramFailed(f"{command[0]} ended too early.") from None
        finally:
            with suppress(BrokenPipeError):
                stdin.close()
        program.expect_good()


@contextmanager
def read_from(
    command: Sequence[str],
    *,
    stdin: IO[Any] | int = subprocess.DEVNULL,
    env: Mapping[str, str] | None = None,
) -> Iterator[Iterator[bytes]]:
    """What the program writes, piece by piece. After the last, it has to have ended well."""
    with _running(command, stdin=stdin, stdout=subprocess.PIPE, env=env) as program:
        stdout: Any = program.process.stdout
        with stdout:
            yield _to_the_end(program, stdout)


def run(command: Sequence[str]) -> bytes:
    """What the program says."""
    with read_from(command) as said:
        return b"".join(said)


def pieces(file: IO[bytes]) -> Iterator[bytes]:
    """A file from where it stands to its end."""
    while piece := file.read(CHUNK):
        yield piece


@dataclass(frozen=True)
class _Program:
    name: str
    process: subprocess.Popen[bytes]
    complaints: IO[bytes]

    def expect_good(self) -> None:
        """Raise `ProgramFailed` unless it ends well."""
        if self.process.wait():
            self.complaints.seek(0)
            said = self.complaints.read().decode(errors="replace").strip()
            code = self.process.returncode
            raise ProgramFailed(f"{self.name} failed ({code}): {said[:MOST_SAID]}")


def _to_the_end(program: _Program, stdout: IO[bytes]) -> Iterator[bytes]:
    yield from pieces(stdout)
    program.expect_good()


@contextmanager
def _running(
    command: Sequence[str], *, stdin: Any, stdout: Any, env: Mapping[str, str] | None
) -> Iterator[_Program]:
    """A program that is gone afterwards.

    Where the next in the row failed because this one had ended, it is this one that says why.
    """
    name = command[0]
    if shutil.which(name) is None:
        package = PACKAGES.get(name, "postgresql-client")
        raise ProgramFailed(f"There is no {name}. On Debian: apt-get install {package}")
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(  # noqa: S603 (the programs are those of this package)
            command,
            stdin=stdin,
            stdout=stdout,
            stderr=complaints,
            env={**os.environ, **(env or {})},
        )
        program = _Program(name, process, complaints)
        try:
            yield program
        except ProgramFailed:
            with suppress(subprocess.TimeoutExpired):
                if process.wait(A_MOMENT) > 0:
                    program.expect_good()
            raise
        finally:
            process.kill()
            process.wait()
