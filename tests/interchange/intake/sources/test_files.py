"""Records of HSDS as JSON, in every form in which they are written."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.hsds.conforming import needs_the_kit
from tests.interchange.intake.sources.bringing import (
    EXAMPLES,
    ORGANIZATION,
    SERVICE,
    both,
    service,
    taken,
    written,
)

NESTED = {**SERVICE, "organization": ORGANIZATION}
RUNS = {
    **ORGANIZATION,
    "services": [{"id": "s1", "name": "Rides", "status": "active", "fees": "0"}],
}
A_PAGE = {"total_items": 1, "last_page": True, "empty": False, "about": {"day": ["2026"]}}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("one.json", NESTED),
        ("one.json", RUNS),
        ("list.json", [ORGANIZATION, SERVICE]),
        ("list.json", [SERVICE, ORGANIZATION]),
        ("page.json", {**A_PAGE, "contents": [NESTED]}),
        ("page.json", {**A_PAGE, "contents": [RUNS], "taxonomies": []}),
        ("lists.json", both()),
        ("lists.json", {"services": [SERVICE], "organizations": [ORGANIZATION]}),
        ("lines.ndjson", f"{json.dumps(NESTED)}\n\n"),
        ("lines.json", f"{json.dumps(ORGANIZATION)}\r\n \r\n{json.dumps(SERVICE)}"),
        ("marked.json", b"\xef\xbb\xbf" + json.dumps(both(), indent=1).encode()),
        ("packed.json.gz", gzip.compress(json.dumps(both()).encode())),
        ("no-ending", both()),
    ],
    ids=[
        "service", "organization", "list", "backwards", "page", "page-of-organizations", "lists",
        "lists-backwards", "lines", "lines-called-json", "marked", "gzip", "no-ending",
    ],
)  # fmt: skip
def test_it_reads(tmp_path: Path, name: str, content: Any) -> None:
    result = taken(written(tmp_path, name, content))

    assert not result.problems
    assert result.ids("organization") == ["o1"]
    assert result.ids("service") == ["s1"]
    assert result.body("service")["organization_id"] == "o1"
    assert "organization" not in result.body("service")
    assert "services" not in result.body("organization")


def test_it_says_where_a_record_stood(tmp_path: Path) -> None:
    result = taken(written(tmp_path, "hsds.json", {"contents": [RUNS]}))

    (raw,) = result.records["service"]
    assert (raw.file, raw.place) == ("hsds.json", "contents 1, service 1")


def test_it_reads_what_this_directory_publishes_as_lines(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("organizations.ndjson", json.dumps(ORGANIZATION))
        archive.writestr("services.ndjson", json.dumps(NESTED) + "\n")
        archive.writestr("taxonomies.ndjson", '{"id": "t", "name": "Needs", "description": "."}\n')
        archive.writestr("tombstones.ndjson", '{"id": "gone", "entity": "service"}\n')
        archive.writestr("README.txt", "Read me")

    result = taken(written(tmp_path, "ndjson.zip", packed.getvalue()))

    assert result.brought.counts == {
        "taxonomy": 1, "taxonomy_term": 0, "organization": 1, "service": 1,
    }  # fmt: skip
    assert result.brought.left == {"tombstone": 1}
    assert result.brought.passed_over == ("README.txt",)


def test_it_lets_what_is_told_in_brief_give_way(tmp_path: Path) -> None:
    brief = {"id": "o1", "name": "Road House"}
    document = {
        "contents": [{**NESTED, "organization": brief}],
        "organizations": [{**RUNS, "services": [{"id": "s1", "name": "Rides"}]}],
    }

    result = taken(written(tmp_path, "mixed.json", document))

    assert not result.problems
    assert result.body("organization")["website"] == "x"
    assert result.body("service")["status"] == "active"


def test_it_takes_services_from_their_own_list_before_those_in_organizations(
    tmp_path: Path,
) -> None:
    written(tmp_path, "in/organizations.json", [RUNS])
    written(tmp_path, "in/services.json", [service(fees="0", phones=[])])

    result = taken(tmp_path / "in")

    assert not result.problems
    assert "phones" in result.body("service")


def test_it_takes_the_terms_that_attributes_name(tmp_path: Path) -> None:
    term = {"id": "t1", "name": "Rides", "taxonomy_detail": {"id": "t", "name": "Needs"}}
    tagged = both(attributes=[{"id": "a", "taxonomy_term": term}])

    result = taken(written(tmp_path, "lists.json", tagged))

    assert result.ids("taxonomy_term") == ["t1"]
    assert result.ids("taxonomy") == ["t"]


def test_it_gives_services_the_programs_of_a_list_of_their_own(tmp_path: Path) -> None:
    document = {
        **both(program_id="p1", phones=[{"id": "f", "number": "1"}]),
        "programs": [{"id": "p1", "organization_id": "o1", "name": "Travel", "description": "."}],
    }

    result = taken(written(tmp_path, "lists.json", document))

    assert result.body("service")["program"]["name"] == "Travel"
    assert result.body("service")["phones"][0]["number"] == "1"
    assert result.body("organization")["programs"][0]["id"] == "p1"


def test_it_counts_what_has_no_place(tmp_path: Path) -> None:
    result = taken(written(tmp_path, "lists.json", {**both(), "locations": [{"id": "l"}], "x": []}))

    assert result.brought.left == {"location": 1}
    assert result.brought.passed_over == ("lists.json: x",)


def test_it_does_not_fetch_twice_into_one_stage(tmp_path: Path) -> None:
    from resources.interchange.intake.sources import bring_in
    from resources.interchange.intake.stage import Stage

    path = written(tmp_path, "lists.json", {**both(), "services": [service(id=None)]})
    with Stage() as stage:
        bring_in(str(path), stage)
        bring_in(str(path), stage)

        assert len(stage.problems()) == 1


@needs_the_kit
@pytest.mark.parametrize("name", ["service_full.json", "organization_full.json"])
def test_it_reads_the_examples_of_the_standard(name: str) -> None:
    result = taken(EXAMPLES / name)

    assert not result.problems
    body = result.body("service")
    assert body["organization_id"] == result.body("organization")["id"]
    assert body["service_at_locations"][0]["location"]["addresses"][0]["city"] == "MyCity"
    assert result.ids("taxonomy_term") == [body["attributes"][0]["taxonomy_term"]["id"]]
