"""Many entries changed as one: all or nothing, recorded together, undone together."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from django.core.exceptions import ValidationError

from resources import edits, publishing
from resources.edits import CannotEdit, Edit
from resources.models import Batch, Curator, Entry, Need, Organisation, Publication, Resource
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> Curator:
    return Curator.objects.create_user("ann", password="x")


def apply(changes: Sequence[Edit], by: Curator) -> Batch:
    return edits.apply(changes, by=by, kind="bulk", about="Moved")


def city(entry: Entry) -> str:
    return Organisation.objects.get(pk=entry.pk).city


def test_all_are_changed_in_one_edition_and_history_says_why(ann: Curator) -> None:
    public = [make.organisation(city="Ames") for _each in range(2)]
    draft = make.organisation(city="Ames", published=False)
    batch = apply(
        [Edit(entry, {"city": "Salem"}, entry.version) for entry in [*public, draft]], ann
    )

    assert [city(entry) for entry in [*public, draft]] == ["Salem"] * 3
    rows = list(batch.publications.all())
    assert (batch.entries, len(rows)) == (3, 3)
    assert {row.note for row in rows} == {"Moved"}
    assert len({row.edition for row in rows if row.edition}) == 1
    draft.refresh_from_db()
    assert draft.publication_state == "draft"


def test_one_obstacle_changes_nothing_and_every_one_is_told(ann: Curator) -> None:
    good, bad, stale = (make.organisation(city="Ames") for _each in range(3))
    before = Publication.objects.count()
    with pytest.raises(CannotEdit) as refused:
        apply(
            [
                Edit(good, {"city": "Salem"}, good.version),
                Edit(bad, {"category": "nonsense"}, bad.version),
                Edit(stale, {"city": "Salem"}, stale.version + 1),
            ],
            ann,
        )

    assert [each.entry for each in refused.value.obstacles] == [bad, stale]
    assert city(good) == "Ames"
    assert (Batch.objects.count(), Publication.objects.count()) == (0, before)


def test_undoing_brings_back_what_was_and_leaves_what_changed_since(ann: Curator) -> None:
    first, second = (make.resource(needs=("rides",), award="$1") for _each in range(2))
    make.term(Need, "lodging")
    batch = apply(
        [Edit(each, {"needs": ["lodging", "rides"], "award": "$2"}) for each in (first, second)],
        ann,
    )
    second.refresh_from_db()
    second.award = "$3"
    second.save()
    publishing.publish(by="other", entries=[second])
    undone = edits.undo(batch, by=ann)

    assert undone.left == [second]
    for each, award in ((first, "$1"), (second, "$3")):
        each.refresh_from_db()
        assert ([need.slug for need in each.needs.all()], each.award) == (["rides"], award)
    assert undone.batch.undoes == batch
    with pytest.raises(ValidationError, match="undone already"):
        edits.undo(batch, by=ann)


def test_an_undoing_can_be_undone(ann: Curator) -> None:
    entry = make.organisation(city="Ames")
    batch = apply([Edit(entry, {"city": "Salem"})], ann)
    undone = edits.undo(batch, by=ann)
    assert city(entry) == "Ames"
    edits.undo(undone.batch, by=ann)

    assert city(entry) == "Salem"


def test_a_draft_that_is_gone_by_now_is_told_as_that(ann: Curator) -> None:
    draft = make.organisation(published=False)
    Organisation.objects.filter(pk=draft.pk).delete()
    with pytest.raises(CannotEdit, match="It is not there any more"):
        apply([Edit(draft, {"city": "Salem"}, draft.version)], ann)


def test_a_dated_page_says_the_year_of_the_facts_where_nobody_has_said_it(ann: Curator) -> None:
    said, unsaid = make.resource(year_of_facts=2019), make.resource()
    page = {"url": "https://example.org/", "page_date": "2024-05", "says": ""}
    apply([Edit(each, {"sources": [page]}, each.version) for each in (said, unsaid)], ann)

    assert [each.year_of_facts for each in Resource.objects.order_by("pk")] == [2019, 2024]
    assert Publication.objects.of(unsaid)[0].document["year_of_facts"] == 2024


def test_a_term_is_changed_and_undone_with_the_entries(ann: Curator) -> None:
    rides, entry = make.term(Need, "rides"), make.organisation(city="Ames")
    batch = apply([Edit(entry, {"city": "Salem"}), Edit(rides, {"synonyms": ["lift"]})], ann)
    assert (city(entry), Need.objects.get().synonyms, batch.entries) == ("Salem", ["lift"], 2)
    edits.undo(batch, by=ann)

    assert (city(entry), Need.objects.get().synonyms) == ("Ames", [])
