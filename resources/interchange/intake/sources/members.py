"""The files that a path holds: itself, those of a folder, those of a zip, as streams.

Nothing is unpacked to disk. What a zip claims is held to the bounds before anything of it is read,
and no more than that is ever unpacked (zipfile stops there).
"""

from __future__ import annotations

import gzip
import os
import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO

from resources.interchange.intake.sources.bounds import (
    MOST_BYTES,
    MOST_MEMBERS,
    MOST_RATIO,
    SMALL,
)
from resources.interchange.intake.sources.letters import BROKEN
from resources.interchange.refusal import Problem, Refused

ZIPS, GZIP = (b"PK\x03\x04", b"PK\x05\x06"), b"\x1f\x8b"
ENCRYPTED = 0x1
NESTED = (".zip", ".tar", ".tgz", ".7z", ".rar")


@dataclass(frozen=True, slots=True)
class Member:
    """One file: how messages name it, its size in bytes where that is known, and how to read it."""

    name: str
    size: int | None
    open: Callable[[], IO[bytes]]

    @property
    def stem(self) -> str:
        """Its name without folder and endings, in lower case."""
        return PurePosixPath(self.name).name.lower().partition(".")[0]

    @property
    def ending(self) -> str:
        """The last ending of its name, in lower case; what is packed is named by what it holds."""
        return PurePosixPath(self.name.lower().removesuffix(".gz")).suffix


@contextmanager
def members_of(path: Path) -> Iterator[list[Member]]:
    """What there is to read, in the order of the names, while it is open. Raises `Refused`."""
    try:
        found = _of_folder(path) if path.is_dir() else [_single(path, path.name)]
        is_zip = not path.is_dir() and _begins(path).startswith(ZIPS)
    except OSError as error:
        raise _refused(path.name, f"It cannot be read: {error.strerror}.") from None
    if not is_zip:
        yield found
        return
    try:
        archive = zipfile.ZipFile(path)
    except BROKEN as error:
        cure = f"The zip is damaged or cut off ({error}). Fetch it again."
        raise _refused(path.name, cure) from None
    with archive:
        yield _of_zip(archive, path)


def _begins(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4)


def _single(path: Path, name: str) -> Member:
    """A file on its own. Raises `Refused` for what is none, and `OSError`."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise _refused(name, "This is no file. Give a file, a folder, a zip or an address.")
    begins = _begins(path)
    if begins.startswith(GZIP):
        return Member(name, None, partial(_unpacked, path))
    return Member(name, path.stat().st_size, lambda: path.open("rb"))


def _unpacked(path: Path) -> IO[bytes]:
    return Measured(path)  # type: ignore[return-value]  # it is read like any file


class Measured(gzip.GzipFile):
    """A gzip file that is held to the ratio while it is read. Raises `OSError` beyond it."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "rb")
        self._left = max(SMALL, path.stat().st_size * MOST_RATIO)

    def read(self, size: int | None = -1) -> bytes:
        """Some bytes, none at the end."""
        piece = super().read(size)
        self._left -= len(piece)
        if self._left < 0:
            raise OSError(f"it unpacks to more than {MOST_RATIO} times its size")
        return piece


def _of_folder(folder: Path) -> list[Member]:
    found: list[Member] = []
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _is_of_system(name))
        for name in sorted(filter(lambda name: not _is_of_system(name), (*folders, *names))):
            path = Path(base, name)
            label = path.relative_to(folder).as_posix()
            if path.is_symlink():
                cure = "This is a link to another place, which is not followed. Put a copy there."
                raise _refused(label, cure)
            if name in folders or not path.is_file():
                continue
            _refuse_nested(label)
            found.append(_single(path, label))
            if len(found) > MOST_MEMBERS:
                raise _refused(folder.name, _too_many())
    return found


def _of_zip(archive: zipfile.ZipFile, path: Path) -> list[Member]:
    members = [each for each in archive.infolist() if not each.is_dir()]
    if len(members) > MOST_MEMBERS:
        raise _refused(path.name, _too_many())
    if sum(each.file_size for each in members) > MOST_BYTES:
        raise _refused(path.name, f"Unpacked, it is larger than {MOST_BYTES // 2**30} GB.")
    for each in members:
        _look_at(each)
    return [
        Member(each.filename, each.file_size, partial(archive.open, each))
        for each in sorted(members, key=lambda each: each.filename)
        if not any(map(_is_of_system, PurePosixPath(each.filename).parts))
    ]


def _look_at(member: zipfile.ZipInfo) -> None:
    """Refuse what no honest program puts into a zip of data. Raises `Refused`."""
    name = member.filename
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if ".." in parts or name.startswith(("/", "\\")) or ":" in parts[0]:
        raise _refused(name[:200], "Its name leads out of the zip. Make the zip anew.")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise _refused(name, "This is a link, not a file. Put the file itself into the zip.")
    if member.flag_bits & ENCRYPTED:
        raise _refused(name, "It has a password. Make the zip without one.")
    if member.file_size > SMALL and member.file_size > MOST_RATIO * max(member.compress_size, 1):
        cure = f"It unpacks to more than {MOST_RATIO} times its size, as no data does."
        raise _refused(name, cure)
    _refuse_nested(name)


def _refuse_nested(name: str) -> None:
    if name.lower().endswith(NESTED):
        cure = "Packed files inside others are not read. Unpack it, and give it by itself."
        raise _refused(name, cure)


def _is_of_system(name: str) -> bool:
    """Whether a system put it there, such as ".DS_Store"."""
    return name.startswith(".") or name == "__MACOSX"


def _too_many() -> str:
    return f"There are more than {MOST_MEMBERS:,} files in it. Give only those of HSDS."


def _refused(name: str, cure: str) -> Refused:
    return Refused([Problem(name, "", "", cure)])
