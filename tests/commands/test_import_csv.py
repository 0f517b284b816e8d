"""manage.py import_csv: a preview, an import, the same again, and what is wrong told at once."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from resources.management.commands.import_csv import shipped
from resources.models import Curator, Need, Organisation, Proposal, Resource
from tests import make

pytestmark = pytest.mark.django_db

MAPPING = """
[source]
name = "rides"
url = "https://example.org/rides"
state = "IL"
[tables.rides]
id = "Id"
makes = "resource"
[tables.rides.fields]
name = "Name"
organisation = "By"
summary = "What"
needs = { value = "rides" }
counties = "County"
[tables.rides.missing_organisation]
name = "By"
"""
ROWS = "Id,Name,By,What,County,Color\n1,Rides to chemo,Acme,We drive you.,Cook,red\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make.term(Need, "rides")
    make.state("IL")
    (tmp_path / "rides.toml").write_text(MAPPING)
    (tmp_path / "rides.csv").write_text(ROWS)
    return tmp_path


def run(folder: Path, *options: str) -> str:
    out = StringIO()
    mapping = str(folder / "rides.toml")
    call_command(
        "import_csv", str(folder / "rides.csv"), "--mapping", mapping, *options, stdout=out
    )
    return out.getvalue()


def test_a_preview_tells_everything_and_saves_nothing(folder: Path) -> None:
    told = run(folder, "--preview")

    assert "2 new, 0 changed" in told
    assert "      1      0      0      0  County" in told
    assert "The mapping does not name: Color (1)" in told
    assert not Organisation.objects.exists()


def test_what_is_new_becomes_drafts_and_the_same_again_changes_nothing(folder: Path) -> None:
    run(folder)
    again = run(folder)

    ride = Resource.objects.get()
    assert (ride.publication_state, ride.organisation.name) == ("draft", "Acme")
    assert [part.county for part in ride.area_parts.all()] == ["Cook"]
    assert "0 new, 0 changed, 0 proposed, 2 as before" in again


def test_a_change_of_a_public_entry_is_proposed_in_somebodys_name(folder: Path) -> None:
    Curator.objects.create_user("ann")
    run(folder, "--publish")
    (folder / "rides.csv").write_text(ROWS.replace("We drive you.", "A taxi is paid."))

    run(folder, "--as", "ann")

    assert Resource.objects.get().summary == "We drive you."
    assert Proposal.objects.get().by.username == "ann"


def test_the_report_has_every_column(folder: Path) -> None:
    run(folder, "--report", str(folder / "report.csv"))

    rows = (folder / "report.csv").read_text().splitlines()
    assert "cells understood,rides.csv: Name,1" in rows
    assert "cells not named,rides.csv: Color,1" in rows


def test_nothing_is_saved_where_the_mapping_or_a_file_is_wrong(folder: Path) -> None:
    broken = MAPPING.replace("summary =", 'color = "Color"\nsummary =')
    (folder / "rides.toml").write_text(broken)

    with pytest.raises(CommandError, match=r"Nothing was saved.\nrides.toml: tables"):
        run(folder)

    assert not Organisation.objects.exists()


@pytest.mark.parametrize("name", shipped())
def test_a_mapping_of_ours_knows_our_vocabularies(starter: None, tmp_path: Path, name: str) -> None:
    with pytest.raises(CommandError, match=r"^Nothing was saved.") as refused:
        call_command("import_csv", str(tmp_path), "--mapping", name)

    assert str(refused.value).count("The file is missing.") == str(refused.value).count("\n")
