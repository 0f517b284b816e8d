"""The legal aid directory of Illinois of 2019, all of it, by the mapping that we ship."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from resources.interchange.bulk import prepare
from resources.interchange.intake.stage import Stage
from resources.interchange.intake.tables.constants import hold_constants
from resources.interchange.intake.tables.mapping import read_mapping
from resources.interchange.intake.tables.rows import fetch
from resources.interchange.intake.tables.taking import Taking
from resources.interchange.intake.taken import Taken
from resources.management.commands.import_csv import SHIPPED
from resources.models import Organisation, Resource
from tests.interchange.intake.tables.small import TERMS

BESIDE = Path(__file__).resolve().parents[5] / "shared" / "sample_imports"
FOLDER = Path(os.environ.get("SAMPLE_IMPORTS", BESIDE)) / "illinois_legal_aid"

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="The files are not here; SAMPLE_IMPORTS says where they lie."
)


@pytest.fixture(scope="module")
def illinois() -> tuple[list[Taken], Taking]:
    """Everything that is taken, and the taking itself."""
    mapping = read_mapping(SHIPPED / "illinois_legal_aid.toml")
    hold_constants(mapping, TERMS)
    with Stage() as stage:
        taking = Taking(mapping, stage, fetch(FOLDER, mapping, stage), TERMS)
        return list(taking.records()), taking


Illinois = tuple[list[Taken], Taking]
PRAIRIE = (
    "Organization 25596, not in the file (Fox Valley Office, Galesburg Satellite Office, Kane "
    "County Domestic Violence Courthouse Project, Rock Island…"
)


def of(illinois: Illinois, model: Any, identifier: str) -> Taken:
    return next(one for one in illinois[0] if one.model is model and one.identifier == identifier)


def test_every_row_arrives_or_is_told(illinois: Illinois) -> None:
    taken, taking = illinois
    made = Counter((one.model, one.file) for one in taken)

    assert made == {
        (Organisation, "organizations.csv"): 33,
        (Organisation, "services.csv"): 125,
        (Resource, "services.csv"): 429,
    }
    assert [str(problem) for problem in taking.problems] == [
        "services.csv: services (row 431): Services-ID: This row has no id, by which it would be "
        "known again. Give it one."
    ]


def test_every_service_has_an_organization(illinois: Illinois) -> None:
    made = {one.identifier for one in illinois[0] if one.model is Organisation}
    services = [one.document["organisation"] for one in illinois[0] if one.model is Resource]

    assert set(services) <= made
    assert len(set(services)) == 152


def test_incomes_openness_and_areas_arrive_structured(illinois: Illinois) -> None:
    services = [one.document for one in illinois[0] if one.model is Resource]

    assert Counter(said.get("income_rule") for said in services) == {
        "none": 268,
        "fpl_percent": 116,
        "described": 39,
        None: 6,
    }
    assert Counter(said["lifecycle"] for said in services) == {"running": 384, "unconfirmed": 45}
    assert all(said["states"] == ["IL"] for said in services)
    with_counties = sum("area_parts" in said for said in services)
    partial = sum(said.get("area_partial", False) for said in services)
    assert (with_counties, partial) == (391, 396)


RECORDS: list[tuple[Any, str, dict[str, Any]]] = [
    (
        Organisation,
        "25186",
        {
            "name": "Northern Illinois Justice for Our Neighbors",
            "category": "other",
            "city": "Chicago",
            "state": "IL",
            "phones": [("312-346-9766", "715", False)],
        },
    ),
    (Organisation, "25596", {"name": PRAIRIE}),
    (Organisation, "24441", {"name": "Access Living"}),
    (
        Resource,
        "129441",
        {
            "name": "Public benefits outreach and enrollment project - Englewood",
            "organisation": "25231",
            "needs": ["legal"],
            "lifecycle": "running",
            "income_rule": "fpl_percent",
            "income_limit_percent": 125,
            "windows": "Thu 9am-5pm",
            "area_note": "Only in Chicago.",
            "counties": ["Cook"],
            "phones": [("(312) 745-1133", "", False)],
            "year_of_facts": 2019,
        },
    ),
    (
        Resource,
        "99161",
        {"phones": [("312-986-4200", "", False), ("312-986-4237", "", True)]},
    ),
    (
        Resource,
        "92921",
        {
            "income_rule": "described",
            "income_note": "What it costs goes by income.",
            "apply_url": "https://law-arts.org/application",
            "area_note": "The file says both: all of Illinois, and these places. Only in Chicago.",
            "area_partial": True,
        },
    ),
    # The number is its organization's, and left to it.
    (Resource, "29701", {"organisation": "25686", "phones": [], "income_rule": "none"}),
]


@pytest.mark.parametrize(("model", "identifier", "expected"), RECORDS)
def test_a_record_says_what_its_row_says(
    illinois: Illinois, model: Any, identifier: str, expected: dict[str, Any]
) -> None:
    said = of(illinois, model, identifier).document
    phones = [(row["number"], row["extension"], row["is_tty"]) for row in said.get("phones", [])]
    counties = [row["county"] for row in said.get("area_parts", [])]
    found = {**said, "phones": phones, "counties": counties}

    assert {name: found.get(name) for name in expected} == expected


def test_every_cell_is_accounted_for(illinois: Illinois) -> None:
    _, taking = illinois

    assert {column: taking.tally.of("services.csv", column) for column in COUNTED} == COUNTED
    assert not taking.tally.unnamed
    assert taking.notes == ["locations.csv: 185 of 520 rows are named by no other row; not used."]
    assert not any(one.left for one in illinois[0])


@pytest.mark.django_db
def test_no_model_has_anything_against_it(illinois: Illinois) -> None:
    taken, _ = illinois
    complaints = [
        (one.label, said)
        for one in taken
        if (said := prepare(one.model, {"slug": "a", **one.document}).complaints())
    ]

    assert not complaints


# Columns of services.csv: cells understood, guessed, in words, left.
COUNTED = {
    "Title": (429, 0, 0, 0),
    "Is this service open?": (384, 43, 0, 0),
    "Max percentage of income standard": (109, 27, 0, 0),
    "Hours of operation": (338, 19, 0, 0),
    "Phone number": (426, 0, 0, 0),
    "Website address": (148, 0, 0, 0),
    "Organization ID": (89, 340, 0, 0),
    "Location ID": (425, 0, 0, 0),
    "Process for walk-ins": (0, 0, 46, 0),
}
