"""What whoever writes whole folders needs: to be alone there, and to have it on the disk."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK = ".lock"


class Taken(Exception):
    """Somebody else is writing in this folder."""


@contextmanager
def locked(root: Path, name: str = LOCK) -> Iterator[None]:
    """Keep all others from writing here; the system lets go of it where a process is killed.

    `name`: of the file that stands for the right to write.

    Raises `Taken` where somebody else is at it.
    """
    root.mkdir(parents=True, exist_ok=True)
    with (root / name).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Taken(
                f"Somebody else is writing in {root}. Try again when that is done."
            ) from None
        yield


def bring_to_disk(path: Path) -> None:
    """Have the system write what it still holds of a file or of the names in a folder."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
