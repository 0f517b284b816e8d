from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from resources import publishing
from resources.models import Curator, Need
from resources.opendata.folder import Published
from tests import make
from tests.opendata.reading import LATER, TODAY, content, published

pytestmark = pytest.mark.django_db


def told(root: Path, done: Published) -> Any:
    return json.loads(content(root, done, "changes.json"))


def words(root: Path, done: Published) -> str:
    return content(root, done, "changes.txt").decode()


def save(entry: Any, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(entry, name, value)
    entry.save()
    publishing.publish(by="test", entries=[entry])


def test_the_first_edition_has_nothing_to_be_compared_with(tmp_path: Path) -> None:
    make.resource()

    done = published(tmp_path)

    assert told(tmp_path, done)["since"] is None
    assert told(tmp_path, done)["changes"] == []
    assert "no earlier edition" in words(tmp_path, done)


def test_it_tells_what_is_new_changed_and_withdrawn(tmp_path: Path) -> None:
    changed, gone = make.resource(name="Rides"), make.resource(name="Gone for good")
    first = published(tmp_path)
    save(changed, name="Free rides", costs="Nothing.")
    publishing.withdraw(by="test", entries=[gone])
    new = make.resource(name="New fund", organisation=changed.organisation)

    done = published(tmp_path, today=LATER)

    assert told(tmp_path, done)["since"]["edition"] == first.edition
    by_id = {one["id"]: one for one in told(tmp_path, done)["changes"]}
    assert by_id[str(changed.public_id)] == {
        "change": "changed",
        "entity": "service",
        "id": str(changed.public_id),
        "name": "Free rides",
        "fields": ["name", "costs"],
    }
    assert by_id[str(new.public_id)]["change"] == "new"
    assert by_id[str(gone.public_id)] == {
        "change": "withdrawn",
        "entity": "service",
        "id": str(gone.public_id),
    }
    assert told(tmp_path, done)["counts"] == {"new": 1, "changed": 1, "withdrawn": 1}
    assert f"Free rides (service {changed.public_id}): name, costs" in words(tmp_path, done)
    assert "Withdrawn: 1" in words(tmp_path, done)
    assert "Gone for good" not in words(tmp_path, done)


def test_what_was_changed_back_or_came_and_went_is_no_change(tmp_path: Path) -> None:
    same = make.resource(name="Rides")
    published(tmp_path)
    save(same, name="Trips")
    save(same, name="Rides")
    passing = make.resource(organisation=same.organisation)
    publishing.withdraw(by="test", entries=[passing])
    make.resource(organisation=same.organisation, published=False)

    assert told(tmp_path, published(tmp_path, today=LATER))["changes"] == []


def test_who_checked_an_entry_is_not_named(tmp_path: Path) -> None:
    entry = make.resource()
    published(tmp_path)
    save(entry, checked_on=TODAY, checked_by=Curator.objects.create(username="secret"))

    (change,) = told(tmp_path, published(tmp_path, today=LATER))["changes"]

    assert change["fields"] == ["checked_on"]


def test_terms_are_told_as_well(tmp_path: Path) -> None:
    published(tmp_path)
    need = make.term(Need, "rides", name="Rides")
    publishing.record(by="test", entries=[need])

    (change,) = told(tmp_path, published(tmp_path, today=LATER))["changes"]

    assert (change["entity"], change["name"]) == ("taxonomy_term", "Rides")


def test_an_edition_made_again_is_compared_with_the_one_before_it(tmp_path: Path) -> None:
    first = published(tmp_path)
    make.resource()
    second = published(tmp_path, today=LATER)

    again = published(tmp_path, today=LATER)

    assert again == second
    assert told(tmp_path, again)["since"]["name"] == first.name
