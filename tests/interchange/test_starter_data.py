"""The project's own data, loaded whole."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db.models import Count, Q

from resources.interchange import oddities, starter
from resources.models import (
    Edition,
    Need,
    Organisation,
    PovertyGuideline,
    Resource,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]

TODAY = dt.date(2026, 11, 24)
DRAFTS = {
    "connecticut-connpace-connpace-2012-report",
    "cancer-financial-assistance-coalition-cfac-resource-search",
}


def test_every_record_is_there() -> None:
    assert {model.KIND: model._default_manager.count() for model in oddities.RECORDED} == {
        "organisation": 270,
        "resource": 347,
        "need": 46,
        "condition": 332,
        "medicine": 430,
        "insurance": 28,
        "state": 56,
    }
    assert PovertyGuideline.objects.count() == 6
    assert Edition.current() == 1


def test_the_two_that_nobody_can_reach_are_drafts() -> None:
    hidden = Resource.objects.exclude(publication_state="published")
    assert {resource.slug for resource in hidden} == DRAFTS
    assert Organisation.objects.published().count() == 270


def test_42_organisations_without_contact_stay_findable() -> None:
    found = list(oddities.KINDS["no-contact"].look(TODAY))
    assert len(found) == 42


def test_no_person_has_checked_anything_yet() -> None:
    assert not Resource.objects.filter(checked_on__isnull=False).exists()


def test_loading_again_finds_nothing_to_do() -> None:
    report = starter.load()

    assert (report.wrote, report.unchanged) == (False, 1509)


def test_the_longest_slugs_and_addresses_are_whole() -> None:
    slugs = Resource.objects.values_list("slug", flat=True)
    addresses = Resource.objects.values_list("url", flat=True)
    assert (max(map(len, slugs)), max(map(len, addresses))) == (90, 493)


def test_an_alias_stands_on_the_old_entry_and_on_its_successor() -> None:
    named = Organisation.objects.filter(names__name="LLS").order_by("slug")
    assert [entry.slug for entry in named] == [
        "blood-cancer-united",
        "the-leukemia-and-lymphoma-society",
    ]


def test_a_helpline_says_when_and_in_which_languages_it_answers() -> None:
    phone = Organisation.objects.get(slug="cancer-support-community").phones.get()
    assert (phone.number, phone.languages) == ("888-793-9355", ["en", "es"])
    phone = Organisation.objects.get(slug="american-cancer-society").phones.get()
    assert (phone.hours, phone.note) == ("24 hours a day, 7 days a week", "Live chat too")


def test_short_numbers_are_dialled_as_they_are() -> None:
    assert [
        phone.dial
        for slug in ("211", "988-lifeline")
        for phone in Organisation.objects.get(slug=slug).phones.all()
    ] == ["211", "988"]


def test_every_text_has_its_spanish() -> None:
    without = Resource.objects.annotate(
        rows=Count("translations", filter=Q(translations__field__in=["name", "summary"]))
    ).exclude(rows=2)
    assert not without.exists()
    assert not list(oddities.KINDS["outdated-translation"].look(TODAY))


def test_every_need_is_asked_for_in_both_languages() -> None:
    silent = Need.objects.filter(Q(question="") | Q(spanish_question=""))
    assert [need.slug for need in silent] == ["other"]


@pytest.mark.parametrize(
    "kind", ["dead-end", "circle", "no-source", "behind-the-back", "same-name", "ambiguous"]
)
def test_nothing_is_odd_that_must_not_be(kind: str) -> None:
    assert list(oddities.KINDS[kind].look(TODAY)) == []
