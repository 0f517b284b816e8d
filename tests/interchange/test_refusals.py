"""Broken files: each is refused with file, record, field and cure, and nothing is saved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from resources.models import Edition, Need, Organisation, Publication, Resource
from tests.interchange.files import NEEDS, STATES, load, organisation, refusal, resource

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("files", "says"),
    [
        pytest.param(
            {"needs": [{"slug": "rides", "name": "Rides", "parent": "travel"}]},
            "needs.json: rides: parent: There is no record “travel”. Correct the slug, or add",
            id="a parent that is not there",
        ),
        pytest.param(
            {
                "needs": [
                    *NEEDS,
                    {"slug": "night-rides", "name": "Night rides", "parent": "rides"},
                ]
            },
            "needs.json: night-rides: parent: “rides” has a parent itself. Needs have two levels",
            id="a third level of needs",
        ),
        pytest.param(
            {
                "conditions": [
                    {"slug": "any-cancer", "name": "Any cancer", "also_under": ["leukemia"]},
                    {"slug": "leukemia", "name": "Leukemia", "parent": "any-cancer"},
                ]
            },
            "This goes round in a circle: any-cancer → leukemia → any-cancer. Take one out",
            id="a circle along parent and also_under",
        ),
        pytest.param(
            {"conditions": [{"slug": "leukemia", "name": "Leukemia", "related": ["lymphoma"]}]},
            "conditions.json: leukemia: related: There is no record “lymphoma”",
            id="a relative that is not there",
        ),
        pytest.param(
            {"needs": [*NEEDS, NEEDS[0]]},
            "needs.json: travel: slug: Another record has this already. Keep one of them.",
            id="a slug twice",
        ),
        pytest.param(
            {"states": [{**STATES[0], "fpl_table": "Midwest"}]},
            "states.json: OH: fpl_table: There is no guideline table “Midwest”. Known are: 48+DC.",
            id="a guideline table that is not there",
        ),
        pytest.param(
            {"poverty_guidelines": {"2026": {"tables": {"48+DC": {}}}}},
            "poverty_guidelines.json: 2026: Write {effective, source, tables",
            id="a guideline without dollars",
        ),
        pytest.param(
            {"medicines": [{"slug": "imatinib", "generic": "imatinib", "conditions": ["cml"]}]},
            "medicines.json: imatinib: conditions: There is no record “cml”",
            id="a medicine for an illness that is not there",
        ),
    ],
)
def test_it_refuses_a_broken_vocabulary(tmp_path: Path, files: dict[str, Any], says: str) -> None:
    assert any(says in problem for problem in refusal(tmp_path, **files))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"needs": ["flying"]}, "needs: There is no “flying” in needs.json. Correct it, or add it"),
        ({"needs": []}, "needs: This is missing. Every record needs it."),
        ({"needs": ["rides", "rides"]}, "needs: One of these stands here twice. Keep one."),
        ({"organisation": "nobody"}, "organisation: There is no “nobody” in organisations.json"),
        ({"part_of": "road-house-rides"}, "part_of: This goes round in a circle"),
        ({"area": ["XX"]}, "area: There is no “XX” in states.json"),
        ({"area": "Ohio"}, 'area: Write "national", or the codes of the states'),
        ({"counties": {"XX": ["Lane"]}}, "counties: There is no “XX” in states.json"),
        (
            {"counties": {"OH": ["Lane", "Lane"]}},
            "counties: Write the counties by state, each once",
        ),
        (
            {"lifecycle": "asleep"},
            "lifecycle: “asleep” is not one of: running, unconfirmed, ended.",
        ),
        ({"how_to_apply": ["pigeon"]}, "how_to_apply: “pigeon” is not one of: online, phone"),
        ({"url": "javascript:alert(1)"}, "url: Write the whole address, beginning with https://"),
        ({"name": "x" * 151}, "name: Ensure this value has at most 150 characters (it has 151)."),
        ({"slug": "Rides For You"}, "slug: Use small letters, digits and hyphens"),
        ({"age_min": 40, "age_max": 18}, "age_max: The oldest age is below the youngest."),
        ({"age_min": -1}, "age_min: Write a whole number, or null."),
        ({"age_min": "40"}, "age_min: Write a whole number, or null."),
        ({"urgent": "yes"}, "urgent: Write true or false."),
        ({"fund_status": "open"}, "fund_status_as_of: Say when this status was seen."),
        ({"fund_status_as_of": "May 2026"}, "fund_status_as_of: Write a day, a month or a year"),
        ({"fund_status_as_of": "2026-02-30"}, "fund_status_as_of: Write a day, a month or a year"),
        ({"income_rule": "fpl_percent"}, "income_limit_fpl_percent: Say how many percent."),
        ({"dollar_table": {"two": 5}}, 'dollar_table: Write {"year": 2026 or null'),
        ({"phones": [{"number": "12"}]}, "phones: 1: number: “12” is not a phone number."),
        ({"phones": [{"purpose": "to apply"}]}, "phones: 1: number: This is missing."),
        ({"sources": []}, "sources: This is missing. Every record needs it."),
        ({"sources": [{"url": "ftp://example.org"}]}, "sources: 1: url: Write the whole address"),
        ({"summry": "Typo"}, "summry: There is no such field. Known are: slug, organisation"),
    ],
    ids=lambda value: str(value)[:40] if isinstance(value, dict) else "",
)
def test_it_refuses_a_broken_resource(tmp_path: Path, changes: dict[str, Any], says: str) -> None:
    problems = refusal(tmp_path, resources=[resource(**changes)])

    assert any(p.startswith("resources.json: ") and says in p for p in problems), problems


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"successor": "nobody"}, "successor: There is no “nobody” in organisations.json"),
        ({"successor": "road-house"}, "successor: This goes round in a circle: road-house → road"),
        ({"state": "XX"}, "state: There is no “XX” in states.json"),
        ({"phone": "555"}, "phone: 1: number: “555” is not a phone number. Write all ten digits"),
        ({"email": "nobody"}, "email: Enter a valid email address."),
        ({"category": "club"}, "category: “club” is not one of: patient_advocacy"),
        ({"status": None}, "status: This is missing. Every record needs it."),
    ],
    ids=lambda value: str(value)[:40] if isinstance(value, dict) else "",
)
def test_it_refuses_a_broken_organisation(
    tmp_path: Path, changes: dict[str, Any], says: str
) -> None:
    problems = refusal(tmp_path, organisations=[organisation(**changes)])

    assert any(p.startswith("organisations.json: road-house: " + says) for p in problems), problems


@pytest.mark.parametrize(
    ("spanish", "says"),
    [
        ({"resources": {"nothing": {}}}, "nothing: There is no such record in resources.json"),
        (
            {"resources": {"road-house-rides": {"award": "$5"}}},
            "road-house-rides: award: There is no English text that this translates. Take it out.",
        ),
        (
            {"resources": {"road-house-rides": {"url": "https://example.org"}}},
            "road-house-rides: url: This field has no words to translate.",
        ),
        (
            {"resources": {"road-house-rides": {"documents": ["receta"]}}},
            "road-house-rides: documents: Write a list of 0, one for each English text",
        ),
    ],
    ids=["no such record", "no such English", "no words", "another number of items"],
)
def test_it_refuses_spanish_that_translates_nothing(
    tmp_path: Path, spanish: dict[str, Any], says: str
) -> None:
    assert refusal(tmp_path, spanish=spanish)[0].startswith(f"spanish.json: {says}")


def test_it_names_the_line_of_what_is_not_json(tmp_path: Path) -> None:
    assert refusal(tmp_path, resources='[\n {"slug": }\n]') == [
        "resources.json: line 2: This is not JSON: Expecting value."
    ]


def test_it_says_which_file_is_missing(tmp_path: Path) -> None:
    load(tmp_path)
    (tmp_path / "needs.json").unlink()
    (tmp_path / "spanish.json").unlink()

    from resources.interchange import starter
    from resources.interchange.refusal import Refused

    with pytest.raises(Refused) as refused:
        starter.load(tmp_path, tmp_path)
    assert [(p.file, "is missing" in p.cure) for p in refused.value.problems] == [
        ("needs.json", True),
        ("spanish.json", True),
    ]


def test_it_tells_all_problems_at_once_and_saves_nothing(tmp_path: Path) -> None:
    problems = refusal(
        tmp_path,
        organisations=[organisation(email="nobody")],
        resources=[resource(url="example.org"), resource(slug="two", age_min=200)],
    )

    assert [problem.split(": ")[:3] for problem in problems] == [
        ["organisations.json", "road-house", "email"],
        ["resources.json", "road-house-rides", "url"],
        ["resources.json", "two", "age_min"],
    ]
    assert not any(model.objects.exists() for model in (Need, Organisation, Resource, Publication))
    assert Edition.current() == 0
