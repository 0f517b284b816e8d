"""Files as others write them, and files that are broken: what is taken, and what is told."""

from __future__ import annotations

import pytest

from tests.interchange.intake.tables.small import HEAD, ONE_FILE, Source

ROWS = "Id,Name,By\n1,“Café” help,Acme\n"
TWO_TABLES = (
    HEAD
    + """
[tables.places]
file = "places.csv"
id = "Place"
[tables.helps]
file = "helps.csv"
id = "Id"
makes = "resource"
joins = { place = { table = "places", by = "At" } }
[tables.helps.fields]
name = "Name"
organisation = "By"
counties = "place:County"
"""
)


@pytest.mark.parametrize(
    "content",
    [
        ROWS.encode(),
        ROWS.encode("utf-8-sig"),
        ROWS.encode("utf-16"),
        ROWS.encode("cp1252"),
        ROWS.replace("\n", "\r\n").encode(),
        ROWS.replace(",", ";").encode(),
        ROWS.replace(",", "\t").encode(),
        ROWS.replace("Id", '"ID  "').replace("Name", "NAME").encode(),
        (ROWS + "\n,,\n").encode(),
    ],
    ids=["utf-8", "bom", "utf-16", "windows", "crlf", "semicolons", "tabs", "capitals", "blank"],
)
def test_a_file_is_read_however_it_was_saved(source: Source, content: bytes) -> None:
    source.mapping(ONE_FILE)

    taken, taking = source.take(source.file("helps.csv", content))

    assert [one.document["name"] for one in taken] == [
        "Organization Acme, not in the file",
        "“Café” help",
    ]
    assert taken[1].place == "row 2"
    assert not taking.problems


def test_a_cell_may_hold_lines_and_quotes(source: Source) -> None:
    taken, _ = source.one('summary = "What"', "What", 'First "line"\r\n\r\n   second, line')

    assert taken.document["summary"] == 'First "line"\n\nsecond, line'


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "helps.csv: The file is empty."),
        (b"\n\n", "helps.csv: The file is empty."),
        (b"\x00\x01\x02binary", "helps.csv: This is no table that can be read."),
        (b"%PDF-1.7", "helps.csv: This is no table"),
        (b"PK\x03\x04broken", "helps.csv: This workbook is broken"),
        (b'Id,Name,By\n1,"never closed,Acme\n', "helps.csv: Row 2 cannot be read"),
        (b"Id,Name,By\n1," + b"x" * 10**7 + b",Acme\n", "helps.csv: Row 2 cannot be read: a cell"),
        (b"Id,Name,By,name\n1,A,B,C\n", "Name: The first row has this column twice."),
        (b"Id,Name\n1,A\n", "By: The first row has no such column"),
    ],
    ids=["empty", "blank", "binary", "pdf", "zip", "quote", "10 MB cell", "twice", "no column"],
)
def test_a_file_that_cannot_be_read_is_refused_whole(
    source: Source, content: bytes, told: str
) -> None:
    source.mapping(ONE_FILE)

    found = source.refusals(source.file("helps.csv", content))

    assert any(told in one for one in found), found


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (",Rent help,Acme", "helps (row 3): Id: This row has no id"),
        (
            "1,Rent help,Acme",
            "helps 1 (row 3): id: This id stands before already (helps.csv, row 2)",
        ),
        ("2,Rent help,Acme,more", "helps 2 (row 3): The row has more cells"),
        ("2," + "x" * 40_000 + ",Acme", "helps 2 (row 3): name: It has 40,000 characters"),
        ("2,,Acme", "helps 2 (row 3): Name: This row gives no name."),
        ("2" * 300 + ",Rent help,Acme", "helps (row 3): Id: An id has at most 200"),
    ],
    ids=["no id", "id twice", "more cells", "long cell", "no name", "long id"],
)
def test_a_row_that_cannot_be_taken_is_told_and_the_others_are(
    source: Source, row: str, told: str
) -> None:
    source.mapping(ONE_FILE)

    taken, taking = source.take(source.file("helps.csv", f"Id,Name,By\n1,Rides,Acme\n{row}\n"))

    assert [one.identifier for one in taken] == ["Acme", "1"]
    assert [told in str(problem) for problem in taking.problems] == [True]


def test_the_same_row_twice_is_one(source: Source) -> None:
    source.mapping(ONE_FILE)

    taken, taking = source.take(source.file("helps.csv", "Id,Name,By\n1,A,B\n1,A,B\n"))

    assert len(taken) == 2
    assert not taking.problems


def test_an_id_that_two_tables_have_is_taken_once(source: Source) -> None:
    again = ONE_FILE[len(HEAD) :].replace("helps", "more")
    source.mapping(ONE_FILE + again)

    taken, taking = source.take(source.file("helps.csv", "Id,Name,By\n1,A,B\n"))

    assert [one.identifier for one in taken] == ["B", "1"]
    (problem,) = taking.problems
    assert str(problem).startswith("helps.csv: more 1 (row 2): id: Another table has this id")


def test_tables_are_joined_by_their_ids_and_what_leads_nowhere_is_told(source: Source) -> None:
    source.mapping(TWO_TABLES)
    source.file("places.csv", "Place,County,Rooms\n10,Cook,3\n11,Lake,\n")
    source.file("helps.csv", "Id,Name,By,At\n1,A,Acme,10\n2,B,Acme,12\n")

    (_, one, two), taking = source.take()

    assert one.document["area_parts"] == [{"position": 0, "state": "IL", "county": "Cook"}]
    assert two.left == ["At: “12” is in no row of places.csv"]
    assert taking.notes == ["places.csv: 1 of 2 rows are named by no other row; not used."]
    assert taking.tally.unnamed == {"places.csv": {"Rooms": 1}}
    assert taking.tally.of("places.csv", "County") == (1, 0, 0, 0)


def test_one_file_where_two_tables_are_named_is_refused(source: Source) -> None:
    source.mapping(TWO_TABLES)
    path = source.file("helps.csv", "Id,Name,By,At\n1,A,Acme,10\n")

    assert any("Give the folder in which both lie." in one for one in source.refusals(path))
