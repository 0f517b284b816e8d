"""Compressed files that are the same to the byte whenever they are made of the same."""

from __future__ import annotations

import datetime as dt
import gzip
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# Where a member of a zip needs the larger form. Below it, old programs can read it too.
LARGE = 2**31 - 1
LEVEL = 6
UNIX, PLAIN_FILE = 3, 0o100644 << 16


@contextmanager
def gzipped(path: Path) -> Iterator[IO[bytes]]:
    """A gzip file to write to, without the name or the time of its making."""
    with (
        path.open("wb") as raw,
        gzip.GzipFile("", "wb", compresslevel=LEVEL, fileobj=raw, mtime=0) as file,
    ):
        yield file  # type: ignore[misc]  # it is written to like any file


def zipped(path: Path, day: dt.date, texts: Mapping[str, str], files: Mapping[str, Path]) -> None:
    """A zip of texts and of files, by their names in it; all of this day. The files are used up."""
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        for name, text in texts.items():
            archive.writestr(_member(name, day), text, ZIP_DEFLATED, LEVEL)
        for name, file in files.items():
            is_large = file.stat().st_size > LARGE
            with (
                file.open("rb") as source,
                archive.open(_member(name, day), "w", force_zip64=is_large) as target,
            ):
                shutil.copyfileobj(source, target, 2**20)
            file.unlink()


def _member(name: str, day: dt.date) -> ZipInfo:
    info = ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
    info.compress_type, info.external_attr, info.create_system = ZIP_DEFLATED, PLAIN_FILE, UNIX
    info._compresslevel = LEVEL  # type: ignore[attr-defined]  # for `open`, which takes no level
    return info
