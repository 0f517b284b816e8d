"""The folder of the copy: exchanged in one step, so that a web server always finds a whole one.

copy -> .copy-7      a link, which is all that is exchanged; .copy-7 holds the pages
.copy-8              one that is being written, or that was broken off
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from resources.files import locked


class NotOurs(Exception):
    """The target holds something that is no copy."""


@contextmanager
def replaced(target: Path) -> Iterator[Path]:
    """An empty folder to write in. When all went well, the target is it, and what it was is gone.

    Raises `NotOurs`, and `files.Taken` where somebody else writes there.
    """
    target = target.absolute()
    with locked(target.parent, f".{target.name}.lock"):
        present = _present(target)
        _clear(target, present)
        number = int(present.name.rpartition("-")[2]) + 1 if present else 1
        fresh = target.parent / f".{target.name}-{number}"
        fresh.mkdir()
        try:
            yield fresh
            _exchange(target, fresh)
        finally:
            _clear(target, _present(target))


def _present(target: Path) -> Path | None:
    """The folder of the present copy; None where there is none yet. Raises `NotOurs`."""
    if target.is_symlink():
        present = target.parent / target.readlink()
        if present in _ours(target):
            return present
    elif not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return None
    raise NotOurs(
        f"{target} holds something else than a copy made by this command. Name a folder that is not"
        " there yet, is empty, or is such a copy."
    )


def _ours(target: Path) -> list[Path]:
    before = f".{target.name}-"
    return [
        path
        for path in target.parent.iterdir()
        if path.name.startswith(before) and path.name.removeprefix(before).isdecimal()
    ]


def _exchange(target: Path, fresh: Path) -> None:
    os.sync()  # a copy is thousands of files: all at once, before any is pointed to
    link = target.parent / f".{target.name}.link"
    link.unlink(missing_ok=True)
    link.symlink_to(fresh.name)
    if target.is_dir() and not target.is_symlink():
        target.rmdir()
    link.replace(target)


def _clear(target: Path, present: Path | None) -> None:
    for path in _ours(target):
        if path != present:
            shutil.rmtree(path)
