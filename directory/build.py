"""Which code runs here: pages change when it does, and so must what tells one page from another."""

from __future__ import annotations

import datetime as dt
from functools import cache
from hashlib import blake2b
from pathlib import Path

from django.conf import settings

# What pages are made from besides the database: code, words, style, and the packages beneath.
FOLDERS = ("directory", "resources", "templates", "locale")
KINDS = frozenset({".py", ".html", ".txt", ".mo", ".css", ".js", ".svg", ".png", ".json"})
FILES = ("requirements.lock",)
# The settings that pages show, or that decide what day it is.
SHOWN = ("PUBLIC_URL", "TIME_ZONE", "CONTACT_EMAIL", "DEBUG")


@cache
def fingerprint() -> str:
    """The same in every process and on every machine that runs the same code with these settings.

    By content, not by time: machines are filled at different times. 5 MB are read once a process.
    """
    digest = blake2b(digest_size=8)
    for path in _files():
        digest.update(str(path.relative_to(settings.BASE_DIR)).encode())
        digest.update(blake2b(path.read_bytes()).digest())
    for name in SHOWN:
        digest.update(repr((name, getattr(settings, name, ""))).encode())
    return digest.hexdigest()


@cache
def came_at() -> dt.datetime:
    """When the newest of these files was put here."""
    newest = max(path.stat().st_mtime for path in _files())
    return dt.datetime.fromtimestamp(newest, dt.UTC)


def _files() -> list[Path]:
    root = Path(settings.BASE_DIR)
    own = (path for folder in FOLDERS for path in (root / folder).rglob("*"))
    found = [path for path in own if path.suffix in KINDS and "__pycache__" not in path.parts]
    return sorted([*found, *(root / name for name in FILES)])
