"""Publishing, withdrawing and checking many at once: asked back, whole or not at all."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from resources.admin import actions
from resources.models import Edition, Organisation, OrganisationSource, Publication, Resource
from tests import make
from tests.admin.browser_form import form_of, words_of

pytestmark = pytest.mark.django_db

LIST = "/admin/resources/organisation/"


def asked(client: Client, action: str, *entries: Organisation | Resource, to: str = LIST):  # type: ignore[no-untyped-def]
    """The page that asks back, after the action was chosen in the list."""
    chosen = [str(entry.pk) for entry in entries]
    return client.post(to, {"action": action, "_selected_action": chosen, "index": "0"})


def test_it_asks_back_before_it_publishes(publisher: Client) -> None:
    drafts = [make.organisation(published=False, name=name) for name in ("Rides", "Beds")]

    page = asked(publisher, "publish_chosen", *drafts)

    assert "Rides" in words_of(page)
    assert "Beds" in words_of(page)
    assert Edition.current() == 0


def test_it_publishes_all_of_them_in_one_edition(publisher: Client) -> None:
    drafts = [make.organisation(published=False) for _number in range(2)]

    publisher.post(LIST, form_of(asked(publisher, "publish_chosen", *drafts), note="New."))

    assert Organisation.objects.published().count() == 2
    assert Edition.current() == 1
    assert {row.note for row in Publication.objects.public()} == {"New."}


def test_it_publishes_none_where_one_cannot_be_and_says_why(publisher: Client) -> None:
    good, bad = make.organisation(published=False), make.organisation(published=False, name="Bare")
    OrganisationSource.objects.filter(organisation=bad).delete()

    answer = publisher.post(LIST, form_of(asked(publisher, "publish_chosen", good, bad)))

    assert "“Bare” has no source yet" in words_of(answer)
    assert not Organisation.objects.published().exists()
    assert Edition.current() == 0


def test_it_withdraws_with_a_reason(publisher: Client) -> None:
    organisation = make.organisation()

    publisher.post(LIST, form_of(asked(publisher, "withdraw_chosen", organisation), note="Closed."))

    newest = Publication.objects.of(organisation)[0]
    assert (newest.state, newest.note, newest.by_name) == ("withdrawn", "Closed.", "Pat Lee")


def test_it_withdraws_no_organisation_from_under_its_resources(publisher: Client) -> None:
    resource = make.resource(name="Beds near the clinic")

    answer = publisher.post(
        LIST, form_of(asked(publisher, "withdraw_chosen", resource.organisation))
    )

    assert "“Beds near the clinic” still belongs to it" in words_of(answer)
    assert Organisation.objects.published().exists()


def test_it_records_a_check_of_today_with_the_sources_in_sight(publisher: Client) -> None:
    organisation = make.organisation()
    page = asked(publisher, "check_chosen", organisation)
    assert make.SOURCE in words_of(page)

    publisher.post(LIST, form_of(page))

    organisation.refresh_from_db()
    assert (organisation.checked_on, str(organisation.checked_by)) == (timezone.localdate(), "pat")
    assert Publication.objects.of(organisation)[0].change == "checked"


def test_it_publishes_nothing_by_checking_a_draft(publisher: Client) -> None:
    draft = make.organisation(published=False, name="Rides")

    answer = publisher.post(LIST, form_of(asked(publisher, "check_chosen", draft)))

    draft.refresh_from_db()
    assert "“Rides” is not published" in words_of(answer)
    assert (draft.publication_state, draft.checked_on) == ("draft", None)


def test_it_does_not_take_on_more_than_a_person_can_have_compared(publisher: Client) -> None:
    entries = [make.organisation() for _number in range(actions.CHECK.most + 1)]

    answer = asked(publisher, "check_chosen", *entries)

    assert answer.status_code == 302
    assert "more than 50 at once" in words_of(publisher.get(LIST))


def test_it_has_no_action_that_deletes(administrator: Client) -> None:
    draft = make.organisation(published=False)

    asked(administrator, "delete_selected", draft)
    administrator.post(
        LIST, {"action": "delete_selected", "_selected_action": [draft.pk], "post": "yes"}
    )

    assert Organisation.objects.exists()


def test_it_publishes_an_organisation_together_with_its_drafts(publisher: Client) -> None:
    organisation = make.organisation(published=False)
    wanted = make.resource(published=False, organisation=organisation)
    make.resource(published=False, organisation=organisation, name="Not yet")
    address = f"{LIST}{organisation.pk}/publish/"

    page = publisher.get(address)
    publisher.post(address, form_of(page, further=str(wanted.public_id)))

    assert [resource.pk for resource in Resource.objects.published()] == [wanted.pk]
    assert organisation.resources.count() == 2
    assert Edition.current() == 1


def test_it_withdraws_an_organisation_together_with_its_resources(publisher: Client) -> None:
    resource = make.resource()
    address = f"{LIST}{resource.organisation.pk}/withdraw/"

    publisher.post(address, form_of(publisher.get(address)))

    assert not Organisation.objects.published().exists()
    assert not Resource.objects.published().exists()


def test_it_takes_along_nothing_that_belongs_to_another(publisher: Client) -> None:
    organisation, other = make.organisation(published=False), make.resource(published=False)

    publisher.post(f"{LIST}{organisation.pk}/publish/", {"further": [other.public_id]})

    other.refresh_from_db()
    assert other.publication_state == "draft"


def test_it_publishes_a_resource_together_with_what_it_belongs_to(publisher: Client) -> None:
    organisation = make.organisation(published=False, name="Rides for All")
    program = make.resource(published=False, organisation=organisation)
    fund = make.resource(published=False, organisation=organisation, part_of=program)
    address = f"/admin/resources/resource/{fund.pk}/publish/"

    page = publisher.get(address)
    publisher.post(address, form_of(page))

    assert "Publish what it belongs to as well Rides for All" in words_of(page)
    assert Resource.objects.published().count() == 2
    assert Organisation.objects.published().exists()
