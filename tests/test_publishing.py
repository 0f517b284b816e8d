"""The one writer: editions, versions, the record, restore, and what it refuses."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from resources import publishing, trust
from resources.models import (
    Curator,
    Edition,
    FormerSlug,
    Organisation,
    OrganisationName,
    Publication,
    Resource,
    ResourcePhone,
)
from tests import make

pytestmark = pytest.mark.django_db


def test_it_raises_the_edition_once_for_everything_in_one_call() -> None:
    drafts = [make.organisation(published=False), make.organisation(published=False)]
    before = Edition.current()

    rows = publishing.publish(by="test", entries=drafts)

    assert {row.edition for row in rows} == {before + 1} == {Edition.current()}


def test_it_keeps_the_whole_entry_its_names_phones_and_sources_included() -> None:
    resource = make.resource(needs=("copay",))
    ResourcePhone.objects.create(resource=resource, number="800-532-5274", purpose="copays")

    row = publishing.publish(by="test", entries=[resource])[0]

    assert row.fields == ["phones"]
    assert row.document["phones"][0]["number"] == "800-532-5274"
    assert row.document["needs"] == ["copay"]
    assert row.document["sources"][0]["url"] == make.SOURCE


def test_it_says_who_changed_which_fields() -> None:
    ann = Curator.objects.create_user("ann", first_name="Ann", last_name="Lee")
    organisation = make.organisation()
    organisation.city = "Hampton"
    organisation.save()
    OrganisationName.objects.create(organisation=organisation, name="PAF")

    row = publishing.publish(by=ann, entries=[organisation])[0]

    assert (row.by, row.by_name, row.change) == (ann, "Ann Lee", "changed")
    assert row.fields == ["city", "names"]


def test_it_leaves_no_row_where_nothing_changed() -> None:
    resource = make.resource()
    before = Edition.current()

    assert publishing.publish(by="test", entries=[resource]) == []
    assert Edition.current() == before


def test_a_draft_gets_a_version_but_no_edition() -> None:
    before = Edition.current()

    draft = make.organisation(published=False)

    assert Publication.objects.of(draft).get().edition is None
    assert (draft.version, draft.is_published, Edition.current()) == (1, False, before)


def test_what_has_been_public_never_becomes_a_draft() -> None:
    entry = make.organisation()

    with pytest.raises(ValueError, match="Not drafts"):
        publishing.keep_draft(by="test", entries=[entry])

    entry.refresh_from_db()
    assert entry.publication_state == "published"


def test_it_refuses_an_entry_without_a_source_and_changes_nothing() -> None:
    organisation = Organisation.made(slug="no-source", name="No Source", category="other")
    organisation.save()
    before = Edition.current()

    with pytest.raises(publishing.CannotPublish, match="has no source yet"):
        publishing.publish(by="test", entries=[organisation])

    organisation.refresh_from_db()
    assert (organisation.version, organisation.is_published, Edition.current()) == (
        0,
        False,
        before,
    )


def test_it_refuses_a_resource_whose_organisation_is_not_public() -> None:
    draft = make.resource(published=False, organisation=make.organisation(published=False))

    with pytest.raises(publishing.CannotPublish, match="publish its organization"):
        publishing.publish(by="test", entries=[draft])


def test_it_publishes_an_organisation_and_its_resource_together() -> None:
    draft = make.resource(published=False, organisation=make.organisation(published=False))

    publishing.publish(by="test", entries=[draft, draft.organisation])

    assert Resource.objects.published().get() == draft


def test_it_refuses_to_withdraw_an_organisation_with_public_resources() -> None:
    resource = make.resource(name="Ride fund")

    with pytest.raises(publishing.CannotPublish, match="“Ride fund” still belongs to it"):
        publishing.withdraw(by="test", entries=[resource.organisation])


def test_it_withdraws_an_organisation_together_with_its_resources() -> None:
    resource = make.resource()

    rows = publishing.withdraw(by="test", entries=[resource.organisation, resource])

    assert [row.change for row in rows] == ["withdrawn", "withdrawn"]
    assert not Resource.objects.published().exists()


def test_it_keeps_an_old_slug_leading_to_the_renamed_entry() -> None:
    resource = make.resource(slug="old-name")
    resource.slug = "new-name"
    resource.save()

    publishing.publish(by="test", entries=[resource])

    assert FormerSlug.objects.get(slug="old-name").public_id == resource.public_id


def test_it_refuses_a_slug_that_still_leads_to_another_entry() -> None:
    resource = make.resource(slug="old-name")
    resource.slug = "new-name"
    resource.save()
    publishing.publish(by="test", entries=[resource])

    another = Resource(organisation=resource.organisation, slug="old-name", name="B", summary="B")
    with pytest.raises(ValidationError, match="still leads to another entry"):
        another.full_clean(exclude={"public_id"})


def test_an_entry_may_take_its_own_old_slug_back() -> None:
    resource = make.resource(slug="first")
    for slug in ("second", "first"):
        resource.slug = slug
        resource.save()
        publishing.publish(by="test", entries=[resource])

    assert [former.slug for former in FormerSlug.objects.all()] == ["second"]


def test_restore_brings_back_every_part_as_a_new_version() -> None:
    resource = make.resource(needs=("copay",), name="Right name")
    first = Publication.objects.of(resource).get()
    resource.name = "Wrong name"
    resource.save()
    resource.needs.clear()
    ResourcePhone.objects.create(resource=resource, number="800-532-5274")
    publishing.publish(by="test", entries=[resource])

    row = publishing.restore(by="test", publication=first)[0]

    resource.refresh_from_db()
    assert (resource.name, resource.version, row.change) == ("Right name", 3, "restored")
    assert [need.slug for need in resource.needs.all()] == ["copay"]
    assert not resource.phones.exists()


def test_restore_keeps_the_present_slug_and_the_last_check() -> None:
    ann = Curator.objects.create_user("ann")
    resource = make.resource(slug="first")
    first = Publication.objects.of(resource).get()
    resource.slug = "second"
    resource.save()
    trust.record_check(by=ann, entries=[resource], on=dt.date(2026, 11, 24))

    publishing.restore(by="test", publication=first)

    resource.refresh_from_db()
    assert (resource.slug, resource.checked_on) == ("second", dt.date(2026, 11, 24))


def test_a_save_refreshes_no_check() -> None:
    resource = make.resource()
    resource.summary = "Something else."
    resource.save()
    publishing.publish(by=Curator.objects.create_user("ann"), entries=[resource])

    resource.refresh_from_db()
    assert resource.checked_on is None


def test_whoever_saves_second_is_told_what_the_first_saved() -> None:
    resource = make.resource()
    opened_at = resource.version
    resource.name = "Saved first"
    resource.save()
    publishing.publish(by="ann", entries=[resource])

    with pytest.raises(publishing.ChangedMeanwhile) as told:
        publishing.expect_version(resource, opened_at)

    assert told.value.newest is not None
    assert told.value.newest.document["name"] == "Saved first"


def test_an_instance_read_earlier_cannot_put_an_old_version_back() -> None:
    resource = make.resource()
    stale = Resource.objects.get(pk=resource.pk)
    resource.name = "Newer"
    resource.save()
    publishing.publish(by="test", entries=[resource])

    stale.save()

    assert Resource.objects.get(pk=resource.pk).version == 2
