from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from resources.api.describing import description
from resources.hsds import profile_schemas
from tests.api.asking import ask, lines
from tests.hsds.conforming import KIT, needs_the_kit, problems

pytestmark = pytest.mark.django_db

LISTS: dict[str, tuple[str, list[dict[str, str]]]] = {
    "services": ("service", [{}, {"minimal": "true"}, {"full": "true"}]),
    "organizations": ("organization", [{}, {"full": "true"}, {"full_service": "true"}]),
    "service_at_locations": ("service_at_location", [{}, {"full": "true"}]),
    "taxonomies": ("taxonomy", [{}]),
    "taxonomy_terms": ("taxonomy_term", [{}]),
}


@needs_the_kit
@pytest.mark.parametrize(
    ("path", "kind", "params"),
    [(path, kind, params) for path, (kind, ways) in LISTS.items() for params in ways],
    ids=str,
)
def test_it_answers_in_hsds_whatever_is_asked_of_all_starter_data(
    starter: None, path: str, kind: str, params: dict[str, str]
) -> None:
    number, last = 0, False
    while not last:
        number += 1
        page = ask(path, page=number, per_page=500, **params)
        last = page["last_page"]
        assert problems(page, f"{kind}_list") == []
    assert len(lines(path, **params)) == page["total_items"] > 0


@needs_the_kit
@pytest.mark.parametrize(("path", "kind"), [(path, LISTS[path][0]) for path in LISTS], ids=str)
def test_it_has_each_thing_of_a_list_by_its_id(starter: None, path: str, kind: str) -> None:
    for one in ask(path, per_page=5)["contents"]:
        found = ask(f"{path}/{one['id']}")
        assert found["id"] == one["id"]
        assert problems(found, kind) == []


def test_it_has_a_place_of_each_kind_by_its_id(starter: None) -> None:
    places = lines("service_at_locations")
    for kind in ("virtual", "physical"):
        ids = [one["id"] for one in places if one["location"]["location_type"] == kind]
        assert ask(f"service_at_locations/{ids[0]}")["location"]["location_type"] == kind
    assert len({one["id"] for one in places}) == len(places)


def test_it_says_what_it_is(db: None) -> None:
    root = ask()
    assert root["version"] == "3.2"
    assert root["profile"] == "http://testserver/api/hsds/profile/"
    assert root["openapi_url"] == "http://testserver/api/hsds/openapi.json"
    assert root["publisher"]["name"]


def test_it_describes_itself_in_openapi_3_1(db: None) -> None:
    told = ask("openapi.json")
    assert told["openapi"].startswith("3.1")
    for path in LISTS:
        assert set(told["paths"][f"/api/hsds/{path}"]) == {"get", "post"}


@needs_the_kit
def test_it_takes_every_parameter_of_the_standard(db: None) -> None:
    assert KIT is not None
    standard = json.loads((KIT / "schema" / "openapi.json").read_text())
    for path in LISTS:
        for method in ("get", "post"):
            wanted = {_name(p) for p in standard["paths"][f"/{path}"][method]["parameters"]}
            ours = description()["paths"][f"/api/hsds/{path}"][method]["parameters"]
            assert wanted <= {parameter["name"] for parameter in ours}


def _name(parameter: dict[str, Any]) -> str:
    return str(parameter.get("name") or parameter["$ref"].rpartition("/")[2])


def test_it_describes_without_a_warning(capsys: pytest.CaptureFixture[str], db: None) -> None:
    description.cache_clear()
    description()
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("name", profile_schemas.SCHEMAS)
def test_it_serves_a_valid_schema_of_the_profile(db: None, name: str) -> None:
    schema = ask(f"profile/{name}.json")
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"http://testserver/api/hsds/profile/{name}.json"
