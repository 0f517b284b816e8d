"""Made directories are kept, and made anew when they are no longer right."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench import kept


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(kept, "FOLDER", tmp_path / "kept")
    return tmp_path / "kept"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "db.sqlite3"


def put(database: Path) -> list[str]:
    """Put the starter into a file; what was told meanwhile."""
    told: list[str] = []
    database.unlink(missing_ok=True)
    kept.in_sqlite("starter", database, lambda: _fill(database), told.append)
    assert database.read_text() == "made"
    return told


def _fill(database: Path) -> None:
    database.write_text("made")


def test_a_directory_is_made_once(database: Path) -> None:
    assert [len(put(database)), len(put(database))] == [1, 0]


def test_it_is_made_anew_from_other_sources(
    database: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(database)
    monkeypatch.setattr(kept, "SOURCES", ("models",))

    assert len(put(database)) == 1
    assert len(list(folder.iterdir())) == 1
