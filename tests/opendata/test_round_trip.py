"""Published, taken in by an empty directory, published there: the same, but for dates."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from tests.served import Served

pytestmark = pytest.mark.server

# When something was changed, and which edition of which day it is, are a directory's own.
DATES = re.compile(
    rb'"(?:last_modified|modified_date)":"[^"]*"|"edition":\d+|edition \d+ of [\d-]+|"day":"[^"]*"'
)


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The newest edition of a directory that holds the starter data."""
    directory = _directory(tmp_path_factory.mktemp("ours"))
    directory.manage("load_starter")
    return _published(directory)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a directory with vocabularies and nothing else."""
    folder = tmp_path_factory.mktemp("empty")
    _directory(folder).manage("load_starter", "--no-entries")
    return folder / "db.sqlite3"


@pytest.mark.parametrize("name", ["hsds.json.gz", "hsds-csv.zip"])
def test_what_is_taken_in_is_published_byte_for_byte(
    ours: Path, empty: Path, tmp_path: Path, name: str
) -> None:
    (tmp_path / "db.sqlite3").write_bytes(empty.read_bytes())
    directory = _directory(tmp_path, migrate=False)

    said = directory.manage("import_hsds", str(ours / name), "--publish")
    theirs = _published(directory)

    assert " 0 refused" in said
    assert "Guessed" not in said
    assert _without_dates(theirs) == _without_dates(ours)
    # Once more, and nothing is new.
    assert "0 new, 0 changed, 0 proposed" in directory.manage("import_hsds", str(ours / name))


def _directory(folder: Path, *, migrate: bool = True) -> Served:
    directory = Served(
        folder, f"sqlite:///{folder / 'db.sqlite3'}", DATA_FOLDER=str(folder / "data")
    )
    if migrate:
        directory.manage("migrate", "--verbosity=0")
    return directory


def _published(directory: Served) -> Path:
    directory.manage("publish_data")
    (edition,) = Path(directory.environment["DATA_FOLDER"]).glob("*/hsds.json.gz")
    return edition.parent


def _without_dates(edition: Path) -> bytes:
    return DATES.sub(b"", gzip.decompress((edition / "hsds.json.gz").read_bytes()))
