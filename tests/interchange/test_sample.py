"""Invented data: made the same every time, complete, and true of nobody."""

from __future__ import annotations

import datetime as dt
from itertools import islice

import pytest

from resources.documents import Document
from resources.interchange import bulk
from resources.interchange.sample import Sampler
from resources.interchange.sample.naming import Place
from resources.models import Organisation, Resource

TODAY = dt.date(2026, 11, 24)


def some(how_many: int, *, seed: int = 1) -> list[tuple[Document, list[Document]]]:
    return list(islice(Sampler(seed=seed, today=TODAY), how_many))


@pytest.fixture(scope="module")
def houses() -> list[tuple[Document, list[Document]]]:
    return some(400)


def test_the_same_seed_makes_the_same_data() -> None:
    assert some(40) == some(40)


def test_another_seed_makes_other_data() -> None:
    assert some(5) != some(5, seed=2)


def test_what_is_planned_can_be_written_by_anybody_in_any_order() -> None:
    plans = list(islice(Sampler(seed=1, today=TODAY).plans(), 40))
    other = Sampler(seed=1, today=TODAY)

    assert [other.documents(plan) for plan in reversed(plans)] == some(40)[::-1]


def test_every_name_and_slug_is_its_own(houses: list[tuple[Document, list[Document]]]) -> None:
    names = [organisation["name"] for organisation, _resources in houses]
    slugs = [row["slug"] for organisation, rows in houses for row in [organisation, *rows]]
    assert (len(set(names)), len(set(slugs))) == (len(names), len(slugs))


def test_numbers_and_addresses_are_nobodys(houses: list[tuple[Document, list[Document]]]) -> None:
    for organisation, rows in houses:
        for row in [organisation, *rows]:
            assert all("-555-01" in phone["number"] for phone in row["phones"])
            addresses = [row.get("website"), row.get("url"), *(s["url"] for s in row["sources"])]
            assert all(".example.org" in address for address in addresses if address)


@pytest.mark.django_db
def test_every_row_is_what_its_column_takes(
    houses: list[tuple[Document, list[Document]]],
) -> None:
    prepared = [bulk.prepare(Organisation, organisation) for organisation, _rows in houses]
    prepared += [bulk.prepare(Resource, row) for _organisation, rows in houses for row in rows]
    assert [one.complaints() for one in prepared if one.complaints()] == []


def test_a_name_is_cut_before_its_town_where_it_grows_too_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = Place(city="Lake " * 25, state="MA", county="Worcester", area_code="508")
    monkeypatch.setattr("resources.interchange.sample.moving.places", lambda: [town])

    names = [row["name"] for _organisation, rows in some(20) for row in rows]

    assert max(map(len, names)) == 150
    assert all(name.endswith("(" + "Lake " * 25 + ", MA)") for name in names)


def test_rules_stay_together_as_the_starter_has_them(
    houses: list[tuple[Document, list[Document]]],
) -> None:
    for _organisation, rows in houses:
        for row in rows:
            assert (row["income_rule"] == "fpl_percent") == (
                row["income_limit_percent"] is not None
            )
            assert (row["insurance_rule"] == "listed") == bool(row["insurance"])
            assert (row["area_kind"] == "states") == bool(row["states"])


def test_about_as_many_say_so_as_in_the_starter(
    houses: list[tuple[Document, list[Document]]],
) -> None:
    rows = [row for _organisation, rows in houses for row in rows]
    national = sum(row["area_kind"] == "national" for row in rows) / len(rows)
    assert 0.5 < national < 0.8  # 223 of 347 in the starter
    assert 1.1 < len(rows) / len(houses) < 1.6  # 347 of 270
