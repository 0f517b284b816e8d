"""Landing pages: what a person finds by the name of a need, illness, medicine or state."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from resources import publishing
from resources.models import Condition, Medicine, Need, ResourcePhone
from tests import make
from tests.views.page import get, read

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 24)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda: TODAY)


def need(slug: str, **fields: Any) -> Any:
    return make.term(Need, slug, **fields)


class TestNeeds:
    def test_they_stand_in_two_levels_with_questions_and_counts(self) -> None:
        travel = need("travel", name="Getting to treatment", question="I have no way to get there.")
        need("rides", name="Rides", parent=travel)
        make.resource(needs=("rides",))
        page = read("/needs/")

        assert page.comes_before("Getting to treatment 1 “I have no way to get there.”", "Rides 1")

    def test_a_need_whose_page_would_be_empty_is_not_shown(self) -> None:
        need("cleaning", name="Cleaning")
        make.resource(needs=("rides",))

        assert "Cleaning" not in read("/needs/").text

    def test_a_need_with_only_its_parents_help_says_ask(self) -> None:
        need("school", parent=need("legal"))
        make.resource(needs=("legal",))

        assert "School ask" in read("/needs/").text

    def test_nothing_listed_at_all_leads_on(self) -> None:
        assert "We list nothing for this yet" in read("/needs/").text


class TestNeed:
    def test_it_shows_help_and_leads_to_all_of_it(self) -> None:
        for n in range(12):
            make.resource(name=f"Ride {n:02}", needs=("rides",))
        page = read("/needs/rides/")

        assert page.text.count("Ride 0") == 10
        assert page.links["See all 12, with filters"] == "/search/?need=rides"

    def test_it_shows_its_parents_help_labelled_where_it_has_none(self) -> None:
        need("scholarships", parent=need("legal", name="Legal, work and school"))
        make.resource(name="Law office", needs=("legal",))
        page = read("/needs/scholarships/")

        assert (
            "These help with “Legal, work and school”: ask whether they do this too." in page.text
        )
        assert page.comes_before("Law office", "Ask whether they do this")

    def test_copay_help_asks_about_insurance_above_the_results(self) -> None:
        make.resource(name="Copay fund", needs=("copay",))
        page = read("/needs/copay/")

        assert page.comes_before("Do you have insurance?", "Copay fund")
        assert page.links["No"] == "?insurance=uninsured"

    def test_other_help_does_not_ask(self) -> None:
        make.resource(needs=("rides",))

        assert "Do you have insurance?" not in read("/needs/rides/").text

    def test_nobody_without_insurance_is_shown_copay_funds(self) -> None:
        make.resource(name="Copay fund", needs=("copay",), insurance_required=True)
        make.resource(name="Free pills", needs=("free_medicine",), insurance=("uninsured",))
        page = read("/needs/copay/?insurance=uninsured")

        assert "This kind of help works only together with insurance." in page.text
        assert "Free pills" in page.text
        assert "Copay fund" not in page.text

    def test_national_help_stands_before_that_of_one_state(self) -> None:
        make.resource(name="A local ride", needs=("rides",), states=("OH",))
        make.resource(name="B national ride", needs=("rides",))

        assert read("/needs/rides/").comes_before("B national ride", "A local ride")

    def test_an_empty_one_leads_on(self) -> None:
        need("rides")
        page = read("/needs/rides/")

        assert "We list nothing for this yet" in page.text
        assert page.links["Look by what you need"] == "/needs/"


class TestConditions:
    @pytest.fixture(autouse=True)
    def illnesses(self) -> None:
        any_cancer = make.term(Condition, "any-cancer")
        blood = make.term(Condition, "blood-cancer", parent=any_cancer)
        make.term(Condition, "leukemia", parent=blood)
        make.term(Condition, "lymphoma", parent=blood)

    def test_those_that_help_names_come_first_and_the_rest_is_there(self) -> None:
        make.resource(conditions=("leukemia",))
        page = read("/conditions/")

        assert page.comes_before("Leukemia 1", "2 more kinds")
        assert page.links["Lymphoma"] == "/conditions/lymphoma/"

    def test_an_illness_shows_help_for_wider_groups_after_its_own(self) -> None:
        make.resource(name="A cancer helpline", conditions=("any-cancer",), needs=("information",))
        make.resource(name="Leukemia fund", conditions=("leukemia",), needs=("copay",))
        page = read("/conditions/leukemia/")

        assert page.comes_before("Leukemia fund", "A cancer helpline")
        assert page.links["Blood cancer"] == "/conditions/blood-cancer/"

    def test_its_help_can_be_narrowed_by_need(self) -> None:
        make.resource(conditions=("leukemia",), needs=("copay",))

        link = read("/conditions/leukemia/").links["Copay 1"]

        assert link == "/search/?need=copay&condition=leukemia"


class TestMedicines:
    @pytest.fixture(autouse=True)
    def gleevec(self) -> None:
        fields: dict[str, Any] = {"name": "imatinib", "brands": ["Gleevec"], "maker": "Novartis"}
        make.term(Medicine, "imatinib", generic_available=True, **fields)

    def test_a_brand_is_found_under_its_letter(self) -> None:
        page = read("/medicines/?letter=G")

        assert "Gleevec imatinib" in page.text
        assert page.links["Gleevec"] == "/medicines/imatinib/"

    @pytest.mark.parametrize("letter", ["", "x" * 5000, "%00", "٣"])
    def test_a_letter_that_is_none_shows_the_first_page(self, letter: str) -> None:
        assert "Pick the first letter" in read(f"/medicines/?letter={letter}").text

    def test_those_that_help_names_are_listed_first(self) -> None:
        make.resource(medicines=("imatinib",))

        assert "imatinib (Gleevec) 1" in read("/medicines/").text

    def test_a_medicine_is_headed_as_a_person_looks_for_it(self) -> None:
        assert "<h1>Help paying for imatinib (Gleevec)</h1>" in read("/medicines/imatinib/").html

    @pytest.mark.parametrize(
        ("available", "kind", "said"),
        [
            (True, "generic", "A generic is sold"),
            (True, "biosimilar", "A biosimilar is sold"),
            (False, "", "No generic was sold in late 2025."),
            (None, "", "We don’t know if a generic is sold."),
        ],
    )
    def test_it_says_whether_a_generic_is_sold(
        self, available: bool | None, kind: str, said: str
    ) -> None:
        make.term(Medicine, "pill", generic_available=available, generic_kind=kind)

        assert said in read("/medicines/pill/").text

    def test_without_insurance_cash_price_and_free_medicine_come_before_copay_funds(self) -> None:
        tags: dict[str, Any] = {"medicines": ("imatinib",)}
        make.resource(name="A copay fund", needs=("copay",), **tags)
        make.resource(
            name="B cash pharmacy", needs=("discount_medicine",), insurance_rule="any", **tags
        )
        make.resource(
            name="C free pills", needs=("free_medicine",), insurance=("uninsured",), **tags
        )
        make.resource(name="D marketplace", needs=("enrolment",), insurance_rule="any")
        page = read("/medicines/imatinib/?insurance=uninsured")

        assert page.comes_before("Pay less in cash", "B cash pharmacy")
        assert page.comes_before("B cash pharmacy", "C free pills")
        assert page.comes_before("C free pills", "Get insurance")
        assert page.comes_before("Get insurance", "D marketplace")
        assert "A copay fund" not in page.text

    def test_with_insurance_copay_help_comes_first(self) -> None:
        tags: dict[str, Any] = {"medicines": ("imatinib",), "insurance_rule": "any"}
        make.resource(name="A cash pharmacy", needs=("discount_medicine",), **tags)
        make.resource(name="B copay fund", needs=("copay",), **tags)
        page = read("/medicines/imatinib/?insurance=insured")

        assert page.comes_before("B copay fund", "A cash pharmacy")
        assert page.text.count("B copay fund") == 1

    def test_it_names_its_makers_own_help(self) -> None:
        maker = make.organisation(name="Maker Cares", category="manufacturer", makers=["Novartis"])

        assert read("/medicines/imatinib/").links["Maker Cares"] == f"/organisations/{maker.slug}/"

    def test_it_says_that_it_is_no_medical_advice(self) -> None:
        assert "This is not medical advice." in read("/medicines/imatinib/").text


class TestStates:
    @pytest.fixture(autouse=True)
    def ohio(self) -> None:
        make.state("OH", name="Ohio")

    def test_it_counts_what_is_only_there_apart_from_national_help(self) -> None:
        make.resource(states=("OH",))
        make.resource(states=("OH", "TX"))
        make.resource()
        make.resource(lifecycle="ended", states=("OH",))
        text = read("/states/oh/").text

        assert "We know of 1 kind of help that is only in Ohio." in text
        assert "1 more is there and in some other states. 1 is for the whole country." in text

    def test_its_own_help_stands_before_national_help(self) -> None:
        make.resource(name="B of Ohio", states=("OH",))
        make.resource(name="A national")

        assert read("/states/oh/").comes_before("B of Ohio", "A national")

    def test_it_names_the_states_own_medicare_advice(self) -> None:
        self.ship("Ohio SHIP", "800-686-1578", states=("OH",))
        self.ship("SHIP everywhere", "800-633-4227")

        assert "Medicare advice 800-686-1578 Ohio SHIP" in read("/states/oh/").text

    def test_it_says_that_a_states_own_number_is_not_known(self) -> None:
        self.ship("SHIP everywhere", "800-633-4227")

        text = read("/states/oh/").text

        assert "We do not know the number for Ohio. For the whole country: 800-633-4227" in text

    def test_it_names_211(self) -> None:
        resource = make.resource(name="Local help by phone")
        ResourcePhone(resource=resource, number="211").save()

        assert "Help near you 211 Local help by phone" in read("/states/oh/").text

    def test_it_says_so_where_no_line_is_listed(self) -> None:
        text = read("/states/oh/").text

        assert "Help near you 211" in text
        assert text.count("We do not know the number for Ohio. Call 211 and ask for it.") == 2

    def test_the_list_has_states_and_territories_with_counts(self) -> None:
        make.state("GU", name="Guam", sort="territory")
        make.resource(states=("OH",))

        assert read("/states/").comes_before("Ohio 1", "Territories Guam")

    def ship(self, name: str, number: str, **fields: Any) -> None:
        organisation = make.organisation(category="government")
        organisation.names.create(name="SHIP", sort="abbreviation")
        resource = make.resource(name=name, organisation=organisation, **fields)
        ResourcePhone(resource=resource, number=number).save()


@pytest.mark.parametrize("kind", ["needs", "conditions", "medicines", "states"])
def test_what_never_was_is_not_found(kind: str) -> None:
    read(f"/{kind}/never-was/", status=404)


def test_a_former_address_of_a_term_leads_on() -> None:
    term = need("rides")
    term.slug = "rides-to-treatment"
    term.save()
    publishing.publish(by="test", entries=[term])
    response = get("/es/needs/rides/?insurance=insured")

    assert response.status_code == 301
    assert response.headers["Location"] == "/es/needs/rides-to-treatment/?insurance=insured"


@pytest.mark.parametrize(
    "path",
    [
        "/needs/prior_authorization/",
        "/needs/other/",
        "/conditions/sezary-syndrome/",
        "/conditions/osteoporosis/",
        "/medicines/immune-globulin/",
        "/medicines/imatinib/?insurance=uninsured",
        "/states/guam/",
        "/states/wyoming/",
    ],
)
@pytest.mark.parametrize("language", ["", "/es"])
def test_no_landing_page_of_the_real_data_is_empty(starter: None, path: str, language: str) -> None:
    page = read(f"{language}{path}")

    assert 'class="result"' in page.html
    assert 'class="empty' not in page.html


@pytest.mark.parametrize(
    "path",
    [
        "/needs/",
        "/needs/copay/",
        "/conditions/",
        "/conditions/breast-cancer/",
        "/medicines/",
        "/medicines/imatinib/",
        "/states/",
        "/states/california/",
    ],
)
def test_it_asks_the_database_a_bounded_number_of_times(
    starter: None, path: str, django_assert_max_num_queries: Any
) -> None:
    read(path)

    with django_assert_max_num_queries(75):
        read(path)
