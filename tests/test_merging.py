"""Two entries that are one: what the survivor takes over, where the other leads, undoing it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from resources import edits, merging, publishing, trust
from resources.edits import CannotEdit
from resources.models import (
    AuditEvent,
    Batch,
    Check,
    Curator,
    Organisation,
    Publication,
    Resource,
    Review,
    StatusSighting,
)
from resources.trust.history import history_of
from tests import make

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def ann() -> Curator:
    return Curator.objects.create_user("ann", password="x")


def merge(
    survivor: Organisation | Resource, other: Organisation | Resource, by: Curator, **takes: str
) -> Batch:
    versions = (survivor.version, other.version)
    batch = merging.merge(survivor, other, takes, versions=versions, by=by)
    survivor.refresh_from_db()
    other.refresh_from_db()
    return batch


def snapshot() -> list[object]:
    from resources import documents

    return [
        (entry.publication_state, documents.read(entry))
        for model in (Organisation, Resource)
        for entry in model._default_manager.order_by("pk")
    ]


def test_its_resources_names_sources_and_address_go_to_the_survivor(ann: Curator) -> None:
    kept, gone = make.organisation(name="Ride Aid"), make.organisation(name="Ride-Aid Inc")
    gone.sources.create(url="https://example.org/more")
    gone.names.create(name="RAI", sort="abbreviation")
    gone.phones.create(number="800-555-0100")
    old = make.organisation(name="Rides", status="merged", successor=gone)
    publishing.publish(by="test", entries=[gone, old])
    gone.refresh_from_db()
    fund = make.resource(organisation=gone)
    was = snapshot()
    batch = merge(kept, gone, ann)

    fund.refresh_from_db()
    old.refresh_from_db()
    assert (fund.organisation, old.successor) == (kept, kept)
    assert {row.name for row in kept.names.all()} == {"Ride-Aid Inc", "RAI"}
    assert {row.url for row in kept.sources.all()} == {make.SOURCE, "https://example.org/more"}
    assert [row.number for row in kept.phones.all()] == ["800-555-0100"]
    assert (gone.publication_state, gone.merged_into) == ("withdrawn", kept)
    address = f"/es/organisations/{gone.slug}/"
    answer = Client().get(address)
    assert (answer.status_code, answer["Location"]) == (301, f"/es/organisations/{kept.slug}/")
    found = Client().get("/search/", {"q": "Ride-Aid Inc"}).content.decode()
    assert kept.get_absolute_url() in found

    assert AuditEvent.objects.filter(what="merged", by=ann).count() == 1

    edits.undo(batch, by=ann)
    assert snapshot() == was
    assert Client().get(address).status_code == 200


def test_whose_value_counts_is_chosen_field_by_field(ann: Curator) -> None:
    kept = make.resource(needs=("rides",), award="$50", summary="Ours.")
    gone = make.resource(needs=("lodging",), award="$60", summary="Theirs.", costs="none")
    merge(kept, gone, ann, award="other", needs="both")

    assert (kept.award, kept.summary, kept.costs) == ("$60", "Ours.", "none")
    assert {need.slug for need in kept.needs.all()} == {"rides", "lodging"}


def test_checks_and_sightings_stay_where_they_are_and_count_for_the_survivor(ann: Curator) -> None:
    kept = make.resource(fund_status="unknown")
    gone = make.resource(fund_status="unknown")
    seen = TODAY - dt.timedelta(days=3)
    trust.record_sighting(by=ann, resource=gone, status="open", seen_on=seen)
    trust.record_check(by=ann, entries=[gone], on=TODAY, parts=["application"])
    gone.refresh_from_db()
    merge(kept, gone, ann)

    assert {row.resource for row in StatusSighting.objects.all()} == {gone}
    assert {row.resource for row in Check.objects.all()} == {gone}
    assert [spell.status for spell in history_of(kept, TODAY).spells] == ["open"]
    assert (kept.fund_status, kept.fund_status_seen_on) == ("open", seen)
    due = Review.objects.get(resource=kept).due
    assert due["application"] == (TODAY + dt.timedelta(days=182)).isoformat()
    assert not Review.objects.filter(resource=gone)


def test_funds_follow_and_a_part_of_the_other_is_refused(ann: Curator) -> None:
    kept, gone = make.resource(), make.resource()
    fund = make.resource(part_of=gone)
    with pytest.raises(CannotEdit, match="is a part of the other"):
        merge(fund, gone, ann)
    merge(kept, gone, ann)

    fund.refresh_from_db()
    assert fund.part_of == kept


def test_a_second_merger_leaves_no_chain(ann: Curator) -> None:
    first, second, third = (make.organisation() for _each in range(3))
    merge(second, first, ann)
    merge(third, second, ann)

    first.refresh_from_db()
    assert (first.merged_into, second.merged_into) == (third, third)
    assert Client().get(first.get_absolute_url())["Location"] == third.get_absolute_url()


def test_an_organisation_that_goes_on_as_the_other_stands_for_itself(ann: Curator) -> None:
    heir = make.organisation(name="New")
    old = make.organisation(name="Old", status="renamed", successor=heir)
    merge(old, heir, ann)

    assert (old.successor, old.status) == (None, "active")


@pytest.mark.parametrize("state", ["draft", "withdrawn", "same", "other kind", "stale"])
def test_what_makes_no_sense_is_refused_and_changes_nothing(ann: Curator, state: str) -> None:
    kept = make.organisation()
    other: Organisation | Resource = make.organisation(published=state != "draft")
    if state == "withdrawn":
        publishing.withdraw(by="test", entries=[other])
    elif state == "same":
        other = kept
    elif state == "other kind":
        other = make.resource()
    elif state == "stale":
        other.version -= 1
    was = snapshot()
    with pytest.raises(CannotEdit):
        merge(kept, other, ann)

    assert snapshot() == was


def test_what_was_merged_away_is_not_published_again_by_itself(ann: Curator) -> None:
    kept, gone = make.organisation(), make.organisation()
    merge(kept, gone, ann)
    with pytest.raises(publishing.CannotPublish, match="was merged into"):
        publishing.publish(by=ann, entries=[gone])


def test_undone_the_status_is_what_it_was(ann: Curator) -> None:
    day = dt.date(2026, 1, 1)
    kept = make.resource(fund_status="open", fund_status_seen_on=day, fund_status_precision="day")
    gone = make.resource(fund_status="unknown")
    trust.record_sighting(by=ann, resource=gone, status="closed", seen_on=TODAY)
    gone.refresh_from_db()
    batch = merge(kept, gone, ann)
    assert kept.fund_status == "closed"
    edits.undo(batch, by=ann)

    kept.refresh_from_db()
    assert (kept.fund_status, kept.fund_status_seen_on) == ("open", day)


def test_it_is_undone_after_the_survivor_got_a_new_address(ann: Curator) -> None:
    kept, gone = make.organisation(), make.organisation()
    batch = merge(kept, gone, ann)
    kept.slug = "a-new-address"
    kept.save()
    publishing.publish(by="other", entries=[kept])
    edits.undo(batch, by=ann)

    gone.refresh_from_db()
    assert (gone.publication_state, gone.merged_into) == ("published", None)


def test_an_undoing_of_it_that_is_undone_withdraws_it_again(ann: Curator) -> None:
    kept, gone = make.organisation(), make.organisation()
    undone = edits.undo(merge(kept, gone, ann), by=ann)
    edits.undo(undone.batch, by=ann)

    gone.refresh_from_db()
    assert (gone.publication_state, gone.merged_into) == ("withdrawn", kept)


def test_restoring_an_old_version_of_it_leaves_where_it_leads(ann: Curator) -> None:
    kept, gone = make.organisation(), make.organisation()
    merge(kept, gone, ann)
    first = Publication.objects.of(gone).last()
    assert first is not None
    publishing.restore(by=ann, publication=first)

    assert Client().get(gone.get_absolute_url())["Location"] == kept.get_absolute_url()


def test_what_works_in_some_states_does_not_narrow_what_works_everywhere(ann: Curator) -> None:
    kept, gone = make.resource(), make.resource(states=("NY",))
    merge(kept, gone, ann)

    assert (kept.area_kind, kept.states.count()) == ("national", 0)


def test_two_very_long_names_are_merged(ann: Curator) -> None:
    kept, gone = (make.organisation(name=letter * 150) for letter in "ab")
    batch = merge(kept, gone, ann)

    assert len(batch.publications.all()[0].note) == 300
