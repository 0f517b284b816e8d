"""Whether every pin of requirements.lock is the newest patch of its series: `make check-pins`.

It asks the package index, by uv and pip, for the newest of each series that fits beside the others.
Django is besides no older than the newest release that Django's own notes call a security release.
"""

from __future__ import annotations

import re
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from scripts.lock import LOCK, OPTIONS, run, visitor

_PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)
_NOTE = re.compile(r"docs/releases/(\d+\.\d+(?:\.\d+)?)\.txt$")
# "Django 5.2.8 fixes one security issue with severity "high", one with ..." in its first lines.
_SECURITY = re.compile(r"^Django [\d.]+ fixes\b.*?\bsecurity\s+issues?\b", re.DOTALL | re.MULTILINE)
_HEAD = 1500  # characters of a note: its title and what it says of itself


def main() -> None:
    """Name what is older than it could be, and stop with 1; or say that nothing is."""
    pinned = pins(LOCK.read_text())
    with visitor("uv") as bin_, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        series, newest = folder / "series.txt", folder / "newest.lock"
        series.write_text("".join(f"{line}\n" for line in constraints(pinned)))
        compiled = ("--constraint", series, "--output-file", newest)
        run(bin_ / "uv", "pip", "compile", "pyproject.toml", *OPTIONS, *compiled)
        django = f"django=={series_of(pinned['django'])}.*"
        sdist = ("--quiet", "--disable-pip-version-check", "--no-deps", "--no-binary", ":all:")
        run(bin_ / "pip", "download", *sdist, "--dest", folder, django)
        found = [
            *stale(pinned, pins(newest.read_text())),
            *unsafe_django(pinned["django"], notes_in(next(folder.glob("*jango-*.tar.gz")))),
        ]
    if found:
        sys.exit(
            "\n".join([*found, "Renew them (make lock), and rehearse it: make rehearse-patch"])
        )
    print(f"All {len(pinned)} pins are the newest patch of their series.")


def pins(lock: str) -> dict[str, str]:
    """Name and version of everything that the text of a lock pins."""
    return dict(_PIN.findall(lock))


def series_of(version: str) -> str:
    """The first two numbers of a version: patches differ behind them."""
    return ".".join([*version.split("."), "0"][:2])


def constraints(pinned: Mapping[str, str]) -> Iterator[str]:
    """A line for each pin that allows its own series alone."""
    for name, version in pinned.items():
        yield f"{name}=={series_of(version)}.*"


def stale(pinned: Mapping[str, str], newest: Mapping[str, str]) -> Iterator[str]:
    """A sentence for each pin of which its series has something newer."""
    for name, version in pinned.items():
        if newest.get(name, version) != version:
            yield f"{name} is {version}, and {newest[name]} is there."


def notes_in(sdist: Path) -> Iterator[tuple[str, str]]:
    """Each release and the head of its notes, from Django's source distribution; not unpacked."""
    with tarfile.open(sdist) as archive:
        for member in archive:
            named = _NOTE.search(member.name)
            file = archive.extractfile(member) if named else None
            if named and file:
                yield named[1], file.read(_HEAD).decode()


def unsafe_django(pinned: str, notes: Iterable[tuple[str, str]]) -> Iterator[str]:
    """A sentence where Django's notes know a newer security release of the pinned series.

    Raises `ValueError` where they know none at all: then they are no longer read rightly.
    """
    releases = [
        _numbers(version)
        for version, note in notes
        if series_of(version) == series_of(pinned) and _SECURITY.search(note)
    ]
    newest = max(releases)
    if _numbers(pinned) < newest:
        yield f"Django is {pinned}, and {'.'.join(map(str, newest))} was a security release."


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in version.split("."))


if __name__ == "__main__":
    main()
