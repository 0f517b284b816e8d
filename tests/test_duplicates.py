"""Entries that may be there twice: what is proposed, and what is not."""

from __future__ import annotations

import pytest

from resources import duplicates, publishing
from resources.models import Curator, LikelyPair, Organisation, OrganisationName, Resource
from tests import make

pytestmark = pytest.mark.django_db


def pairs(model: type[Organisation] | type[Resource] = Organisation) -> list[set[str]]:
    duplicates.find_all(model)
    return [{str(pair.first), str(pair.second)} for pair in LikelyPair.objects.all()]


def two(first: str, second: str, website: str = "") -> set[str]:
    for name in (first, second):
        make.organisation(name=name, website=website)
    return {first, second}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Cancer Foundation of Georgia", "The Cancer Foundation (Georgia)"),
        ("Leukemia Society", "Lukemia Society"),
        ("Ride-Aid", "ride aid"),
        ("Fundación Esperanza", "Fundacion Esperanza"),
        ("Care & Hope", "Hope and Care"),
    ],
)
def test_like_names_with_a_website_in_common_are_a_pair(first: str, second: str) -> None:
    both = two(first, second, website="https://www.example.org/about")
    assert pairs() == [both]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Lymphoma Research Foundation", "Melanoma Research Foundation"),
        ("Angel Flight East", "Angel Flight West"),
        ("Colorectal Cancer Alliance", "Lung Cancer Alliance"),
    ],
)
def test_like_names_of_others_are_none(first: str, second: str) -> None:
    two(first, second)
    assert pairs() == []


def test_one_name_in_two_states_is_none() -> None:
    for code in ("OH", "TX"):
        make.organisation(name="Ronald McDonald House", state=make.state(code))
    assert pairs() == []


def test_former_names_count_and_what_is_known_to_go_on_as_one_does_not() -> None:
    heir = make.organisation(name="Blood Cancer United")
    old = make.organisation(name="Leukemia & Lymphoma Society")
    OrganisationName.objects.create(organisation=heir, name=old.name, sort="former")
    assert pairs() == [{heir.name, old.name}]
    old.status, old.successor = "renamed", heir
    old.save()
    publishing.publish(by="test", entries=[old])

    assert pairs() == []


def test_a_number_that_many_share_says_nothing() -> None:
    for number in range(duplicates.LARGEST_BLOCK + 1):
        made = make.organisation(name=chr(0x4E00 + number) * 9)
        made.phones.create(number="800-555-0100")
    assert pairs() == []


def test_two_offers_of_one_organisation_with_one_name_are_a_pair_its_funds_are_not() -> None:
    ours = make.organisation()
    make.resource(organisation=ours, name="Gas cards")
    make.resource(organisation=ours, name="Gas  Cards")
    programme = make.resource(organisation=ours, name="Copay fund")
    make.resource(organisation=ours, name="Copay funds", part_of=programme)
    make.resource(name="Gas cards")

    assert pairs(Resource) == [{"Gas cards", "Gas  Cards"}]


def test_what_was_told_apart_stays_so() -> None:
    two("Ride Aid", "Ride-Aid")
    pairs()
    curator = Curator.objects.create_user("ann", password="x")
    duplicates.tell_apart(LikelyPair.objects.get(), by=curator)

    assert duplicates.find_all(Organisation) == 0
    assert LikelyPair.objects.get().told_apart_by == curator


def test_what_there_is_already_is_found_while_a_name_is_typed() -> None:
    made = make.organisation(name="Blood Cancer United")
    OrganisationName.objects.create(organisation=made, name="The Leukemia & Lymphoma Society")
    draft = make.organisation(name="Blood Cancer Unit", published=False)

    assert list(duplicates.like(Organisation, "blood cancer united")) == [made, draft]
    assert list(duplicates.like(Organisation, "Lukemia and Lymphoma Society")) == [made]
    assert list(duplicates.like(Organisation, made.name, apart_from=made.pk)) == [draft]
    for nothing in ("", "a", "\x00", "Melanoma", "x" * 10_000):
        assert not duplicates.like(Organisation, nothing)


@pytest.mark.usefixtures("starter")
def test_the_starter_datas_real_pairs_are_found() -> None:
    assert {
        "The Cancer Foundation of Northeast Georgia",
        "The Cancer Foundation (Northeast Georgia)",
    } in pairs()
    assert len(pairs()) <= 2
