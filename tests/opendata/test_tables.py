from __future__ import annotations

import csv
import gzip
import io
import json
import sqlite3
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from resources.opendata.folder import Published
from resources.opendata.tables.columns import PARTS, REPEATED, TABLES, parts_of
from tests import make
from tests.opendata.reading import compiled, published

pytestmark = pytest.mark.django_db


def unpacked(root: Path, done: Published) -> Path:
    with ZipFile(root / done.folder / "hsds-csv.zip") as archive:
        archive.extractall(root / "csv")
    return root / "csv"


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    text = (folder / f"{table}.csv").read_bytes().decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def database(root: Path, done: Published) -> sqlite3.Connection:
    packed = (root / done.folder / "directory.sqlite.gz").read_bytes()
    (root / "directory.sqlite").write_bytes(gzip.decompress(packed))
    return sqlite3.connect(root / "directory.sqlite")


def count(held: sqlite3.Connection, table: str) -> int:
    number: int = held.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
    return number


@pytest.mark.filterwarnings("ignore")  # of what frictionless imports
def test_it_is_a_tabular_data_package(starter: None, tmp_path: Path) -> None:
    from frictionless import validate

    folder = unpacked(tmp_path, published(tmp_path))
    report: Any = validate(str(folder / "datapackage.json"))

    assert report.flatten(["title", "rowNumber", "fieldName", "note"]) == []
    described = json.loads((folder / "datapackage.json").read_text())
    assert described["licenses"][0]["name"] == "CC-BY-4.0"
    assert {path.stem for path in folder.glob("*.csv")} == TABLES.keys()


def test_tables_leave_nothing_out_that_documents_say(starter: None, tmp_path: Path) -> None:
    document = compiled(tmp_path, published(tmp_path))
    lost: set[tuple[str, str]] = set()

    def look(table: str, held: dict[str, Any]) -> None:
        known = {column.name for column in TABLES[table].columns} | PARTS.keys() | REPEATED
        lost.update((table, name) for name in held.keys() - known - {"services"})
        for name, part in parts_of(held):
            look(name, part)

    for one in document["contents"]:
        look("organizations", one)
        for service in one.get("services", ()):
            look("services", service)
    for term in document["taxonomy_terms"]:
        look("taxonomy_terms", term)

    assert lost == set()


def test_both_hold_the_same_rows(starter: None, tmp_path: Path) -> None:
    done = published(tmp_path)
    folder, held = unpacked(tmp_path, done), database(tmp_path, done)

    assert held.execute("PRAGMA foreign_key_check").fetchall() == []
    for name in TABLES:
        assert len(rows(folder, name)) == count(held, name), name
    assert count(held, "services") == count(held, "in_brief") == done.counts["services"]
    held.close()


def test_the_database_says_what_it_is(tmp_path: Path) -> None:
    held = database(tmp_path, published(tmp_path))
    about = dict(held.execute("SELECT topic, says FROM about"))
    held.close()

    assert "CC BY 4.0" in about["license"]
    assert about["day"] == "2026-11-20"
    assert about["phones"] == TABLES["phones"].means


def test_a_text_that_looks_like_a_formula_is_said_as_it_is(tmp_path: Path) -> None:
    make.resource(name='=HYPERLINK("x")', summary="-1, @home\nand “more”", costs="+5")

    folder = unpacked(tmp_path, published(tmp_path))

    (row,) = rows(folder, "services")
    assert row["name"] == '=HYPERLINK("x")'
    assert row["description"] == "-1, @home\nand “more”"
    assert row["fees_description"] == "+5"
    assert "import it as text" in (folder / "README.txt").read_text()


def test_what_is_said_twice_is_one_row(tmp_path: Path) -> None:
    make.resource(documents=["Proof of income", "Proof of income"])

    assert len(rows(unpacked(tmp_path, published(tmp_path)), "required_documents")) == 1
