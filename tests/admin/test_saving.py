"""Saving at the desk: drafts, publishing, editions, and nothing lost on the way."""

from __future__ import annotations

import pytest
from django.test import Client

from resources.models import (
    Curator,
    Edition,
    Need,
    Organisation,
    Publication,
    Resource,
    ResourcePhone,
)
from tests import make
from tests.admin.browser_form import form_of, with_row, words_of

pytestmark = pytest.mark.django_db

ORGANISATIONS = "/admin/resources/organisation/"
RESOURCES = "/admin/resources/resource/"


def change_page(entry: Organisation | Resource) -> str:
    return f"/admin/resources/{entry.KIND}/{entry.pk}/change/"


def test_it_keeps_a_new_entry_as_a_draft_that_raises_no_edition(publisher: Client) -> None:
    before = Edition.current()
    page = publisher.get(f"{ORGANISATIONS}add/")
    sent = form_of(page, name="Rides for All", category="patient_advocacy", _save="x")

    publisher.post(f"{ORGANISATIONS}add/", sent)

    organisation = Organisation.objects.get()
    assert (organisation.slug, organisation.publication_state) == ("rides-for-all", "draft")
    assert Edition.current() == before
    assert Publication.objects.of(organisation).count() == 1


def test_it_publishes_at_once_when_asked(publisher: Client) -> None:
    page = publisher.get(f"{ORGANISATIONS}add/")
    sent = form_of(page, name="Rides for All", category="patient_advocacy", _publish="x")
    sent["sources-0-url"] = ["https://rides.example.org/about"]

    publisher.post(f"{ORGANISATIONS}add/", sent)

    assert Organisation.objects.get().is_published
    assert Edition.current() == 1


@pytest.mark.parametrize("button", ["_save", "_publish", "_continue", "_addanother"])
def test_it_tells_once_what_was_saved(publisher: Client, button: str) -> None:
    resource = make.resource(needs=("rides",), name="To the clinic")
    page = publisher.get(change_page(resource))

    answer = publisher.post(
        change_page(resource), form_of(page, award="$5", **{button: "x"}), follow=True
    )

    told = [str(message) for message in answer.context["messages"]]
    assert len(told) == 1
    assert told[0].startswith("“To the clinic” is saved and public.")


def test_it_stays_in_the_list_that_was_narrowed(publisher: Client) -> None:
    organisation = make.organisation()
    address = f"{change_page(organisation)}?_changelist_filters=q%3Drides"
    page = publisher.get(address)

    kept = publisher.post(address, form_of(page, city="Ames", _publish="x"))
    left = publisher.post(kept["Location"], form_of(publisher.get(kept["Location"]), _save="x"))

    assert left["Location"] == f"{ORGANISATIONS}?q=rides"


def test_it_takes_the_year_of_the_facts_from_the_newest_dated_source(publisher: Client) -> None:
    resource = make.resource(needs=("rides",))
    sent = form_of(publisher.get(change_page(resource)), _publish="x")
    for date in ("2024-05", "2025", ""):
        sent = with_row(sent, "sources", url=f"https://example.org/{date}", page_date=date)

    publisher.post(change_page(resource), sent)

    resource.refresh_from_db()
    assert resource.year_of_facts == 2025


def test_it_leaves_a_year_of_the_facts_that_a_curator_gave(publisher: Client) -> None:
    resource = make.resource(needs=("rides",))
    sent = form_of(publisher.get(change_page(resource)), year_of_facts="2023", _publish="x")
    sent["sources-0-page_date"] = ["2025"]

    publisher.post(change_page(resource), sent)

    resource.refresh_from_db()
    assert resource.year_of_facts == 2023


def test_it_raises_the_edition_when_a_public_entry_is_saved(publisher: Client) -> None:
    organisation = make.organisation(name="Rides")
    before = Edition.current()
    page = publisher.get(change_page(organisation))

    publisher.post(change_page(organisation), form_of(page, city="Hampton", _publish="x"))

    newest = Publication.objects.of(organisation)[0]
    assert Edition.current() == before + 1
    assert (newest.fields, newest.by_name) == (["city"], "Pat Lee")


@pytest.mark.parametrize("kind", ["organisation", "resource"])
def test_it_changes_nothing_when_nothing_was_typed(publisher: Client, kind: str) -> None:
    entry = (
        make.organisation(summary="One line.\nAnother.")
        if kind == "organisation"
        else a_full_resource()
    )
    before = Publication.objects.count()

    publisher.post(change_page(entry), form_of(publisher.get(change_page(entry)), _publish="x"))

    assert Publication.objects.count() == before


def a_full_resource() -> Resource:
    resource = make.resource(
        needs=("copay", "rides"),
        states=("OH", "TX"),
        insurance=("medicare",),
        summary="One line.\nAnother.",
        how_to_apply=["phone", "online"],
        who_may_apply=["clinic", "patient"],
        languages=["es", "en", "xx"],
        documents=["Proof of income", "A letter"],
        fund_status="open",
        fund_status_seen_on="2024-10-01",
        fund_status_precision="month",
        income_rule="fpl_percent",
        income_limit_percent=300,
        published=False,
    )
    ResourcePhone.objects.create(resource=resource, number="211", languages=["es", "en"])
    from resources import publishing

    publishing.publish(by="test", entries=[resource])
    return resource


