"""What is odd is found, and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from resources import publishing
from resources.interchange.oddities import KINDS
from resources.models import (
    AreaPart,
    Condition,
    FormerSlug,
    Need,
    Organisation,
    OrganisationName,
    OrganisationPhone,
    Resource,
    ResourcePhone,
    ResourceTranslation,
    digest_of,
    public_id_for,
)
from tests import make

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 24)


def found(kind: str) -> list[tuple[str, str]]:
    return [(odd.where, odd.says) for odd in KINDS[kind].look(TODAY)]


def reachable(**fields: Any) -> Organisation:
    return make.organisation(website="https://example.org", **fields)


def hidden_organisation() -> None:
    resource = make.resource(slug="road", organisation=make.organisation(slug="house"))
    Organisation.objects.filter(pk=resource.organisation.pk).update(publication_state="draft")


def lost_address() -> None:
    FormerSlug.objects.create(kind="resource", slug="old", public_id=public_id_for("resource", "x"))


def gone_successor() -> None:
    closed = make.organisation(slug="b", name="B", status="closed")
    make.organisation(slug="a", status="merged", successor=closed)


def unknown_maker() -> None:
    make.organisation(slug="house", makers=["Acme"])


def circle() -> None:
    one = make.organisation(slug="a", status="merged")
    Organisation.objects.filter(pk=one.pk).update(
        successor=make.organisation(slug="b", status="merged", successor=one)
    )


def condition_circle() -> None:
    top = make.term(Condition, "cancer")
    top.also_under.set([make.term(Condition, "leukemia", parent=top)])


def no_source() -> None:
    make.organisation(slug="house").sources.all().delete()


def out_of_reach() -> None:
    make.resource(slug="road", organisation=make.organisation(slug="house"))


def no_contact() -> None:
    make.organisation(slug="house")


def no_number() -> None:
    make.resource(slug="road", organisation=reachable(), how_to_apply=["phone"])


def no_states() -> None:
    make.resource(slug="road", organisation=reachable(), area_kind="states")


def unmarked_county() -> None:
    road = make.resource(slug="road", organisation=reachable(), states=("OH",))
    AreaPart.objects.create(resource=road, state=make.state("OH"), county="Lane")


def empty_table() -> None:
    make.resource(slug="road", organisation=reachable(), income_rule="dollar_table")


def number_in_prose() -> None:
    make.resource(slug="road", award="Call (800) 532-5274 on 2026-05-17")


def number_in_note() -> None:
    house = make.organisation(slug="house")
    OrganisationPhone.objects.create(organisation=house, number="211", note="or 877-557-2672")


def address_in_prose() -> None:
    make.resource(slug="road", award="See www.example.org for more")


def same_name() -> None:
    make.organisation(slug="a", name="Cancer Care")
    other = make.organisation(slug="b", name="Other")
    OrganisationName.objects.create(organisation=other, name="Cáncer-Care")


def near_name() -> None:
    make.organisation(slug="a", name="The Cancer Foundation of Georgia")
    make.organisation(slug="b", name="Cancer Foundation (Georgia)")


def same_resource() -> None:
    house = reachable(slug="house")
    make.resource(slug="a", name="Rides", organisation=house)
    make.resource(slug="b", name="Rides!", organisation=house)


def old_sighting() -> None:
    make.resource(
        slug="road",
        fund_status="open",
        fund_status_seen_on=dt.date(2024, 10, 28),
        fund_status_precision="day",
    )


def behind_the_back() -> None:
    road = make.resource(slug="road")
    Resource.objects.filter(pk=road.pk).update(award="$5")


def outdated_translation() -> None:
    road = make.resource(slug="road", award="$5")
    ResourceTranslation.objects.create(
        resource=road, field="award", text="$4", english_digest=digest_of("$4")
    )


def ambiguous_word() -> None:
    make.term(Need, "lifts")
    make.term(Condition, "elevators", synonyms=["lifts"])


@pytest.mark.parametrize(
    ("make_it", "kind", "where", "says"),
    [
        (hidden_organisation, "dead-end", "resource/road", "“house” is not public"),
        (lost_address, "dead-end", "resource/old", "leads to nothing"),
        (gone_successor, "gone-successor", "organisation/a", "ends at “B”, which is gone"),
        (unknown_maker, "unknown-maker", "organisation/house", "“Acme”"),
        (circle, "circle", "organisation/a", "a → b → a"),
        (condition_circle, "circle", "condition/cancer", "cancer → leukemia → cancer"),
        (no_source, "no-source", "organisation/house", "published, and no source"),
        (out_of_reach, "out-of-reach", "resource/road", "no phone, address or email"),
        (no_contact, "no-contact", "organisation/house", "active"),
        (no_number, "no-number", "resource/road", "no number is known"),
        (no_states, "no-states", "resource/road", "none is named"),
        (unmarked_county, "no-states", "resource/road", "not marked as narrower"),
        (empty_table, "empty-rule", "resource/road", "without rows"),
        (number_in_prose, "number-in-prose", "resource/road", "award: (800) 532-5274"),
        (number_in_note, "number-in-prose", "organisation/house", "phone note: 877-557-2672"),
        (address_in_prose, "address-in-prose", "resource/road", "award: www.example.org"),
        (same_name, "same-name", "organisation/a, organisation/b", "“Cancer Care”, “Cáncer-Care”"),
        (near_name, "near-name", "organisation/a, organisation/b", "nearly the same name"),
        (same_resource, "same-resource", "organisation/house", "a, b"),
        (old_sighting, "old-sighting", "resource/road", "seen open on 2024-10-28"),
        (behind_the_back, "behind-the-back", "resource/road", "changed since: award"),
        (outdated_translation, "outdated-translation", "resource/road", "award (es)"),
        (ambiguous_word, "ambiguous", "“lifts”", "means need:lifts, condition:elevators"),
    ],
)
def test_it_finds(make_it: Callable[[], None], kind: str, where: str, says: str) -> None:
    make_it()

    (odd,) = found(kind)
    assert odd[0] == where
    assert says in odd[1]


def test_nothing_is_odd_about_a_full_entry() -> None:
    road = make.resource(
        organisation=reachable(),
        how_to_apply=["phone"],
        states=("OH",),
        needs=("rides",),
        award="Up to $500 from 2024-2025, ZIP 43004-1234",
    )
    ResourcePhone.objects.create(resource=road, number="800-532-5274")
    publishing.publish(by="test", entries=[road])

    assert {kind: found(kind) for kind in KINDS if found(kind)} == {}


def test_an_old_house_and_its_heir_may_share_a_name() -> None:
    heir = make.organisation(name="Blood Cancer United")
    old = make.organisation(name="LLS", status="renamed", successor=heir)
    OrganisationName.objects.create(organisation=heir, name="LLS")
    OrganisationName.objects.create(organisation=old, name="L.L.S.")

    assert found("same-name") == []


def test_a_programme_s_number_serves_its_funds() -> None:
    programme = make.resource(organisation=reachable())
    ResourcePhone.objects.create(resource=programme, number="800-532-5274")
    make.resource(organisation=reachable(), part_of=programme, how_to_apply=["phone"])

    assert found("no-number") == []
