"""The desk's first page, its lists, and the preview."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from resources import publishing
from resources.models import (
    Condition,
    Need,
    OrganisationName,
    OrganisationPhone,
    Resource,
    ResourcePhone,
    digest_of,
)
from tests import make
from tests.admin.browser_form import form_of, words_of

pytestmark = pytest.mark.django_db

ORGANISATIONS = "/admin/resources/organisation/"
RESOURCES = "/admin/resources/resource/"


def test_it_says_on_the_first_page_what_waits(publisher: Client) -> None:
    public, draft = make.organisation(name="Rides"), make.organisation(published=False, name="Beds")
    page = publisher.get(f"{ORGANISATIONS}{public.pk}/change/")
    publisher.post(f"{ORGANISATIONS}{public.pk}/change/", form_of(page, city="Ames", _publish="x"))

    words = words_of(publisher.get("/admin/"))

    assert "Support Directory: curators' desk" in words
    assert "Drafts that wait Beds" in words
    assert "Rides Pat Lee, changed" in words
    assert ": City" in words
    assert draft.name in words


def test_it_says_whose_a_draft_is(publisher: Client) -> None:
    organisation = make.organisation(name="Ride Aid")
    make.resource(name="Gas cards", organisation=organisation, published=False)

    assert "Drafts that wait Gas cards Ride Aid, " in words_of(publisher.get("/admin/"))


def test_it_names_an_entry_that_changed_lately_once(publisher: Client) -> None:
    entry = make.organisation(name="Rides")
    address = f"{ORGANISATIONS}{entry.pk}/change/"
    for city in ("Ames", "Salem"):
        publisher.post(address, form_of(publisher.get(address), city=city, _publish="x"))

    assert [each.name for each in publisher.get("/admin/").context["recent"]] == ["Rides"]


def test_it_puts_entries_before_their_words_and_people_last(administrator: Client) -> None:
    [app] = administrator.get("/admin/").context["app_list"]

    names = [model["object_name"] for model in app["models"]]
    assert (names[:2], names[-2:]) == (["Organisation", "Resource"], ["Curator", "AuditEvent"])


def listed(client: Client, address: str, **query: str) -> list[str]:
    return [entry.name for entry in client.get(address, query).context["cl"].result_list]


@pytest.mark.parametrize("query", ["rides", "RFA", "rides-for-all", "800-532-5274", "(800) 532"])
def test_it_finds_an_organisation_by(publisher: Client, query: str) -> None:
    organisation = make.organisation(name="Rides for All", slug="rides-for-all")
    OrganisationName.objects.create(organisation=organisation, name="RFA")
    OrganisationPhone.objects.create(organisation=organisation, number="1 800 532 5274")
    make.organisation(name="Beds")

    assert listed(publisher, ORGANISATIONS, q=query) == ["Rides for All"]


def test_it_finds_a_resource_by_its_organisations_former_name(publisher: Client) -> None:
    resource = make.resource(name="To the clinic")
    OrganisationName.objects.create(organisation=resource.organisation, name="RFA")
    make.resource()

    assert listed(publisher, RESOURCES, q="rfa") == ["To the clinic"]


def test_it_finds_a_resource_by_its_organisations_number(publisher: Client) -> None:
    resource = make.resource(name="To the clinic")
    OrganisationPhone.objects.create(organisation=resource.organisation, number="800-532-5274")
    make.resource()

    assert listed(publisher, RESOURCES, q="8005325274") == ["To the clinic"]


FILTERS: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, str]]] = {
    "category": ({}, {}, {"organisation__category__exact": "government"}),
    "status": ({"fund_status": "not_applicable"}, {}, {"fund_status__exact": "not_applicable"}),
    "lifecycle": ({"lifecycle": "ended"}, {}, {"lifecycle__exact": "ended"}),
    "publication": ({"published": False}, {}, {"publication_state__exact": "draft"}),
    "state": ({"states": ("OH",)}, {"states": ("TX",)}, {"in": "OH"}),
    "national": ({}, {"states": ("TX",)}, {"in": "national"}),
    "contact": ({}, {"url": "https://example.org"}, {"contact": "none"}),
}


@pytest.mark.parametrize(("wanted", "other", "query"), FILTERS.values(), ids=FILTERS)
def test_it_narrows_the_resources_by(
    publisher: Client, wanted: dict[str, Any], other: dict[str, Any], query: dict[str, str]
) -> None:
    make.resource(name="Wanted", organisation=make.organisation(category="government"), **wanted)
    make.resource(name="Other", **other)

    assert listed(publisher, RESOURCES, **query) == ["Wanted"]


def test_it_narrows_the_resources_by_need(publisher: Client) -> None:
    make.resource(name="Wanted", needs=("rides",)), make.resource(needs=("copay",))
    pk = make.term(Need, "rides").pk

    assert listed(publisher, RESOURCES, needs__id__exact=str(pk)) == ["Wanted"]


@pytest.mark.parametrize("kind", ["own", "organisation"])
def test_it_counts_a_phone_as_contact(publisher: Client, kind: str) -> None:
    resource = make.resource(name="Reachable")
    if kind == "own":
        ResourcePhone.objects.create(resource=resource, number="211")
    else:
        OrganisationPhone.objects.create(organisation=resource.organisation, number="211")

    assert listed(publisher, RESOURCES, contact="none") == []


def test_it_narrows_to_what_nobody_has_checked(publisher: Client) -> None:
    checked = make.organisation(name="Checked")
    make.organisation(name="Never")
    publisher.post(f"{ORGANISATIONS}{checked.pk}/check/")

    assert listed(publisher, ORGANISATIONS, checked="never") == ["Never"]
    assert listed(publisher, ORGANISATIONS, checked="once") == ["Checked"]


@pytest.mark.parametrize(
    "query",
    [
        {"q": "'\"; DROP TABLE"},
        {"q": "a\x00b"},
        {"q": "x" * 5000},
        {"in": "ZZ'"},
        {"checked": "?"},
        {"p": "99999999"},
        {"o": "99.-1"},
        {"needs__id__exact": "x"},
        {"organisation__slug__contains": "x"},
    ],
    ids=str,
)
def test_it_answers_a_strange_query_without_failing(
    publisher: Client, query: dict[str, str]
) -> None:
    assert publisher.get(RESOURCES, query).status_code in (200, 302, 400)


@pytest.mark.parametrize("address", [ORGANISATIONS, RESOURCES, f"{RESOURCES}?q=help", "/admin/"])
def test_it_asks_as_many_questions_for_many_rows_as_for_few(
    publisher: Client, address: str, django_assert_num_queries: Callable[..., Any]
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            publisher.get(address)
        return len(queries)

    make.resource(name="help"), make.organisation(published=False)
    asked()
    few = asked()
    for _number in range(8):
        make.resource(name="help", published=False), make.organisation(published=False)
    asked()  # the search takes in what is new once

    assert asked() == few


def test_it_asks_as_many_questions_for_many_rows_below_a_form_as_for_few(publisher: Client) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked(resource: Resource) -> int:
        with CaptureQueriesContext(connection) as queries:
            publisher.get(f"{RESOURCES}{resource.pk}/change/")
        return len(queries)

    few, many = make.resource(states=("OH",)), make.resource(states=("OH",))
    for resource, number in ((few, 1), (many, 12)):
        for each in range(number):
            ResourcePhone.objects.create(resource=resource, number="211", purpose=f"{each}")
            resource.area_parts.create(state=make.state("OH"), county=f"County {each}")
            resource.sources.create(url=f"https://example.org/{each}")
    asked(few)

    assert asked(many) == asked(few)


def test_it_shows_a_curator_a_draft_as_the_public_would_see_it(editor: Client) -> None:
    draft = make.resource(published=False, name="Rides to the clinic", summary="Free rides.")

    page = editor.get(f"{RESOURCES}{draft.pk}/preview/")

    assert "Rides to the clinic" in words_of(page)
    assert "Free rides." in words_of(page)
    assert editor.get(draft.get_absolute_url()).status_code == 404


def test_it_says_that_a_preview_is_one_and_leads_back(editor: Client) -> None:
    draft = make.resource(published=False)

    page = editor.get(f"{RESOURCES}{draft.pk}/preview/")

    assert "A preview: only curators see this page." in words_of(page)
    assert f'href="{RESOURCES}{draft.pk}/change/"' in page.content.decode()


def test_it_previews_in_spanish(editor: Client) -> None:
    draft = make.resource(published=False, name="Rides", summary="Free rides.")
    draft.translations.create(
        field="summary", text="Viajes gratis.", english_digest=digest_of("Free rides.")
    )
    address = f"{RESOURCES}{draft.pk}/preview/"

    english, spanish = editor.get(address), editor.get(address, {"language": "es"})

    assert f'href="{address}?language=es"' in english.content.decode()
    assert "Viajes gratis." in words_of(spanish)
    assert '<html lang="es">' in spanish.content.decode()


def test_it_says_on_no_public_page_that_it_is_a_preview(client: Client) -> None:
    assert "only curators" not in words_of(client.get(make.resource().get_absolute_url()))


def test_it_previews_an_organisation_too(editor: Client) -> None:
    draft = make.organisation(published=False, name="Rides for All")

    assert "Rides for All" in words_of(editor.get(f"{ORGANISATIONS}{draft.pk}/preview/"))


def test_it_leads_to_the_public_page_of_what_is_public_only(editor: Client) -> None:
    public, draft = make.organisation(), make.organisation(published=False)

    shown = editor.get(f"{ORGANISATIONS}{public.pk}/change/").content.decode()
    hidden = editor.get(f"{ORGANISATIONS}{draft.pk}/change/").content.decode()

    assert f'href="{public.get_absolute_url()}"' in shown
    assert "/preview/" not in shown
    assert draft.get_absolute_url() not in hidden
    assert "/preview/" in hidden


@pytest.mark.parametrize(
    "address",
    ["/admin/", ORGANISATIONS, f"{RESOURCES}add/", "/admin/login/", "/admin/password_reset/"],
)
def test_it_has_no_inline_style_or_script(publisher: Client, address: str) -> None:
    client = Client() if "login" in address else publisher
    page = client.get(address).content.decode()

    assert "<style" not in page
    assert " style=" not in page
    assert "onclick=" not in page
    assert "<script>" not in page


def test_it_offers_organisations_as_one_types_to_whoever_may_see_them(publisher: Client) -> None:
    make.organisation(name="Rides for All"), make.organisation(name="Beds")
    query = {
        "app_label": "resources",
        "model_name": "resource",
        "field_name": "organisation",
        "term": "rid",
    }

    found = publisher.get("/admin/autocomplete/", query).json()["results"]

    assert [each["text"] for each in found] == ["Rides for All"]


def test_it_offers_first_what_begins_with_what_was_typed(publisher: Client) -> None:
    for name in ("ALK-positive lung cancer", "Lung cancer", "Advanced lung cancer"):
        make.term(Condition, name.lower().replace(" ", "-"), name=name)
    query = {
        "app_label": "resources",
        "model_name": "resource",
        "field_name": "conditions",
        "term": "lung",
    }

    found = publisher.get("/admin/autocomplete/", query).json()["results"]

    assert (found[0]["text"], len(found)) == ("Lung cancer", 3)


def test_it_keeps_withdrawn_entries_from_the_public_and_in_the_list(publisher: Client) -> None:
    organisation = make.organisation(name="Rides")
    publishing.withdraw(by="test", entries=[organisation])

    assert listed(publisher, ORGANISATIONS, publication_state__exact="withdrawn") == ["Rides"]
    assert "Withdrawn." in words_of(publisher.get(f"{ORGANISATIONS}{organisation.pk}/change/"))


def test_a_list_that_nothing_fits_says_so_and_leads_to_all(publisher: Client) -> None:
    make.organisation(name="Rides")

    assert "Nothing here fits. Show all" in words_of(publisher.get(ORGANISATIONS, {"q": "beds"}))
    assert "Nothing here fits." not in words_of(publisher.get(ORGANISATIONS))


def test_a_like_name_is_told_with_its_organisation(publisher: Client) -> None:
    there = make.resource(name="Gas cards", organisation=make.organisation(name="Ride Aid"))
    page = "/admin/resources/resource/add/"
    typed = form_of(publisher.get(page, {"organisation": make.organisation().pk}), summary="Gas.")
    need = make.term(Need, "gas")
    answer = publisher.post(
        page, {**typed, "name": [there.name], "needs": [str(need.pk)]}, follow=True
    )

    assert "Is it the same? Gas cards, Ride Aid" in words_of(answer)
