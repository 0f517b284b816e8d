"""What the desk refuses, and with which words; nothing typed is lost."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from resources import publishing
from resources.models import Condition, Insurance, Need, Organisation, Resource
from tests import make
from tests.admin.browser_form import Sent, form_of, with_row, words_of

pytestmark = pytest.mark.django_db

LONG = "x" * 501
NEXT_YEAR = str(timezone.localdate().year + 1)


def page_of(entry: Organisation | Resource) -> str:
    return f"/admin/resources/{entry.KIND}/{entry.pk}/change/"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"apply_url": "www.example.org"}, "Write the whole address, beginning with https://"),
        ({"apply_url": "javascript:alert(1)"}, "Write the whole address, beginning with https://"),
        ({"apply_url": f"https://example.org/{LONG}"}, "at most 500 characters"),
        ({"age_min": "40", "age_max": "18"}, "The oldest age is below the youngest."),
        ({"age_max": "121"}, "less than or equal to 120"),
        ({"age_min": "-1"}, "greater than or equal to 0"),
        ({"income_rule": "fpl_percent"}, "Say how many percent."),
        (
            {"income_rule": "fpl_percent", "income_limit_percent": "2001"},
            "less than or equal to 2000",
        ),
        ({"income_limit_percent": "300"}, "goes with the rule"),
        ({"income_rule": "dollar_table"}, "add the dollar limits below"),
        ({"fund_status": "open"}, "Say when this status was seen."),
        ({"fund_status": "waitlist"}, "Say when this status was seen."),
        ({"fund_status": "closed", "fund_status_seen_on": "2024-13"}, "“2024-13” is not a date"),
        ({"fund_status": "closed", "fund_status_seen_on": "10"}, "“10” is not a date"),
        ({"fund_status": "open", "fund_status_seen_on": NEXT_YEAR}, "That day has not come yet."),
        ({"insurance_rule": "listed"}, "Name at least one kind of insurance"),
        ({"area_kind": "states"}, "Name at least one state"),
        ({"who_may_apply": ["nobody", "patient"]}, "“Nobody” stands alone"),
        ({"needs": None}, "This field is required."),
        ({"documents": "x" * 301}, "Shorten the line “xxx"),
        ({"slug": "Not A Slug"}, "Use small letters, digits and hyphens"),
        ({"sources-0-url": "ftp://example.org"}, "Write the whole address"),
        ({"sources-0-page_date": "last May"}, "“last May” is not a date"),
        ({"sources-0-page_date": NEXT_YEAR}, "That day has not come yet."),
    ],
    ids=lambda value: str(value)[:50],
)
def test_it_refuses_a_resource_in_plain_words(
    publisher: Client, typed: dict[str, object], words: str
) -> None:
    resource = make.resource(needs=("rides",))
    page = publisher.get(page_of(resource))

    answer = publisher.post(page_of(resource), form_of(page, award="$500", _publish="x", **typed))

    assert words in words_of(answer)
    assert form_of(answer)["award"] == ["$500"]
    resource.refresh_from_db()
    assert resource.award == ""


def test_it_gathers_at_the_top_what_is_to_be_mended(publisher: Client) -> None:
    resource = make.resource(needs=("rides",))
    sent = form_of(publisher.get(page_of(resource)), age_min="40", age_max="18")
    sent = with_row(sent, "phones", number="555-01")

    page = publisher.post(page_of(resource), sent)

    assert [(each.place, each.anchor) for each in page.context["mistakes"]] == [
        ("Oldest age", "id_age_max"),
        ("Phone 1, Number", "id_phones-0-number"),
    ]
    assert "there are 2 things to mend" in words_of(page)
    assert "Phone 1, Number : “555-01” is not a phone number." in words_of(page)
    for mistake in page.context["mistakes"]:
        assert f'id="{mistake.anchor}"' in page.content.decode()


def test_it_says_of_a_good_form_that_nothing_is_to_be_mended(publisher: Client) -> None:
    page = publisher.get(page_of(make.resource()))

    assert page.context["mistakes"] == []
    assert b'id="mistakes"' not in page.content


def posted(client: Client, entry: Organisation | Resource, sent: Sent) -> str:
    return words_of(client.post(page_of(entry), sent))


@pytest.mark.parametrize("number", ["hello", "12", "800-532", "٨٠٠", "1" * 30])
def test_it_refuses_a_number_that_nobody_can_dial(publisher: Client, number: str) -> None:
    organisation = make.organisation()
    sent = with_row(form_of(publisher.get(page_of(organisation))), "phones", number=number)

    assert "is not a phone number" in posted(publisher, organisation, sent)


@pytest.mark.parametrize(
    ("typed", "dial"),
    [("1-800-532-5274", "+18005325274"), ("(800) 532 5274", "+18005325274"), ("211", "211")],
)
def test_it_shows_a_number_as_typed_and_keeps_how_to_dial_it(
    publisher: Client, typed: str, dial: str
) -> None:
    organisation = make.organisation()
    sent = with_row(
        form_of(publisher.get(page_of(organisation)), _publish="x"), "phones", number=typed
    )

    publisher.post(page_of(organisation), sent)

    phone = organisation.phones.get()
    assert (phone.number, phone.dial) == (typed, dial)


def test_it_refuses_a_smaller_limit_for_a_larger_household(publisher: Client) -> None:
    resource = make.resource(needs=("rides",))
    sent = form_of(publisher.get(page_of(resource)), income_rule="dollar_table", _publish="x")
    sent = with_row(sent, "dollar_limits", household_size=1, dollars=40000)
    sent = with_row(sent, "dollar_limits", household_size=2, dollars=30000)

    assert "less than the limit for 1 people" in posted(publisher, resource, sent)


def test_it_refuses_two_limits_for_one_household(publisher: Client) -> None:
    resource = make.resource(needs=("rides",))
    sent = form_of(publisher.get(page_of(resource)), income_rule="dollar_table", _publish="x")
    for dollars in (30000, 40000):
        sent = with_row(sent, "dollar_limits", household_size=1, dollars=dollars)

    assert "two rows for the same number of people" in posted(publisher, resource, sent)


def test_it_refuses_dollar_limits_under_another_rule(publisher: Client) -> None:
    resource = make.resource(needs=("rides",))
    sent = with_row(
        form_of(publisher.get(page_of(resource))), "dollar_limits", household_size=1, dollars=1
    )

    assert "There are dollar limits." in posted(publisher, resource, sent)


def test_it_refuses_a_county_of_a_state_that_is_not_meant(publisher: Client) -> None:
    resource, texas = make.resource(needs=("rides",), states=("OH",)), make.state("TX")
    sent = with_row(
        form_of(publisher.get(page_of(resource))), "area_parts", state=texas.pk, county="Harris"
    )

    assert "Harris is in State TX, which is not among its states." in posted(
        publisher, resource, sent
    )


def test_it_refuses_a_program_that_is_a_part_of_its_own_fund(publisher: Client) -> None:
    program = make.resource(needs=("copay",))
    fund = make.resource(part_of=program, organisation=program.organisation)
    sent = form_of(publisher.get(page_of(program)), part_of=fund.pk)

    assert f"It would be a circle: {program} → {fund} → {program}." in posted(
        publisher, program, sent
    )


def test_it_refuses_organisations_that_go_on_as_each_other(publisher: Client) -> None:
    heir = make.organisation()
    old = make.organisation(successor=heir)
    sent = form_of(publisher.get(page_of(heir)), successor=old.pk)

    assert f"It would be a circle: {heir} → {old} → {heir}." in posted(publisher, heir, sent)


def test_it_refuses_an_address_that_still_leads_to_another(publisher: Client) -> None:
    renamed, other = make.organisation(slug="rides"), make.organisation()
    publisher.post(
        page_of(renamed), form_of(publisher.get(page_of(renamed)), slug="new-rides", _publish="x")
    )

    words = posted(publisher, other, form_of(publisher.get(page_of(other)), slug="rides"))

    assert "Choose another." in words or "still leads to another" in words


def test_it_refuses_the_name_that_another_was_born_under(publisher: Client) -> None:
    """Its public id is taken for ever, though the address is free while it was a draft."""
    draft = make.organisation(published=False, slug="rides")
    publisher.post(
        page_of(draft), form_of(publisher.get(page_of(draft)), slug="new-rides", _save="x")
    )
    page = publisher.get("/admin/resources/organisation/add/")

    sent = form_of(page, name="R", category="other", slug="rides")

    assert "Choose another." in words_of(publisher.post("/admin/resources/organisation/add/", sent))


@pytest.mark.parametrize("model", [Condition, Insurance])
@pytest.mark.parametrize("field", ["parent", "also_under"])
def test_it_refuses_a_circle_of_words(
    publisher: Client, model: type[Condition], field: str
) -> None:
    top = make.term(model, "top")
    middle = make.term(model, "middle", parent=top)
    bottom = make.term(model, "bottom")
    bottom.also_under.add(middle)
    publishing.publish(by="test", entries=[bottom])
    page = f"/admin/resources/{model.KIND}/{top.pk}/change/"

    answer = publisher.post(page, form_of(publisher.get(page), **{field: bottom.pk}))

    assert "It would be a circle: Top → Bottom → Middle → Top. Choose another." in words_of(answer)


def test_it_lets_a_need_stand_on_two_levels_only(publisher: Client) -> None:
    top, other = make.term(Need, "top"), make.term(Need, "other")
    child = make.term(Need, "child", parent=top)

    def refused(need: Need, parent: Need) -> str:
        page = f"/admin/resources/need/{need.pk}/change/"
        return words_of(publisher.post(page, form_of(publisher.get(page), parent=parent.pk)))

    assert "Needs have two levels" in refused(other, child)
    assert "Others are part of this one" in refused(top, other)


def test_it_takes_synonyms_one_a_line_and_is_public_at_once(publisher: Client) -> None:
    term = make.term(Condition, "leukemia")
    page = f"/admin/resources/condition/{term.pk}/change/"

    publisher.post(
        page, form_of(publisher.get(page), synonyms="blood cancer\r\n\r\n leukaemia \r\n")
    )

    term.refresh_from_db()
    assert (term.synonyms, term.version) == (["blood cancer", "leukaemia"], 2)


def test_it_adds_a_word(publisher: Client) -> None:
    page = publisher.get("/admin/resources/condition/add/")

    publisher.post("/admin/resources/condition/add/", form_of(page, name="Rare leukemia"))

    assert Condition.objects.get(slug="rare-leukemia").version == 1


def test_it_says_at_the_top_which_spanish_is_wrong(publisher: Client) -> None:
    resource = make.resource(needs=("rides",), summary="Rides.")
    sent = form_of(publisher.get(page_of(resource)), **{"translations-1-read": "on"})

    page = publisher.post(page_of(resource), sent)

    [mistake] = page.context["mistakes"]
    assert mistake.place == "What you get, in two or three sentences"
    assert mistake.says == "There is no Spanish here to have read."
