"""A new resource begins like another of its organisation, with what often holds for both."""

from __future__ import annotations

import pytest
from django.test import Client

from resources.models import AreaPart, DollarLimit, Resource
from tests import make
from tests.admin.browser_form import form_of, words_of

pytestmark = pytest.mark.django_db

ADD = "/admin/resources/resource/add/"


@pytest.fixture
def rides() -> Resource:
    made = make.resource(
        name="Rides to treatment",
        needs=("rides",),
        conditions=("lung-cancer",),
        insurance=("medicaid",),
        states=("OH",),
        income_rule="dollar_table",
        age_min=18,
        how_to_apply=["online", "phone"],
        documents=["Proof of income"],
        award="$40 a week",
        apply_url="https://example.org/apply",
        fund_status="open",
        fund_status_seen_on="2026-11-02",
        fund_status_precision="day",
    )
    DollarLimit.objects.create(resource=made, household_size=1, dollars=40000)
    DollarLimit.objects.create(resource=made, household_size=2, dollars=50000)
    AreaPart.objects.create(resource=made, state=make.state("OH"), county="Lucas", position=0)
    return made


def begun(client: Client, like: Resource) -> dict[str, list[str]]:
    return form_of(client.get(ADD, {"organisation": like.organisation_id, "like": like.pk}))


def test_it_begins_with_what_often_holds_for_both(editor: Client, rides: Resource) -> None:
    form = begun(editor, rides)

    assert form["organisation"] == [str(rides.organisation_id)]
    for name in ("conditions", "insurance", "states"):
        assert form[name] == [str(each.pk) for each in getattr(rides, name).all()]
    assert (form["area_kind"], form["insurance_rule"]) == (["states"], ["listed"])
    assert (form["income_rule"], form["age_min"]) == (["dollar_table"], ["18"])
    assert form["how_to_apply"] == ["online", "phone"]
    assert form["documents"] == ["Proof of income"]


def test_what_has_to_be_seen_for_itself_is_not_taken_over(editor: Client, rides: Resource) -> None:
    form = begun(editor, rides)

    blank = ("name", "summary", "award", "apply_url", "fund_status_seen_on", "sources-0-url")
    assert {name: form[name] for name in blank} == {name: [""] for name in blank}
    assert "needs" not in form
    assert form["fund_status"] == ["unknown"]


def test_it_says_what_is_copied_and_from_what(editor: Client, rides: Resource) -> None:
    words = words_of(editor.get(ADD, {"like": rides.pk}))

    assert "Begun like “Rides to treatment”. These are copied from it: Illnesses, Where," in words
    told = words[: words.index("Read each, and change what differs.")]
    assert "Counties" in told or "counties" in told
    assert "Oldest age" not in told


def test_its_dollar_limits_and_counties_are_saved_with_it(editor: Client, rides: Resource) -> None:
    form = begun(editor, rides)
    need = str(rides.needs.get().pk)
    editor.post(ADD, {**form, "name": ["Gas cards"], "summary": ["Gas."], "needs": [need]})

    made = Resource.objects.get(name="Gas cards")
    limits = made.dollar_limits.values_list("household_size", "dollars")
    assert list(limits) == [(1, 40000), (2, 50000)]
    assert [part.county for part in AreaPart.objects.filter(resource=made)] == ["Lucas"]


def test_saving_one_leads_to_the_next_like_it(editor: Client, rides: Resource) -> None:
    sent = {**begun(editor, rides), "name": ["Gas cards"], "summary": ["Gas."], "_addalike": ["x"]}
    answer = editor.post(ADD, {**sent, "needs": [str(rides.needs.get().pk)]})

    made = Resource.objects.get(name="Gas cards")
    assert answer.headers["Location"] == f"{ADD}?organisation={made.organisation_id}&like={made.pk}"


@pytest.mark.parametrize("like", ["", "abc", "-1", "999999999", "9" * 40, "²", "1;2"])
def test_what_is_no_resource_begins_an_empty_one(editor: Client, like: str) -> None:
    answer = editor.get(ADD, {"like": like})

    assert answer.status_code == 200
    assert "Begun like" not in words_of(answer)


def test_a_resource_that_is_there_leads_to_one_like_it(editor: Client, rides: Resource) -> None:
    page = editor.get(f"/admin/resources/resource/{rides.pk}/change/")

    assert "Add one like it" in words_of(page)


def test_a_new_organisation_begins_with_a_row_for_a_name_a_phone_and_a_source(
    editor: Client,
) -> None:
    form = form_of(editor.get("/admin/resources/organisation/add/"))

    assert {form[f"{rows}-TOTAL_FORMS"][0] for rows in ("names", "phones", "sources")} == {"1"}
