"""What a search finds, leaves to be asked, counts, and in which order."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from resources import publishing, trust
from resources.models import Condition, Curator, Insurance, Medicine, Need, Resource
from resources.search import sets
from resources.search.facets import FACETS
from resources.search.query import SearchQuery
from resources.search.results import Note, SearchResults, find
from tests import make

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 24)


def ask(**chosen: Any) -> SearchResults:
    return find(SearchQuery(**chosen), sets.current(TODAY), "en")


def names(results: SearchResults, *, asks: bool = False) -> list[str]:
    rows = {row.pk: row.name for row in Resource.objects.all()}
    return [rows[hit.resource_id] for hit in results.hits if hit.asks is asks]


def counts(results: SearchResults, facet: str) -> dict[str, int]:
    return {
        value.value: value.count
        for counted in results.facets
        if counted.name == facet
        for value in counted.values
    }


@pytest.fixture
def illnesses() -> None:
    """any-cancer > leukemia > cml, and breast-cancer under any-cancer."""
    top = make.term(Condition, "any-cancer")
    leukemia = make.term(Condition, "leukemia", parent=top)
    make.term(Condition, "cml", parent=leukemia)
    make.term(Condition, "breast-cancer", parent=top)


@pytest.fixture
def covers() -> None:
    """insured > medicare > part-d, underinsured; uninsured beside them."""
    insured = make.term(Insurance, "insured")
    medicare = make.term(Insurance, "medicare", parent=insured)
    make.term(Insurance, "part-d", parent=medicare)
    make.term(Insurance, "underinsured", parent=insured)
    make.term(Insurance, "private", parent=insured)
    make.term(Insurance, "uninsured")


def test_several_values_of_one_facet_mean_or_and_facets_together_mean_and() -> None:
    make.resource(name="Ride in Ohio", needs=("rides",), states=("OH",))
    make.resource(name="Food in Ohio", needs=("food",), states=("OH",))
    make.resource(name="Food in Texas", needs=("food",), states=("TX",))

    assert names(ask(needs=("rides", "food"), area="OH")) == ["Food in Ohio", "Ride in Ohio"]


@pytest.mark.usefixtures("illnesses")
def test_an_illness_finds_help_for_what_stands_above_it_the_exact_first() -> None:
    make.resource(name="A for any cancer", conditions=("any-cancer",))
    make.resource(name="B for CML", conditions=("cml",))
    make.resource(name="C for breast cancer", conditions=("breast-cancer",))

    results = ask(conditions=("cml",))

    assert names(results) == ["B for CML", "A for any cancer"]
    assert results.ask == 0


@pytest.mark.usefixtures("illnesses")
def test_help_for_a_narrower_illness_is_to_be_asked() -> None:
    make.resource(name="For CML", conditions=("cml",))

    results = ask(conditions=("leukemia",))

    assert (results.total, names(results, asks=True)) == (0, ["For CML"])
    assert results.hits[0].notes == (Note.NARROWER,)


def test_a_need_includes_its_children() -> None:
    travel = make.term(Need, "travel")
    make.term(Need, "flights", parent=travel)
    make.resource(name="Flights", needs=("flights",))
    make.resource(name="Travel", needs=("travel",))

    assert names(ask(needs=("travel",))) == ["Flights", "Travel"]


def test_a_need_without_resources_shows_its_parents_and_says_to_ask() -> None:
    make.term(Need, "rides", parent=make.term(Need, "travel"))
    make.resource(name="Travel", needs=("travel",))

    results = ask(needs=("rides",))

    assert names(results) == ["Travel"]
    assert results.hits[0].notes == (Note.PARENT_NEED,)


@pytest.mark.usefixtures("covers")
def test_part_d_is_medicare_and_not_stated_comes_after() -> None:
    make.resource(name="Medicare", insurance=("medicare",))
    make.resource(name="Private", insurance=("private",))
    make.resource(name="Any or none", insurance_rule="any")
    make.resource(name="Says nothing")

    results = ask(insurance=("part-d",))

    assert names(results) == ["Any or none", "Medicare"]
    assert names(results, asks=True) == ["Says nothing"]


@pytest.mark.usefixtures("covers")
def test_without_insurance_what_needs_it_is_left_out_and_silent_copay_help_stands_last() -> None:
    make.resource(name="A copay only", needs=("copay",))
    make.resource(name="B marked", needs=("food",), insurance_required=True)
    make.resource(name="C copay and rent", needs=("copay", "rent"))
    make.resource(name="D rent", needs=("rent",))
    make.resource(name="E uninsured", needs=("free_medicine",), insurance=("uninsured",))
    make.resource(name="F medicare", needs=("food",), insurance=("medicare",))

    results = ask(insurance=("uninsured",))

    assert names(results) == ["E uninsured"]
    assert names(results, asks=True) == ["D rent", "C copay and rent"]


@pytest.mark.usefixtures("covers")
def test_help_for_the_underinsured_is_to_be_asked_by_whoever_has_insurance() -> None:
    make.resource(name="Underinsured", insurance=("underinsured",))

    assert names(ask(insurance=("private",)), asks=True) == ["Underinsured"]


def test_a_medicine_finds_what_names_it_then_what_names_none_but_not_another_makers() -> None:
    make.term(Medicine, "imatinib", maker="Novartis")
    own, other = make.organisation(makers=["Novartis"]), make.organisation(makers=["Pfizer"])
    make.resource(name="Names it", medicines=("imatinib",))
    make.resource(name="Own maker", organisation=own)
    make.resource(name="Other maker", organisation=other)
    make.resource(name="A charity")

    results = ask(medicines=("imatinib",))

    assert names(results) == ["Names it"]
    assert names(results, asks=True) == ["Own maker", "A charity"]


def test_a_state_finds_national_help_too_and_labels_it() -> None:
    make.resource(name="A in Ohio", states=("OH",))
    make.resource(name="B national")
    make.resource(name="C in Texas", states=("TX",))

    results = ask(area="OH")

    assert [hit.notes for hit in results.hits] == [(), (Note.NATIONAL,)]
    assert names(results) == ["A in Ohio", "B national"]


def test_a_zip_code_stands_for_its_state() -> None:
    make.resource(name="In Ohio", states=("OH",))
    make.resource(name="In Texas", states=("TX",))

    assert names(ask(area="43004")) == ["In Ohio"]


def test_a_language_that_nobody_states_is_to_be_asked() -> None:
    make.resource(name="Spanish", languages=["en", "es"])
    make.resource(name="English", languages=["en"])
    make.resource(name="Says nothing")

    results = ask(languages=("es",))

    assert (names(results), names(results, asks=True)) == (["Spanish"], ["Says nothing"])


def test_a_sighting_that_has_grown_old_counts_as_not_known() -> None:
    seen: dict[str, Any] = {"fund_status": "open", "fund_status_precision": "day"}
    make.resource(name="Fresh", **seen, fund_status_seen_on=dt.date(2026, 11, 20))
    make.resource(name="Old", **seen, fund_status_seen_on=dt.date(2026, 9, 20))

    assert names(ask(statuses=("open",))) == ["Fresh"]
    assert names(ask(statuses=("unknown",))) == ["Old"]


def test_a_facet_is_counted_without_its_own_selection() -> None:
    make.resource(needs=("rides",), states=("OH",))
    make.resource(needs=("food",), states=("OH",))
    make.resource(needs=("food",), states=("TX",))

    results = ask(needs=("rides",), area="OH")

    assert counts(results, "need") == {"rides": 1, "food": 1}
    assert counts(results, "area") == {"OH": 1}


def test_what_is_not_stated_is_never_counted_as_a_match() -> None:
    make.resource(languages=["es"])
    make.resource()

    assert counts(ask(), "language") == {"es": 1}


def test_running_stands_before_unconfirmed_open_before_unknown_and_fresh_before_old() -> None:
    seen: dict[str, Any] = {
        "fund_status_seen_on": dt.date(2026, 11, 20),
        "fund_status_precision": "day",
    }
    make.resource(name="A unconfirmed", lifecycle="unconfirmed")
    make.resource(name="B closed", fund_status="closed", **seen)
    make.resource(name="C undated")
    make.resource(name="D of 2025", year_of_facts=2025)
    make.resource(name="E open", fund_status="open", **seen)

    assert names(ask()) == ["E open", "D of 2025", "C undated", "B closed", "A unconfirmed"]


def test_who_names_no_place_finds_help_for_the_whole_country_first() -> None:
    make.resource(name="A in Ohio", needs=("rides",), states=("OH",), year_of_facts=2026)
    make.resource(name="B anywhere", needs=("rides",))

    assert names(ask(needs=("rides",))) == ["B anywhere", "A in Ohio"]
    assert names(ask(needs=("rides",), area="OH")) == ["A in Ohio", "B anywhere"]


def test_place_stands_before_words_and_medicine_before_place() -> None:
    make.term(Medicine, "imatinib")
    make.resource(name="A anywhere", needs=("rides",), summary="Rides to the dentist.")
    make.resource(name="B in Ohio", needs=("rides",), states=("OH",))
    make.resource(name="C imatinib anywhere", needs=("rides",), medicines=("imatinib",))

    assert names(ask(text="rides dentist", area="OH"))[0] == "B in Ohio"
    assert names(ask(medicines=("imatinib",), area="OH"))[0] == "C imatinib anywhere"


def test_what_has_ended_is_found_by_name_only() -> None:
    make.resource(name="Lazarex travel", lifecycle="ended", needs=("travel",))
    make.resource(name="Running travel", needs=("travel",))

    assert names(ask(needs=("travel",))) == ["Running travel"]
    assert names(ask(text="lazarex")) == ["Lazarex travel"]


def test_drafts_and_withdrawn_ones_are_found_by_nothing() -> None:
    make.resource(name="Draft ride", published=False)
    withdrawn = make.resource(name="Withdrawn ride")
    publishing.withdraw(by="test", entries=[withdrawn])

    assert ask().total == 0
    assert ask(text="ride").total == 0


def test_a_fund_is_found_by_what_its_programme_states() -> None:
    programme = make.resource(name="Programme", needs=("copay",))
    make.resource(name="Fund", part_of=programme, organisation=programme.organisation)

    assert names(ask(needs=("copay",))) == ["Fund", "Programme"]


def test_words_find_names_first_and_organisations_above() -> None:
    organisation = make.organisation(name="Pink Fund")
    make.resource(name="Money for living", organisation=organisation)
    make.resource(name="A fund of another", summary="Everything about a pink fund.")

    results = ask(text="pink fund")

    assert names(results) == ["Money for living", "A fund of another"]
    assert results.organisations == [organisation.pk]


def test_where_nothing_has_all_the_words_it_shows_what_has_some_and_says_so() -> None:
    make.resource(name="Gas cards")

    results = ask(text="gas unicorns")

    assert (names(results), results.any_word) == (["Gas cards"], True)


def test_a_changed_organisation_name_is_found_at_once() -> None:
    resource = make.resource(name="Copay help")
    resource.organisation.name = "Blood Cancer United"
    resource.organisation.save()
    publishing.publish(by="test", entries=[resource.organisation])

    assert names(ask(text="blood cancer united")) == ["Copay help"]


def test_a_changed_synonym_is_found_at_once() -> None:
    make.resource(name="Rides", needs=("rides",))
    need = Need.objects.get(slug="rides")
    need.synonyms = ["dial-a-ride"]
    need.save()
    publishing.publish(by="test", entries=[need])

    assert names(ask(text="dial-a-ride")) == ["Rides"]


def test_an_empty_result_says_which_term_empties_it() -> None:
    make.resource(name="Ride", needs=("rides",), states=("OH",))
    make.state("TX")

    results = ask(needs=("rides",), area="TX")

    assert (results.total, results.ask) == (0, 0)
    assert [(way.facet, way.value, way.count) for way in results.ways_out] == [("area", "TX", 1)]


def test_pages_hold_twenty_five_and_go_on_into_what_is_to_be_asked() -> None:
    organisation = make.organisation()
    with make.together():
        for number in range(26):
            make.resource(name=f"Spanish {number:02}", languages=["es"], organisation=organisation)
    make.resource(name="Silent", organisation=organisation)

    first, second = ask(languages=("es",)), ask(languages=("es",), page=2)

    assert (first.total, first.ask, first.pages, len(first.hits)) == (26, 1, 2, 25)
    assert (names(second), names(second, asks=True)) == (["Spanish 25"], ["Silent"])


def test_it_can_be_ordered_by_name_and_by_the_last_check() -> None:
    ann = Curator.objects.create_user("ann")
    make.resource(
        name="A", fund_status="closed", fund_status_seen_on=TODAY, fund_status_precision="day"
    )
    make.resource(name="B")
    checked = make.resource(name="C")
    trust.record_check(by=ann, entries=[checked], on=TODAY)

    assert names(ask(order="name")) == ["A", "B", "C"]
    assert names(ask(order="checked")) == ["C", "B", "A"]


def test_an_order_by_name_is_by_name_alone_whatever_the_words_find() -> None:
    make.resource(name="B: a ride")
    make.resource(name="A", summary="Somebody else pays for a taxi, a bus or a ride.")
    make.resource(name="C: ride, ride, ride")

    assert names(ask(text="ride", order="name")) == ["A", "B: a ride", "C: ride, ride, ride"]


def test_it_asks_the_database_a_fixed_number_of_times(django_assert_max_num_queries: Any) -> None:
    for _number in range(3):
        make.resource(needs=("rides",), name="Ride")
    ask(text="ride")

    with django_assert_max_num_queries(9):
        ask(text="ride", needs=("rides",))


@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"needs": ("copay",), "area": "OH"},
        {"conditions": ("breast-cancer", "leukemia"), "insurance": ("uninsured",)},
        {"text": "grant", "exact": True, "medicines": ("imatinib",)},
    ],
)
def test_every_count_is_what_choosing_it_alone_would_show(
    starter: None, chosen: dict[str, Any]
) -> None:
    query = SearchQuery(**chosen)
    for facet in ask(**chosen).facets:
        others = query
        for value in query.values(facet.name):
            others = others.without(facet.name, value)
        counts = {value.value: value.count for value in facet.values}
        for value in list(FACETS[facet.name].values(sets.current(TODAY)))[:90]:
            alone = find(others.adding(facet.name, value), sets.current(TODAY), "en")
            assert counts.get(value, 0) == alone.total, (facet.name, value)
