"""What is named instead of help that is of no use today."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from resources.models import Condition, Insurance, Medicine, Resource
from resources.pages.alternatives import Alternatives, alternatives_to, query_like
from resources.search import sets
from resources.search.results import PAGE_SIZE, find
from tests import make

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 24)
SEEN: dict[str, Any] = {
    "fund_status_seen_on": dt.date(2026, 11, 20),
    "fund_status_precision": "day",
}


def fund(**fields: Any) -> Resource:
    return make.resource(**{"needs": ("copay",), "conditions": ("lung-cancer",), **fields})


def closed(**fields: Any) -> Resource:
    return fund(fund_status="closed", **SEEN, **fields)


def found(resource: Resource) -> Alternatives:
    return alternatives_to(resource, sets.current(TODAY), "en")


def test_it_names_a_fund_seen_open_before_those_to_be_asked() -> None:
    unknown, is_open = fund(), fund(fund_status="open", **SEEN)
    alternatives = found(closed())

    assert alternatives.open == [is_open]
    assert alternatives.ask == [unknown]


def test_it_names_help_for_any_cancer_after_help_for_the_illness_itself() -> None:
    any_cancer = make.term(Condition, "any-cancer")
    make.term(Condition, "lung-cancer", parent=any_cancer)
    wide, exact = fund(conditions=("any-cancer",)), fund()

    assert found(closed()).ask == [exact, wide]


def test_they_stand_in_the_order_of_the_search() -> None:
    make.term(Condition, "lung-cancer", parent=make.term(Condition, "any-illness"))
    make.term(Medicine, "imatinib", maker="Novartis")
    novartis = make.organisation(category="manufacturer", makers=["Novartis"])
    exact = fund()
    makers = fund(conditions=("any-illness",), organisation=novartis)
    resource = closed(medicines=("imatinib",))
    directory = sets.current(TODAY)
    hits = find(query_like(resource, directory), directory, "en").hits
    in_order = [hit.resource_id for hit in hits if hit.resource_id != resource.pk]

    assert found(resource).ask == [exact, makers]
    assert in_order == [exact.pk, makers.pk]


def test_an_open_fund_is_found_however_many_others_come_before_it() -> None:
    make.term(Condition, "lung-cancer", parent=make.term(Condition, "any-illness"))
    for number in range(PAGE_SIZE + 1):
        fund(name=f"A {number:02}")
    is_open = fund(name="Z", conditions=("any-illness",), fund_status="open", **SEEN)

    assert found(closed()).open == [is_open]


def test_who_needed_help_that_needs_insurance_is_not_sent_where_that_is_ruled_out() -> None:
    insured = make.term(Insurance, "insured")
    make.term(Insurance, "private", parent=insured)
    make.term(Insurance, "uninsured")
    fund(needs=("copay", "food"), insurance=("uninsured",))
    fits = fund(needs=("copay", "food"), insurance=("private",))

    assert found(closed(needs=("copay", "food"), insurance_required=True)).ask == [fits]


def test_it_leaves_out_help_with_other_medicines_only() -> None:
    fund(medicines=("pembrolizumab",))
    same = fund(medicines=("imatinib", "nilotinib"))

    assert found(closed()).ask == []
    assert found(closed(medicines=("imatinib",))).ask == [same]


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"needs": ("rides",)}, id="helps with something else"),
        pytest.param({"conditions": ("gout",)}, id="is for another illness"),
        pytest.param({"lifecycle": "ended"}, id="has ended"),
        pytest.param({"lifecycle": "unconfirmed"}, id="may no longer exist"),
        pytest.param({"fund_status": "closed", **SEEN}, id="is closed too"),
        pytest.param({"states": ("OH",)}, id="serves one state only"),
        pytest.param({"published": False}, id="is a draft"),
    ],
)
def test_it_leaves_out_what(fields: dict[str, Any]) -> None:
    fund(**fields)
    alternatives = found(closed())

    assert (alternatives.open, alternatives.ask) == ([], [])


def test_it_leaves_out_what_needs_insurance_for_people_without() -> None:
    resource = closed(needs=("free_medicine",), insurance=("uninsured",))
    make.resource(needs=("free_medicine",), conditions=("lung-cancer",), insurance_required=True)
    fits = make.resource(
        needs=("free_medicine",), conditions=("lung-cancer",), insurance=("uninsured",)
    )

    assert found(resource).ask == [fits]


def test_it_leaves_out_a_fund_that_was_last_seen_closed() -> None:
    fund(
        fund_status="closed",
        fund_status_seen_on=dt.date(2017, 1, 1),
        fund_status_precision="year",
    )

    assert found(closed()).ask == []


def test_it_names_help_of_the_same_state() -> None:
    local = fund(states=("OH",))

    assert found(closed(states=("OH",))).ask == [local]


def test_it_names_one_of_each_organisation() -> None:
    organisation = make.organisation()
    for _ in range(3):
        fund(organisation=organisation)

    assert len(found(closed()).ask) == 1


def test_it_names_help_where_nothing_says_what_either_helps_with() -> None:
    other = fund(needs=())

    assert found(closed(needs=())).ask == [other]


def test_it_leaves_the_programme_and_its_funds_to_the_page() -> None:
    programme = fund()
    resource = closed(organisation=programme.organisation, part_of=programme)

    assert found(resource).ask == []
