"""Published, taken in by an empty directory, published there: the same, but for dates.

With a sixth of the starter data and what is related to it; with all of it by `--full`.
"""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

from resources.interchange import starter
from tests.served import Served

# One process makes what both begin with.
pytestmark = [pytest.mark.server, pytest.mark.xdist_group("round trip")]

EACH = 6

# When something was changed, and which edition of which day it is, are a directory's own.
DATES = re.compile(
    rb'"(?:last_modified|modified_date)":"[^"]*"|"edition":\d+|edition \d+ of [\d-]+|"day":"[^"]*"'
)


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """The newest edition of a directory that holds starter data."""
    directory = _directory(tmp_path_factory.mktemp("ours"))
    some = tmp_path_factory.mktemp("some")
    _write_some(some, 1 if request.config.getoption("--full", default=False) else EACH)
    directory.manage("load_starter", str(some))
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


def _write_some(folder: Path, each: int) -> None:
    """Every so manieth organisation, all that went on as another, and all that has funds."""
    read = {path.stem: json.loads(path.read_text()) for path in starter.FOLDER.glob("*.json")}
    organisations, resources = read["organisations"], read["resources"]
    owners = {resource["slug"]: resource["organisation"] for resource in resources}
    kept = {organisation["slug"] for organisation in organisations[::each]}
    for organisation in organisations:
        if organisation["successor"]:
            kept |= {organisation["slug"], organisation["successor"]}
    for resource in resources:
        if resource["part_of"]:
            kept |= {resource["organisation"], owners[resource["part_of"]]}
    some = {
        "organisations": [one for one in organisations if one["slug"] in kept],
        "resources": [one for one in resources if one["organisation"] in kept],
    }
    slugs = {kind: {one["slug"] for one in rows} for kind, rows in some.items()}
    some["spanish"] = {  # type: ignore[assignment]
        kind: {slug: words for slug, words in read["spanish"][kind].items() if slug in slugs[kind]}
        for kind in slugs
    }
    for name, content in some.items():
        (folder / f"{name}.json").write_text(json.dumps(content, ensure_ascii=False))


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
