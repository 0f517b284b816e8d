"""The tabular data package of HSDS, put together to nested records."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from resources.interchange.intake.sources import csv_files
from resources.interchange.intake.sources.letters import Letters
from tests.hsds.conforming import needs_the_kit
from tests.interchange.intake.sources.bringing import EXAMPLES, taken, written

TABLES = {
    "organizations.csv": "id,name,description\no1,Road House,Beds\n",
    "services.csv": (
        "id,organization_id,name,status,minimum_age,program_id\ns1,o1,Rides,active,18,p1\n"
    ),
    "programs.csv": "id,organization_id,name,description\np1,o1,Travel,.\n",
    "locations.csv": "id,location_type,latitude\nl1,physical,40.5\n",
    "addresses.csv": "id,location_id,city\na1,l1,Columbus\n",
    "service_at_location.csv": "id,service_id,location_id\nx1,s1,l1\n",
    "phones.csv": 'id,service_id,location_id,number\nf1,s1,,"+1 614\n555"\nf2,,l1,2\n',
    "attributes.csv": "id,link_id,link_entity,taxonomy_term_id\nb1,s1,service,t1\nb2,f1,,t1\n",
    "taxonomy_terms.csv": "id,name,description,taxonomy_id\nt1,Rides,.,t\n",
    "taxonomies.csv": "id,name,description\nt,Needs,.\n",
    "url.csv": "id,url,organization_id,service_id\nu1,https://example.org,o1,s1\n",
}


def tables(folder: Path, **changes: str) -> Path:
    """A folder with these tables; `phones="…"` takes the place of the usual one."""
    for name, text in {**TABLES, **{f"{name}.csv": text for name, text in changes.items()}}.items():
        written(folder / "package", name, text)
    return folder / "package"


def test_it_tells_parts_inside_of_what_they_belong_to(tmp_path: Path) -> None:
    result = taken(tables(tmp_path))

    assert not result.problems
    body = result.body("service")
    assert body["minimum_age"] == 18
    assert body["program"]["name"] == "Travel"
    assert body["additional_urls"][0]["id"] == "u1"
    assert [phone["number"] for phone in body["phones"]] == ["+1 614\n555"]
    (at,) = body["service_at_locations"]
    assert at["location"]["latitude"] == 40.5
    assert at["location"]["addresses"][0]["city"] == "Columbus"
    assert at["location"]["phones"][0]["number"] == "2"
    for tagged in (body, body["phones"][0]):
        assert tagged["attributes"][0]["taxonomy_term"]["taxonomy_detail"]["name"] == "Needs"
    assert result.body("organization")["additional_websites"][0]["id"] == "u1"
    assert result.body("organization")["programs"][0]["id"] == "p1"


def test_it_reads_tables_however_they_are_named(tmp_path: Path) -> None:
    folder = tables(tmp_path)
    (folder / "organizations.csv").rename(folder / "Organization.CSV")
    (folder / "service_at_location.csv").rename(folder / "service-at-locations.csv")
    (folder / "services.csv").rename(folder / "export 7.csv")
    package = {"resources": [{"name": "service", "path": "export 7.csv"}]}
    written(folder, "datapackage.json", package)

    result = taken(folder)

    assert result.body("service")["service_at_locations"]


def test_it_says_which_rows_belong_to_nothing(tmp_path: Path) -> None:
    result = taken(
        tables(
            tmp_path,
            phones="id,service_id,number\nf1,gone,1\nf2,,2\n",
            service_at_location="id,service_id,location_id\nx1,s1,nowhere\n",
        )
    )

    assert [problem.partition(" Add")[0] for problem in result.problems] == [
        "phones.csv: phone f1 (line 2): service_id: It is of service gone, which is nowhere. "
        "It was left out.",
        "service_at_location.csv: service_at_location x1 (line 2): location_id: There is no "
        "location nowhere. It was taken without.",
    ]
    assert result.brought.left == {"location": 1, "phone": 1}


def test_it_refuses_a_service_of_no_organization_alone(tmp_path: Path) -> None:
    rows = "id,organization_id,name,status\ns1,o1,Rides,active\ns2,gone,Beds,active\ns3,,Food,x\n"

    result = taken(tables(tmp_path, services=rows))

    assert result.ids("service") == ["s1"]
    assert [problem.partition(": ")[2][:30] for problem in result.problems] == [
        "service s3 (line 4): organizat",
        "service s2 (line 3): organizat",
    ]


@pytest.mark.parametrize(
    ("table", "text", "said"),
    [
        ("services", "id;name\ns1;Rides\n", "services.csv: line 1: The first line names no column"),
        ("services", "id,name,name\n", "“name” is there twice"),
        ("services", 'id,name\ns1,"Rides\n', "services.csv: line 2: It cannot be read"),
        ("services", "id,name\ns1,Caf\u00e9\n", "Line 2 is not in UTF-8"),
        ("services", "id," * 300, "more than 200 columns"),
    ],
    ids=["semicolons", "twice", "quote", "latin-1", "wide"],
)
def test_it_refuses_a_table_that_cannot_be_read(
    tmp_path: Path, table: str, text: str, said: str
) -> None:
    from tests.interchange.intake.sources.bringing import refusal

    folder = tables(tmp_path)
    written(folder, f"{table}.csv", text.encode("latin-1"))

    assert said in refusal(folder)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("s2,o1,Food,active,,,extra", "This row has 7 cells, the first line 6"),
        (f"s2,o1,{'x' * 1_100_000},active,,", "name: It holds 1,100,000 characters"),
        (",o1,Food,active,,", "id: It has no id"),
        ("s1,o1,Food,active,,", "id: This id stands before already"),
    ],
    ids=["wide", "long", "no-id", "twice"],
)
def test_it_refuses_a_row_alone(tmp_path: Path, row: str, said: str) -> None:
    result = taken(tables(tmp_path, services=f"{TABLES['services.csv']}{row}\n"))

    assert result.ids("service") == ["s1"]
    (problem,) = result.problems
    assert said in problem
    assert "(line 3)" in problem


def test_it_reads_what_our_own_tables_say_besides(tmp_path: Path) -> None:
    head = "id,organization_id,name,status,support_directory\n"
    rows = '{head}s1,o1,Rides,active,"{{""urgent"": true}}"\ns2,o1,Beds,active,{{\n'

    result = taken(tables(tmp_path, services=rows.format(head=head)))

    assert result.body("service")["support_directory"] == {"urgent": True}
    assert "support_directory: This is no JSON" in result.problems[0]


def test_it_tells_a_row_once_that_belongs_to_itself(tmp_path: Path) -> None:
    rows = "id,link_id,link_entity,taxonomy_term_id\nb1,t1,taxonomy_term,t1\nb2,s1,service,t1\n"

    result = taken(tables(tmp_path, attributes=rows))

    assert result.ids("service") == ["s1"]
    assert [problem for problem in result.problems if "belongs to itself" in problem]


def test_it_refuses_rows_that_multiply(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("resources.interchange.intake.sources.tables.MOST_PARTS", 50)
    many = "".join(f"x{number},s1,l1\n" for number in range(60))

    result = taken(tables(tmp_path, service_at_location=f"id,service_id,location_id\n{many}"))

    assert not result.ids("service")
    assert "More than 50 rows belong to it" in result.problems[0]


@needs_the_kit
@pytest.mark.parametrize("is_zip", [False, True])
def test_it_reads_the_examples_of_the_standard(tmp_path: Path, *, is_zip: bool) -> None:
    source = EXAMPLES / "csv"
    if is_zip:
        source = Path(shutil.make_archive(str(tmp_path / "csv"), "zip", source))

    result = taken(source)

    whole = json.loads((EXAMPLES / "service_full.json").read_text())
    body = result.body("service")
    # The example tells of no attribute, unit or history that belongs to this service.
    assert set(whole) - set(body) == {"attributes", "metadata", "organization"}
    assert body["service_at_locations"][0]["location"]["phones"][0]["languages"][0]["code"] == "ur"
    assert body["capacities"][0]["unit"]["identifier"] == "kgm"
    assert "organization_identifiers" in result.body("organization")


def test_reading_leaves_the_bounds_of_other_tables_as_they_are(tmp_path: Path) -> None:
    before = csv.field_size_limit()
    with written(tmp_path, "t.csv", "id,name\n1,Rides\n2,Beds\n").open("rb") as file:
        reading = csv_files.rows(Letters(file, "t.csv"))
        next(reading)
        assert csv.field_size_limit() == before
