"""Another spreadsheet of the same kind, as another person keeps it: a mapping is all it needs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from resources.interchange.bulk import prepare
from tests.interchange.intake.tables.small import Source

MAPPING = """
[source]
name = "pantries"
url = "https://example.org/pantries"
date = "2024-05-31"
state = "IL"
blank = ["N/A", "-"]

# Both come from one sheet: an agency stands in each row of a program of its own.
[tables.agencies]
id = "Agency"
makes = "organisation"
repeats = true
[tables.agencies.fields]
name = "Agency"
category = { value = "charitable_foundation" }
website = "Agency web"

[tables.programs]
id = ["Agency", "Program"]
makes = "resource"
ignore = ["Row checked"]
[tables.programs.fields]
name = "Program"
organisation = "Agency"
summary = "What you get"
needs = { column = "Kind", split = ";", map = { Groceries = "food", "Rent help" = "rent" } }
takes_anyone = "For anyone?"
phones = { column = "Call", hours = "Mon-Fri 9am-5pm", time_zone = "America/Chicago" }
languages = { column = "Spoken", split = ";" }
documents = { column = "Bring", split = ";" }
age_min = { column = "From age", as = "number" }
counties = { column = "Where", split_pattern = '\\s*[;&]\\s*', unless = { Where = "Illinois" } }
states = { column = "Where", when = { Where = "Illinois" } }
dollar_limits = [
  { column = "Most a month, 1 person", as = "money_a_month", household_size = 1 },
  { column = "Most a month, 2 people", as = "money_a_month", household_size = 2 },
]
fund_status = { column = "Now", map = { open = "open", full = "waitlist", n = "not_applicable" } }
fund_status_seen_on = { column = "Seen", unless = { Now = "n" } }
sources = { column = "Page", says = "Its own page" }
"""
HEADING = [
    "Program", "Agency", "Agency web", "Kind", "What you get", "For anyone?", "Call", "Spoken",
    "Bring", "From age", "Where", "Most a month, 1 person", "Most a month, 2 people", "Now",
    "Seen", "Page", "Row checked",
]  # fmt: skip
PANTRY = [
    "Food box", "North Pantry", "northpantry.example.org", "Groceries; Rent help",
    "A box of food.\nOnce a month.", "Yes", "312-555-0144 / Spanish: 312-555-0145",
    "English; Spanish", "Photo ID; proof of address", "18 and over", "Cook & Lake", "$1,500",
    2050, "full", "5/17/2024", "https://example.org/box", "2024-05-20",
]  # fmt: skip
RENT = [
    "Rent fund", "North Pantry", "northpantry.example.org", "Rent help;Pets", "One month of rent.",
    "no", "N/A", "Klingon", None, None, "Illinois", "-", None, "open", None, None, None,
]  # fmt: skip


@pytest.fixture
def sheet(source: Source, tmp_path: Path) -> Path:
    source.mapping(MAPPING)
    book = Workbook()
    for row in (HEADING, PANTRY, RENT):
        book.active.append(row)
    book.save(tmp_path / "pantries.xlsx")
    return tmp_path / "pantries.xlsx"


@pytest.mark.django_db
def test_a_workbook_is_understood_by_its_mapping_alone(source: Source, sheet: Path) -> None:
    (agency, box, _), taking = source.take(sheet)

    assert not taking.problems
    assert (agency.identifier, agency.document["website"]) == (
        "North Pantry",
        "https://northpantry.example.org",
    )
    assert (box.identifier, box.place) == ("North Pantry / Food box", "row 2")
    assert {name: box.document.get(name) for name in BOX} == BOX
    assert [row["county"] for row in box.document["area_parts"]] == ["Cook", "Lake"]
    assert [(row["number"], row["languages"]) for row in box.document["phones"]] == [
        ("312-555-0144", None),
        ("312-555-0145", ["es"]),
    ]
    assert [row["url"] for row in box.document["sources"]] == [
        "https://example.org/box",
        "https://example.org/pantries",
    ]
    assert not prepare(box.model, {"slug": "box", **box.document}).complaints()


BOX: dict[str, Any] = {
    "name": "Food box",
    "organisation": "North Pantry",
    "summary": "A box of food.\nOnce a month.",
    "needs": ["food", "rent"],
    "takes_anyone": True,
    "languages": ["en", "es"],
    "documents": ["Photo ID", "proof of address"],
    "age_min": 18,
    "states": ["IL"],
    "area_kind": "states",
    "area_partial": True,
    "income_rule": "dollar_table",
    "dollar_limits": [
        {"household_size": 1, "dollars": 18000},
        {"household_size": 2, "dollars": 24600},
    ],
    "fund_status": "waitlist",
    "fund_status_seen_on": "2024-05-17",
    "fund_status_precision": "day",
    "year_of_facts": 2024,
}


def test_what_it_could_not_say_is_told(source: Source, sheet: Path) -> None:
    (_, _, rent), taking = source.take(sheet)

    assert rent.left == [
        "Kind: “Pets” is not in the map of the mapping",
        "Spoken: “Klingon” is no language that is known here",
        "“open” is the fund’s status, and no day says when",
    ]
    assert "phones" not in rent.document
    assert "area_partial" not in rent.document
    assert taking.tally.of("pantries.xlsx", "Spoken") == (1, 0, 0, 1)
    assert taking.tally.of("pantries.xlsx", "From age") == (0, 1, 0, 0)
    assert taking.tally.ignored == {"pantries.xlsx": {"Row checked": 1}}
    assert not taking.tally.unnamed
