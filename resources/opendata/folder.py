"""The folder of published editions: what is listed in its index is whole, the rest is not there.

    editions.json                     the index: every edition, oldest first, with its files
    2026-11-27-edition-12-3f9c…/      an edition; the end of the name is the hash of its checksums

An edition is written under another name, brought to the disk, renamed, and only then listed. The
index is exchanged in one step. So whoever is stopped at any moment leaves what was there before;
what is not listed is cleared away by whoever comes next.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from resources.files import bring_to_disk

INDEX, SUMS = "editions.json", "SHA256SUMS"
# How the name of a folder begins in which an edition is being written.
DRAFT = ".draft"


@dataclass(frozen=True, slots=True)
class File:
    """A file of an edition: its name, its size in bytes, and its SHA-256 in hexadecimal."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Published:
    """An edition that is listed. `counts`: how many of what, by the name of the kind in HSDS."""

    name: str
    folder: str
    edition: int
    day: str
    files: tuple[File, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)

    def file(self, name: str) -> File | None:
        """The file of this name; None where the edition has none."""
        return next((file for file in self.files if file.name == name), None)


def listed(root: Path) -> list[Published]:
    """The published editions, oldest first; none where nothing was published yet."""
    try:
        rows = json.loads((root / INDEX).read_bytes())["editions"]
    except FileNotFoundError:
        return []
    return [_published(row) for row in rows]


def _published(row: Mapping[str, Any]) -> Published:
    files = tuple(File(**file) for file in row["files"])
    return Published(**{**row, "files": files})


@contextmanager
def draft(root: Path) -> Iterator[Path]:
    """An empty folder to write an edition in, gone again afterwards if it was not published."""
    clear(root)
    folder = root / DRAFT
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(
    root: Path,
    folder: Path,
    *,
    name: str,
    edition: int,
    day: str,
    counts: Mapping[str, int],
    keep: int,
) -> Published:
    """Make a draft the newest edition, in the place of one of the same name; keep the last ones.

    Adds the checksums of its files.
    """
    files = tuple(_file(path) for path in sorted(folder.iterdir()))
    sums = "".join(f"{file.sha256}  {file.name}\n" for file in files)
    (folder / SUMS).write_text(sums)
    found = Published(
        name=name,
        folder=f"{name}-{sha256(sums.encode()).hexdigest()[:12]}",
        edition=edition,
        day=day,
        files=(*files, _file(folder / SUMS)),
        counts=dict(counts),
    )
    if not (root / found.folder).exists():
        for path in (*folder.iterdir(), folder):
            bring_to_disk(path)
        folder.rename(root / found.folder)
        bring_to_disk(root)
    others = [one for one in listed(root) if one.name != name]
    _list(root, [*others, found][-keep:])
    clear(root)
    return found


def _file(path: Path) -> File:
    with path.open("rb") as file:
        return File(path.name, path.stat().st_size, file_digest(file, "sha256").hexdigest())


def _list(root: Path, editions: list[Published]) -> None:
    """Exchange the index."""
    fresh = root / f"{DRAFT}-{INDEX}"
    rows = {"editions": [asdict(one) for one in editions]}
    fresh.write_text(json.dumps(rows, indent=1) + "\n")
    bring_to_disk(fresh)
    fresh.replace(root / INDEX)
    bring_to_disk(root)


def clear(root: Path) -> None:
    """Take away every folder of an edition that is not listed."""
    known = {one.folder for one in listed(root)}
    for path in root.iterdir():
        is_ours = path.name.startswith(DRAFT) or "-edition-" in path.name
        if is_ours and path.is_dir() and path.name not in known:
            shutil.rmtree(path)