def test_it_keeps_how_exactly_a_day_is_known(publisher: Client) -> None:
    resource = a_full_resource()
    page = publisher.get(change_page(resource))
    sent = form_of(page, fund_status_seen_on="2025", fund_status="closed", _publish="x")

    publisher.post(change_page(resource), sent)

    resource.refresh_from_db()
    assert str(resource.fund_status_seen_on) == "2025-01-01"
    assert resource.fund_status_precision == "year"


def test_it_knows_not_stated_from_none(publisher: Client) -> None:
    resource = a_full_resource()
    page = publisher.get(change_page(resource))
    sent = form_of(page, who_may_apply=None, how_to_apply=None, _publish="x")

    publisher.post(change_page(resource), sent)

    resource.refresh_from_db()
    assert resource.who_may_apply is None
    assert resource.how_to_apply == []


def test_it_shows_a_refused_publication_with_everything_that_was_typed(publisher: Client) -> None:
    page = publisher.get(f"{ORGANISATIONS}add/")
    sent = form_of(page, name="Rides for All", category="government", city="Ames", _publish="x")
    sent = with_row(sent, "names", name="RFA", sort="abbreviation")

    answer = publisher.post(f"{ORGANISATIONS}add/", sent)

    assert "has no source yet" in words_of(answer)
    assert 'value="Ames"' in answer.content.decode()
    assert 'value="RFA"' in answer.content.decode()
    assert not Organisation.objects.exists()
    assert not Publication.objects.exists()


def test_it_numbers_rows_again_in_their_places(publisher: Client) -> None:
    organisation = make.organisation(name="Rides")
    page = publisher.get(change_page(organisation))
    sent = with_row(form_of(page, _publish="x"), "phones", number="211", position="")
    sent = with_row(sent, "phones", number="800-532-5274", position="1")

    publisher.post(change_page(organisation), sent)

    phones = list(organisation.phones.values_list("number", "dial", "position"))
    assert phones == [("800-532-5274", "+18005325274", 0), ("211", "211", 1)]


def test_it_goes_on_to_a_resource_of_the_organisation_just_saved(publisher: Client) -> None:
    page = publisher.get(f"{ORGANISATIONS}add/")
    sent = form_of(page, name="Rides for All", category="government", _add_resource="x")

    answer = publisher.post(f"{ORGANISATIONS}add/", sent)

    pk = Organisation.objects.get().pk
    assert answer["Location"] == f"{RESOURCES}add/?organisation={pk}"
    assert form_of(publisher.get(answer["Location"]))["organisation"] == [str(pk)]


def test_it_names_a_resource_after_its_organisation(publisher: Client) -> None:
    organisation, need = make.organisation(slug="rides"), make.term(Need, "rides")
    page = publisher.get(f"{RESOURCES}add/?organisation={organisation.pk}")
    sent = form_of(page, name="To the clinic", summary="Rides.", needs=[str(need.pk)], _save="x")

    publisher.post(f"{RESOURCES}add/", sent)

    assert Resource.objects.get().slug == "rides-to-the-clinic"


def test_it_gives_a_second_one_of_the_same_name_another_slug(publisher: Client) -> None:
    make.organisation(slug="rides-for-all")
    page = publisher.get(f"{ORGANISATIONS}add/")

    publisher.post(
        f"{ORGANISATIONS}add/", form_of(page, name="Rides for All", category="other", _save="x")
    )

    assert Organisation.objects.filter(slug="rides-for-all-2").exists()


def test_it_deletes_a_draft_without_leaving_a_trace_in_the_way(publisher: Client) -> None:
    draft = make.organisation(published=False, slug="rides")

    publisher.post(f"{ORGANISATIONS}{draft.pk}/delete/", {"post": "yes"})
    make.organisation(published=False, slug="rides")

    assert Organisation.objects.filter(slug="rides").count() == 1


def test_an_editor_deletes_no_draft_with_somebody_elses_work_in_it(
    editor: Client, publisher: Client
) -> None:
    mine, theirs = make.organisation(published=False), make.organisation(published=False)
    me = Curator.objects.get(username="ed")
    Publication.objects.of(mine).update(by=me)
    for draft in (mine, theirs):
        editor.post(f"{ORGANISATIONS}{draft.pk}/delete/", {"post": "yes"})

    assert list(Organisation.objects.all()) == [theirs]
    publisher.post(f"{ORGANISATIONS}{theirs.pk}/delete/", {"post": "yes"})
    assert not Organisation.objects.exists()


def test_it_deletes_nothing_that_has_been_public(publisher: Client) -> None:
    organisation = make.organisation()

    answer = publisher.post(f"{ORGANISATIONS}{organisation.pk}/delete/", {"post": "yes"})

    assert answer.status_code == 403
    assert Organisation.objects.filter(pk=organisation.pk).exists()


def test_it_asks_in_plain_words_before_it_deletes(publisher: Client) -> None:
    draft = make.resource(published=False, needs=("rides",), name="To the clinic")

    words = words_of(publisher.get(f"{RESOURCES}{draft.pk}/delete/"))

    assert "Delete the draft “To the clinic”?" in words
    assert "relationship" not in words


def test_it_says_what_keeps_a_draft_from_being_deleted(publisher: Client) -> None:
    draft = make.organisation(published=False)
    make.resource(published=False, organisation=draft, name="To the clinic")

    words = words_of(publisher.get(f"{ORGANISATIONS}{draft.pk}/delete/"))

    assert "To the clinic" in words
