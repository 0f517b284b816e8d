"""Mistakes in a mapping are told with file, table and key, all at once, before anything is read."""

from __future__ import annotations

import pytest

from tests.interchange.intake.tables.small import HEAD, ONE_FILE, Source

TABLE = '\n[tables.helps]\nid = "Id"\nmakes = "resource"\n'
FIELDS = '[tables.helps.fields]\nname = "Name"\norganisation = "By"\n'
MISTAKES = [
    ("", "source: Write a table: [source]."),
    ("[source", "This is not TOML"),
    (HEAD.replace('"small"', '"Small list"') + TABLE, "source: name: Write small letters"),
    (HEAD.replace("https:", "javascript:") + TABLE, "source: url: Write the whole address"),
    (HEAD.replace('"2024-05"', '"May"') + TABLE, "source: date: Write a year"),
    (HEAD.replace('"IL"', '"Illinois"') + TABLE, "source: state: Write the two letters"),
    (HEAD + 'colour = "red"\n' + TABLE, "source: colour: There is no such key. Known are: name,"),
    (HEAD, "tables: Write a table: [tables]."),
    (HEAD + '[tables.helps]\nid = "Id"\n', "tables: makes: No table makes anything."),
    (HEAD + TABLE.replace("resource", "thing"), "makes: “thing” is not one of: organisation, res"),
    (HEAD + TABLE, "tables.helps: fields.name: This is missing."),
    (HEAD + TABLE + 'file = "../secret.csv"\n', "file: Name a file inside the folder"),
    (ONE_FILE + 'color = "C"\n', "tables.helps: fields.color: There is no such field. Known are:"),
    (ONE_FILE + "costs = {}\n", "fields.costs: Give one of: column (or columns), words, value."),
    (ONE_FILE + 'costs = { column = "C", words = "x" }\n', "Give one of: column"),
    (ONE_FILE + 'costs = { column = "C", wen = {} }\n', "costs: wen: There is no such key."),
    (ONE_FILE + 'costs = { column = "C", as = "eval" }\n', "as: “eval” is not one of: percent,"),
    (ONE_FILE + 'costs = { column = "C", remove = "(" }\n', "remove: This is no regular exp"),
    (ONE_FILE + 'costs = { column = "C", say = "x" }\n', "say: Put {} where the value stands"),
    (ONE_FILE + 'costs = { column = "C", when = { A = 1 } }\n', "when.A: Write a text, a list"),
    (ONE_FILE + 'costs = { column = "C", otherwise = "" }\n', "otherwise: It is for values"),
    (ONE_FILE + 'costs = { column = "C", tty = true }\n', "tty: There is no such key."),
    (ONE_FILE + 'lifecycle = { value = "open" }\n', "value: “open” is not one of: running, unc"),
    (ONE_FILE + 'needs = { column = "N", map = { a = "rides" } }\n', "map.a: “rides” is no term"),
    (ONE_FILE + 'url = { value = "javascript:x" }\n', "value: “javascript:x” is no web address"),
    (ONE_FILE + 'phones = { column = "P", time_zone = "CST" }\n', "phones: time_zone: Value 'CST'"),
    (HEAD.replace("example.org", "ex ample") + TABLE + FIELDS, "source: url: It is no web address"),
    (ONE_FILE + '[tables.helps.joins]\nx = { table = "y", by = "Z" }\n', "There is no table “y”."),
]


@pytest.mark.parametrize(("mapping", "told"), MISTAKES)
def test_a_mistake_is_told_with_its_place(source: Source, mapping: str, told: str) -> None:
    source.mapping(mapping)

    found = source.refusals(source.file("helps.csv", "Id,Name,By\n1,A,7\n"))

    assert any(one.startswith("mapping.toml") and told in one for one in found), found


def test_every_mistake_is_told_at_once(source: Source) -> None:
    source.mapping(ONE_FILE + 'color = "C"\ncosts = { column = "C", as = "eval" }\n')

    assert len(source.refusals()) == 2


def test_a_column_that_the_file_lacks_is_told_with_those_it_has(source: Source) -> None:
    source.mapping(ONE_FILE + 'costs = "Price"\n')

    (found,) = source.refusals(source.file("helps.csv", "Id,Name,By,Cost\n1,A,7,$1\n"))

    assert found.startswith("helps.csv: row 1: Price: The first row has no such column")
    assert "It has: Id, Name, By, Cost." in found


def test_files_that_are_missing_are_told_by_name(source: Source) -> None:
    source.mapping(ONE_FILE.replace("[tables.helps]", '[tables.helps]\nfile = "helps.csv"', 1))

    (found,) = source.refusals()

    assert found.startswith("helps.csv: The file is missing.")
