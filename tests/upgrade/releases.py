"""The release before this one, and its code in a folder of its own."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.served import ROOT

MIGRATIONS = "resources/migrations"


def present() -> str:
    """The commit whose code this is, but for what was changed since."""
    return _git("rev-parse", "HEAD")


def previous() -> str:
    """The newest tag before the present commit; without tags, what stood before the last migration.

    That is the parent of the last commit that touched migrations: the newest code whose schema is
    another one. Raises `CalledProcessError` where this is no checkout with its history.
    """
    described = _git("describe", "--tags", "--abbrev=0", "HEAD^", may_fail=True)
    return described or before(MIGRATIONS)


def before(path: str) -> str:
    """The commit before the last one that touched a path."""
    return _git("rev-parse", f"{_git('log', '-1', '--format=%H', '--', path)}^")


def before_first(migration: str) -> str:
    """The commit before the one that brought a migration, such as `0006`."""
    added = _git(
        *("log", "--diff-filter=A", "--format=%H", "--", f"{MIGRATIONS}/{migration}_*.py")
    ).splitlines()
    return _git("rev-parse", f"{added[-1]}^")


@contextmanager
def code_of(commit: str, place: Path) -> Iterator[Path]:
    """The code as a commit had it, in a folder that is made for it and gone afterwards."""
    _git("worktree", "add", "--detach", "--quiet", str(place), commit)
    try:
        yield place
    finally:
        _git("worktree", "remove", "--force", str(place))


def short(commit: str) -> str:
    """A commit as people name it: its number and its subject."""
    return _git("log", "-1", "--format=%h %s", commit)


def _git(*arguments: str, may_fail: bool = False) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=not may_fail
    )
    return done.stdout.strip()
