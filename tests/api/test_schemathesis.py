"""The API keeps to its own description and to the standard's, whatever schemathesis thinks of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance

from resources import publishing
from resources.api import limits
from resources.api.describing import description
from tests import make
from tests.api.describing import asked
from tests.hsds.conforming import KIT, needs_the_kit

pytestmark = pytest.mark.usefixtures("some", "without_limits")


@pytest.fixture
def some(db: None) -> None:
    """One entry of each kind, in a state that serves, and one that was taken down."""
    runner = make.organisation(city="Columbus", state=make.state("OH"), summary="Helps.")
    programme = make.resource(organisation=runner, states=("OH",), needs=("copay",))
    make.resource(organisation=runner, part_of=programme, fund_status="unknown", age_min=18)
    publishing.withdraw(by="test", entries=[make.resource(organisation=runner)])


@pytest.fixture
def without_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    for counted in (limits.PAGES, limits.STREAMS):
        for name in counted:
            monkeypatch.setitem(counted, name, 10**9)


@asked(description()).parametrize()  # type: ignore[untyped-decorator]
def test_it_answers_as_its_own_description_says(case: Any) -> None:
    case.call_and_validate()  # with every check there is


def standard() -> Mapping[str, Any]:
    """The standard's description, at our address; its remote schemas from the kit."""
    if KIT is None:
        return description()  # which nobody is asked by: the test is skipped
    files = {path.stem: json.loads(path.read_text()) for path in (KIT / "schema").glob("*.json")}
    told = files.pop("openapi")
    schemas = {**told["components"]["schemas"], **files}
    paths = {f"/api/hsds{path}": operations for path, operations in told["paths"].items()}
    components = {**told["components"], "schemas": schemas}
    at_hand: Mapping[str, Any] = _at_hand({**told, "paths": paths, "components": components})
    return at_hand


def _at_hand(part: Any) -> Any:
    """With references to files of the kit as references to components."""
    if isinstance(part, list):
        return [_at_hand(one) for one in part]
    if not isinstance(part, dict):
        return part
    found = {
        name: _at_hand(value) for name, value in part.items() if name not in ("$id", "$schema")
    }
    if isinstance(to := part.get("$ref"), str) and to.endswith(".json"):
        name = to.rpartition("/")[2].removesuffix(".json").removesuffix("_list")
        found["$ref"] = f"#/components/schemas/{name}"
    return found


@needs_the_kit
@asked(standard()).parametrize()  # type: ignore[untyped-decorator]
def test_every_200_conforms_to_the_standard_and_nothing_breaks(case: Any) -> None:
    case.call_and_validate(checks=[not_a_server_error, response_schema_conformance])
