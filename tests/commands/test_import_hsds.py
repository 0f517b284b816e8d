"""Taking in HSDS with one command."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from resources.interchange.intake.saving import Saver
from resources.models import AuditEvent, Curator, Need, Organisation, Origin, Proposal, Resource
from tests import make
from tests.hsds.conforming import KIT, needs_the_kit

pytestmark = pytest.mark.django_db

ORGANIZATION = {
    "id": "1f0c6a54-5c6b-4b6a-9d6f-000000000001",
    "name": "Neighbors of Ohio",
    "description": "<p>Helps&nbsp;neighbors.</p>",
    "website": "neighbors.example.org",
    "locations": [{"addresses": [{"city": "Columbus", "state_province": "Ohio"}]}],
}
SERVICE: dict[str, Any] = {
    "id": "1f0c6a54-5c6b-4b6a-9d6f-000000000002",
    "name": "Rides to chemo",
    "description": "A volunteer drives you.",
    "status": "active",
    "url": "https://neighbors.example.org/rides",
    "eligibility_description": "For adults.",
    "application_process": "Call the office.",
    "fees_description": "Free.",
    "minimum_age": "18",
    "phones": [{"number": "(614) 555-0123", "languages": [{"code": "es"}]}],
    "schedules": [{"description": "Weekdays 9 to 5"}],
    "service_areas": [{"name": "Franklin County, Ohio"}],
    "attributes": [
        {
            "taxonomy_term_id": "t-1",
            "taxonomy_term": {"id": "t-1", "name": "Transportation", "taxonomy": "Theirs"},
        }
    ],
    "accreditations": "A seal",
    "organization": ORGANIZATION,
}


@pytest.fixture(autouse=True)
def ohio() -> None:
    make.state("OH", name="Ohio")


def file_of(folder: Path, *services: dict[str, Any]) -> Path:
    path = folder / "neighbors.json"
    path.write_text(json.dumps(list(services)))
    return path


def told(capsys: pytest.CaptureFixture[str], *arguments: object, **options: Any) -> str:
    call_command("import_hsds", *map(str, arguments), **options)
    return capsys.readouterr().out


def test_a_service_of_others_becomes_a_draft_in_our_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = told(capsys, file_of(tmp_path, SERVICE))

    rides = Resource.objects.get()
    assert rides.publication_state == "draft"
    assert (rides.name, rides.summary) == ("Rides to chemo", "A volunteer drives you.")
    assert (rides.age_min, rides.costs) == (18, "Free.")
    assert rides.eligibility_notes == "For adults.\nHow to apply: Call the office."
    assert (rides.area_kind, [row.county for row in rides.area_parts.all()]) == (
        "states",
        ["Franklin"],
    )
    phone = rides.phones.get()
    assert (phone.number, phone.hours, phone.languages) == (
        "(614) 555-0123",
        "Weekdays 9 to 5",
        ["es"],
    )
    assert rides.sources.get().url == "https://neighbors.example.org/rides"
    assert rides.sources.get().says == "Taken from neighbors"
    organisation = Organisation.objects.get()
    assert organisation.summary == "Helps neighbors."
    assert organisation.website == "https://neighbors.example.org"
    assert "2 new" in said
    assert "service.accreditations" in said
    assert "Theirs: Transportation" in said
    assert AuditEvent.objects.filter(what="imported").count() == 1


def test_it_is_no_check_of_ours(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told(capsys, file_of(tmp_path, {**SERVICE, "assured_date": "2026-11-20"}), "--publish")

    assert Resource.objects.get().is_published
    assert Resource.objects.get().checked_on is None


def test_a_preview_saves_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = told(capsys, file_of(tmp_path, SERVICE), "--preview")

    assert "2 new" in said
    assert "Nothing was saved" in said
    assert not Origin.objects.exists()


def test_terms_are_taken_once_a_person_has_read_the_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make.term(Need, "transportation")
    source, table = file_of(tmp_path, SERVICE), tmp_path / "terms.csv"
    told(capsys, source, "--preview", "--write-terms", table)
    (row,) = csv.DictReader(table.read_text().splitlines())
    assert (row["term"], row["kind"], row["ours"]) == ("t-1", "need", "transportation")

    told(capsys, source, "--terms", table)

    assert [need.slug for need in Resource.objects.get().needs.all()] == ["transportation"]


def test_a_wrong_table_is_refused_line_by_line(tmp_path: Path) -> None:
    table = tmp_path / "terms.csv"
    table.write_text("taxonomy,term,name,kind,ours,times\nTheirs,t-1,Rides,need,no-such,3\n")

    with pytest.raises(CommandError, match=r"line 2: ours: There is no need “no-such”"):
        call_command("import_hsds", str(file_of(tmp_path, SERVICE)), "--terms", str(table))
    assert not Origin.objects.exists()


def test_changes_of_public_entries_wait_in_a_curators_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ann = Curator.objects.create_user("ann")
    told(capsys, file_of(tmp_path, SERVICE), "--publish")

    told(capsys, file_of(tmp_path, {**SERVICE, "fees_description": "$2"}), "--as", "ann")

    assert (Proposal.objects.get().by, Proposal.objects.get().changes) == (ann, {"costs": "$2"})


def test_the_whole_report_is_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "report.csv"
    hostile = {**SERVICE, "name": "=1+1", "url": "javascript:alert(1)"}
    told(capsys, file_of(tmp_path, hostile), "--report", report)

    rows = {
        (row["outcome"], row["what"]) for row in csv.DictReader(report.read_text().splitlines())
    }
    assert ("left", "service.url: no web address that can be linked") in rows
    assert Resource.objects.get().url == ""


@pytest.mark.parametrize(
    ("arguments", "cure"),
    [
        (["--as", "nobody"], "no active curator"),
        (["--source", "x" * 200], "--source"),
        (["--terms", "nowhere.csv"], "cannot be read"),
        (["--report", "/nowhere/at/all.csv"], "cannot be written"),
    ],
)
def test_wrong_options_are_named(tmp_path: Path, arguments: list[str], cure: str) -> None:
    with pytest.raises(CommandError, match=cure):
        call_command("import_hsds", str(file_of(tmp_path, SERVICE)), *arguments)


def test_control_c_says_how_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Saver, "save", stopped)
    with pytest.raises(CommandError, match="Run the same command again") as stop:
        call_command("import_hsds", str(file_of(tmp_path, SERVICE)))
    assert stop.value.returncode == 130


@needs_the_kit
def test_the_examples_of_the_standard_are_taken_in(capsys: pytest.CaptureFixture[str]) -> None:
    assert KIT is not None
    for name in ("service_full.json", "organization_full.json", "csv"):
        told(capsys, KIT / "examples" / name, "--source", name)
    assert Resource.objects.get(name="Community Counselling").age_min == 12
