"""The folder of the backups: each is a folder that is there as a whole, or not there.

    2026-11-27T021500Z/
      manifest.json             what is in it, without anything about a person
      directory.dump.age        the database
      checked.json              when it was last opened, restored, and every table compared

It is written under another name, brought to the disk, and renamed. What was broken off is cleared
away by whoever comes next.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from hashlib import file_digest
from pathlib import Path
from typing import Any

from resources.backups.picture import Unsound
from resources.backups.sums import Sum
from resources.files import bring_to_disk

MANIFEST, CHECKED, DRAFT = "manifest.json", "checked.json", ".draft"
NAMED = "%Y-%m-%dT%H%M%SZ"
FORMAT = 1


@dataclass(frozen=True)
class Manifest:
    """What is known of a backup without opening it.

    `made_at` in ISO 8601; `kind`: of database; `way` and `recipients`: how it is encrypted, and to
    which public keys; `size` and `sha256` of the file; `plain_sha256` of what was encrypted;
    `tables`: of each what `sums.Sum` says.
    """

    made_at: str
    kind: str
    edition: int
    migrations: tuple[str, ...]
    way: str
    recipients: tuple[str, ...]
    file: str
    size: int
    sha256: str
    plain_sha256: str
    tables: dict[str, Sum] = field(default_factory=dict)
    format: int = FORMAT


@dataclass(frozen=True)
class Backup:
    """One that is whole. `checked_at`: when it was last restored and compared; None: never."""

    path: Path
    manifest: Manifest
    checked_at: dt.datetime | None

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def made_at(self) -> dt.datetime:
        return dt.datetime.fromisoformat(self.manifest.made_at)

    @property
    def file(self) -> Path:
        return self.path / self.manifest.file

    def refuse_if_damaged(self) -> None:
        """Raise `Unsound` unless the file is, to the last byte, the one that was written."""
        if not self.file.exists():
            raise Unsound(f"{self.file} is not there. Copy the whole folder again.")
        if (self.file.stat().st_size, _sha256(self.file)) != (
            self.manifest.size,
            self.manifest.sha256,
        ):
            raise Unsound(
                f"{self.file} is damaged or cut off: it is not what its manifest says. Copy it"
                " again, or take another backup."
            )


def listed(root: Path) -> list[Backup]:
    """The backups that are whole, newest first: by edition, then by the clock, which may be wrong.

    Raises `PermissionError` where the folder cannot be read.
    """
    if not root.exists():
        return []
    paths = (path for path in root.iterdir() if not path.name.startswith("."))
    whole = [backup for path in paths if (backup := _read(path))]
    return sorted(whole, key=lambda one: (one.manifest.edition, one.made_at), reverse=True)


def _read(path: Path) -> Backup | None:
    """The backup in a folder; None where it is none, or not one of this program."""
    try:
        said: dict[str, Any] = json.loads((path / MANIFEST).read_bytes())
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    if said.get("format") != FORMAT:
        return None
    said |= {name: tuple(said[name]) for name in ("migrations", "recipients")}
    said["tables"] = {name: Sum(**each) for name, each in said["tables"].items()}
    return Backup(path, Manifest(**said), _checked_at(path / CHECKED))


def _checked_at(path: Path) -> dt.datetime | None:
    """When it was restored and compared; None where no note says so, or one that cannot be read."""
    try:
        return dt.datetime.fromisoformat(json.loads(path.read_bytes())["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


@contextmanager
def draft(root: Path) -> Iterator[Path]:
    """An empty folder to write in, gone again afterwards if it was not published."""
    folder = root / DRAFT
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(root: Path, folder: Path, manifest: Manifest) -> Backup:
    """Make a draft a backup, named by when it was made."""
    (folder / MANIFEST).write_text(json.dumps(asdict(manifest), indent=1) + "\n")
    for path in (*folder.iterdir(), folder):
        bring_to_disk(path)
    whole = root / f"{dt.datetime.fromisoformat(manifest.made_at):{NAMED}}"
    folder.rename(whole)
    bring_to_disk(root)
    return Backup(whole, manifest, checked_at=None)


def forget_old(root: Path, keep: int, newest: Backup) -> list[str]:
    """Delete all but the newest ones; returns the names of those deleted.

    The one just made stays whatever the clock says, and so does the newest that was ever restored
    and compared: of all others it is only hoped that they can be opened.
    """
    known = listed(root)
    kept = {backup.name for backup in known[:keep]} | {newest.name}
    kept |= {next((backup.name for backup in known if backup.checked_at), newest.name)}
    old = [backup for backup in known if backup.name not in kept]
    for backup in old:
        (backup.path / MANIFEST).unlink()  # from now on it is no backup, wherever this is stopped
        shutil.rmtree(backup.path)
    return [backup.name for backup in old]


def note_check(backup: Backup, at: dt.datetime) -> None:
    """Write beside a backup that it was restored and compared."""
    fresh = backup.path / f".{CHECKED}"
    fresh.write_text(json.dumps({"at": at.isoformat(), "sha256": backup.manifest.sha256}) + "\n")
    fresh.chmod(0o600)
    fresh.replace(backup.path / CHECKED)


def describe(path: Path) -> tuple[int, str]:
    """Size in bytes and SHA-256 of a file."""
    return path.stat().st_size, _sha256(path)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
