"""How `make check-pins` reads what the index and Django's notes say; it is asked by no test."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from scripts.lock import LOCK
from scripts.pins import constraints, notes_in, pins, series_of, stale, unsafe_django

SOME = """\
django==5.2.8 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
psycopg[binary]==3.2.9 ; python_full_version < '3.15' \\
    --hash=sha256:cc
setuptools==80.9.0
"""
NOTE = "==\nDjango {0} release notes\n==\n\n*May 1, 2026*\n\nDjango {0} fixes {1} in {2}.\n"
ONE = 'one security issue with severity "high", one security\nissue with severity "low"'
NOTES = [
    ("5.2.7", NOTE.format("5.2.7", "a security issue", "5.2.6")),
    ("5.2.9", NOTE.format("5.2.9", "several bugs", "5.2.8")),
    ("5.2.10", NOTE.format("5.2.10", ONE, "5.2.9")),
    ("5.2.11", NOTE.format("5.2.11", "several bugs", "5.2.10")),
    ("6.0.3", NOTE.format("6.0.3", ONE, "6.0.2")),
    ("5.2", "Django 5.2 release notes\n\nWelcome to Django 5.2! ... fixes a security issue"),
]


def test_it_reads_every_pin_of_a_lock() -> None:
    assert pins(SOME) == {"django": "5.2.8", "psycopg": "3.2.9", "setuptools": "80.9.0"}
    lock = LOCK.read_text()
    assert len(pins(lock)) == sum("==" in line[:60] and line[0] != " " for line in lock.split("\n"))


@pytest.mark.parametrize(
    ("version", "series"),
    [("5.2.8", "5.2"), ("2026.6", "2026.6"), ("9", "9.0"), ("6.0.12.1", "6.0")],
)
def test_patches_differ_behind_the_second_number(version: str, series: str) -> None:
    assert series_of(version) == series
    assert list(constraints({"some": version})) == [f"some=={series}.*"]


def test_it_names_what_has_a_newer_patch() -> None:
    newest = {"django": "5.2.8", "psycopg": "3.2.13", "new": "1.0"}

    assert list(stale(pins(SOME), newest)) == ["psycopg is 3.2.9, and 3.2.13 is there."]


@pytest.mark.parametrize(
    ("pinned", "found"),
    [
        ("5.2.9", ["Django is 5.2.9, and 5.2.10 was a security release."]),
        ("5.2.10", []),
        ("5.2.11", []),
    ],
)
def test_it_knows_djangos_last_security_release(pinned: str, found: list[str]) -> None:
    assert list(unsafe_django(pinned, NOTES)) == found


def test_it_does_not_pass_where_the_notes_are_written_otherwise() -> None:
    with pytest.raises(ValueError, match="empty"):
        list(unsafe_django("5.2.8", [("5.2.8", "Some new wording.")]))


def test_it_takes_the_notes_out_of_a_source_distribution(tmp_path: Path) -> None:
    sdist = tmp_path / "django-5.2.10.tar.gz"
    with tarfile.open(sdist, "w:gz") as archive:
        for name in ("docs/releases/5.2.10.txt", "docs/releases/security.txt", "setup.py"):
            member = tarfile.TarInfo(f"django-5.2.10/{name}")
            member.size = 4
            archive.addfile(member, io.BytesIO(b"Note"))

    assert list(notes_in(sdist)) == [("5.2.10", "Note")]
