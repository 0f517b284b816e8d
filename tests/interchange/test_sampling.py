"""A sample in the directory: what goes in by bare rows is what publishing would have written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from resources import publishing
from resources.documents import Document, differing, read
from resources.interchange import oddities, sampling
from resources.interchange.sample import Sampler
from resources.models import (
    Curator,
    Edition,
    Organisation,
    OrganisationPhone,
    Publication,
    PublicationState,
    Recorded,
    Resource,
    SearchName,
)
from resources.search import indexing
from resources.search.text.documents import TABLES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]

TODAY = dt.date(2026, 11, 24)


def make(resources: int, tell: Callable[[int], None] = lambda made: None) -> int:
    return sampling.make(resources=resources, seed=1, today=TODAY, tell=tell)


@pytest.fixture(autouse=True)
def small_editions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampling, "EDITION_SIZE", 25)


@pytest.fixture
def in_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where there are many: other processes make the rows, indexes come afterwards."""
    monkeypatch.setattr(sampling, "MANY", 1)


def invented() -> Any:
    return Publication.objects.filter(by_name="sample data")


def entries() -> list[Recorded]:
    ids = set(invented().values_list("public_id", flat=True))
    return [
        entry
        for model in (Organisation, Resource)
        for entry in model._default_manager.filter(public_id__in=ids)
    ]


def documents(resources: int) -> dict[str, Document]:
    """The sample as it was thought out, by slug."""
    found: dict[str, Document] = {}
    for organisation, offered in Sampler(seed=1, today=TODAY):
        found |= {row["slug"]: row for row in [organisation, *offered[:resources]]}
        resources -= len(offered)
        if resources <= 0:
            return found
    return found


def text_index() -> dict[str, Any]:
    """What stands in the text index, the tokens of a column in whatever order."""
    found: dict[str, Any] = {
        "names": sorted(SearchName.objects.values_list("key", "organisation_pk"))
    }
    with connection.cursor() as cursor:
        for kind, table in TABLES.items():
            key = "id" if connection.vendor == "postgresql" else "rowid"
            cursor.execute(f"SELECT {key}, * FROM {table}")
            found[kind] = {
                row[0]: [sorted(str(column).split()) for column in row[1:]]
                for row in cursor.fetchall()
            }
    return found


def test_so_many_are_published_in_several_editions() -> None:
    told: list[int] = []
    make(60, told.append)

    offered = invented().filter(kind="resource")
    assert (offered.count(), told[-1]) == (60, 60)
    assert offered.values("edition").distinct().count() == len(told) == 3
    assert invented().order_by("-edition")[0].edition == Edition.current()
    assert Resource.objects.published().count() == 345 + 60


def test_the_record_says_what_the_tables_say() -> None:
    make(60)

    assert publishing.publish(by="anybody", entries=entries()) == []


def test_the_record_is_as_publishing_keeps_it() -> None:
    make(60)

    for row, entry in zip(invented().order_by("public_id"), by_public_id(entries()), strict=True):
        assert (row.public_id, row.slug, row.version) == (
            entry.public_id,
            entry.slug,
            entry.version,
        )
        assert (row.change, row.state, row.at, row.fields) == (
            Publication.Change.PUBLISHED,
            PublicationState.PUBLISHED,
            entry.changed_at,
            differing({}, read(entry)),
        )


def by_public_id(entries: list[Recorded]) -> list[Recorded]:
    return sorted(entries, key=lambda entry: entry.public_id)


def test_the_text_index_is_as_if_made_anew() -> None:
    make(60)
    written = text_index()

    indexing.rebuild()

    assert written == text_index()


def test_nothing_is_odd_about_a_sample() -> None:
    make(60)

    for kind in ("behind-the-back", "dead-end", "no-source", "outdated-translation", "circle"):
        assert list(oddities.KINDS[kind].look(TODAY)) == []
    assert not OrganisationPhone.objects.filter(dial="").exists()


def test_a_new_entry_can_follow_a_sample() -> None:
    make(60)

    Organisation.made(slug="a-new-one", name="A new one").save()


def test_a_larger_sample_adds_to_a_smaller_one() -> None:
    make(60)

    assert (make(70), Resource.objects.count()) == (10, 347 + 70)
    assert {row.slug: row.document for row in invented()} == documents(70)


def test_what_has_another_name_by_now_is_found_again() -> None:
    make(60)
    entry = next(entry for entry in entries() if isinstance(entry, Resource))
    entry.slug = "renamed"
    entry.save()
    publishing.publish(by="anybody", entries=[entry])

    assert make(60) == 0


def test_nothing_is_added_to_what_was_withdrawn() -> None:
    make(60)
    last = invented().filter(kind="organisation").order_by("-pk")[0]
    organisation = Organisation.objects.get(public_id=last.public_id)
    publishing.withdraw(by="anybody", entries=organisation.resources.all())
    publishing.withdraw(by="anybody", entries=[organisation])
    make(70)

    assert not organisation.resources.published().exists()


def test_broken_off_it_leaves_nothing_behind() -> None:
    before = Edition.current()

    def break_off(made: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make(60, break_off)

    assert (invented().count(), Edition.current()) == (0, before)
    left = text_index()
    indexing.rebuild()
    assert left == text_index()


@pytest.mark.usefixtures("in_processes")
def test_many_are_the_same_and_complete() -> None:
    indexes = schema()
    make(60)
    written = text_index()
    indexing.rebuild()

    assert {row.slug: row.document for row in invented()} == documents(60)
    assert publishing.publish(by="anybody", entries=entries()) == []
    assert written == text_index()
    assert set(schema()) ^ set(indexes) == set()


def schema() -> list[Any]:
    """The indexes and constraints of the database."""
    statement = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'",
        "postgresql": """
            SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
            UNION ALL SELECT tablename, indexname, indexdef FROM pg_indexes ORDER BY 1, 2
        """,
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def test_it_refuses_where_people_have_worked() -> None:
    sampling.refuse_where_people_work()
    Publication.objects.filter(version=1, kind="state").update(
        by_name="Ann", by=Curator.objects.create_user("ann")
    )

    with pytest.raises(sampling.HoldsWork):
        sampling.refuse_where_people_work()
