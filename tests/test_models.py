"""What the nouns promise by themselves."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from resources.models import (
    Organisation,
    Resource,
    ResourcePhone,
    ResourceSource,
    dialable,
)
from tests import make

TODAY = dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("seen_on", "precision", "counts"),
    [
        (dt.date(2026, 11, 24), "day", "open"),
        (dt.date(2026, 10, 26), "day", "open"),
        (dt.date(2026, 10, 25), "day", "unknown"),
        (dt.date(2026, 11, 1), "month", "open"),
        (dt.date(2026, 10, 1), "month", "unknown"),
        (dt.date(2026, 1, 1), "year", "unknown"),
    ],
)
def test_a_sighting_counts_for_thirty_days(seen_on: dt.date, precision: str, counts: str) -> None:
    resource = Resource(
        fund_status="open", fund_status_seen_on=seen_on, fund_status_precision=precision
    )

    status = resource.fund_status_on(TODAY)

    assert (status.counts, status.seen, status.is_old) == (counts, "open", counts == "unknown")


def test_a_sighting_counts_as_long_as_its_entry_says() -> None:
    resource = Resource(
        fund_status="open", fund_status_seen_on=dt.date(2026, 9, 1), fund_status_days=90
    )

    assert resource.fund_status_on(TODAY).counts == "open"


@pytest.mark.parametrize(
    ("typed", "dialled"),
    [
        ("800-532-5274", "+18005325274"),
        ("(800) 532 5274", "+18005325274"),
        ("1-800-532-5274", "+18005325274"),
        ("+1 800 532 5274", "+18005325274"),
        ("1-800-4-CANCER", "+18004226237"),
        ("211", "211"),
        ("988", "988"),
    ],
)
def test_a_phone_number_can_be_dialled(typed: str, dialled: str) -> None:
    assert dialable(typed) == dialled


@pytest.mark.parametrize("typed", ["", "12", "call us", "٨٠٠", "212", "800-532", "2-1-1 or so"])
def test_it_refuses_a_number_that_nobody_can_dial(typed: str) -> None:
    with pytest.raises(ValueError, match="is not a phone number"):
        dialable(typed)


@pytest.mark.django_db
def test_a_fund_takes_from_its_programme_what_it_leaves_blank() -> None:
    programme = make.resource(award="Up to $5,000", needs=("copay",), documents=["proof of income"])
    ResourcePhone.objects.create(resource=programme, number="800-532-5274")
    fund = make.resource(
        organisation=programme.organisation, part_of=programme, renewal="every year"
    )

    assert fund.inherited("award") == "Up to $5,000"
    assert fund.inherited("documents") == ["proof of income"]
    assert [phone.number for phone in fund.inherited("phones")] == ["800-532-5274"]
    assert [need.slug for need in fund.inherited("needs")] == ["copay"]
    assert fund.inherited("renewal") == "every year"


@pytest.mark.django_db
def test_a_chain_of_successors_leads_to_the_last_and_never_in_circles() -> None:
    first, second, third = make.organisation(), make.organisation(), make.organisation()
    Organisation.objects.filter(pk=first.pk).update(successor=second)
    Organisation.objects.filter(pk=second.pk).update(successor=third)
    assert Organisation.objects.get(pk=first.pk).heir() == third

    Organisation.objects.filter(pk=third.pk).update(successor=first)
    assert Organisation.objects.get(pk=first.pk).heir() is not None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "untrue",
    [
        {"age_min": 40, "age_max": 18},
        {"fund_status": "open"},
        {"fund_status": "closed", "fund_status_seen_on": dt.date(2026, 1, 1)},
        {"fund_status": "maybe"},
        {"income_rule": "fpl_percent"},
        {"income_rule": "none", "income_limit_percent": 300},
        {"apply_url": "javascript:alert(1)"},
        {"url": "ftp://example.org"},
        {"slug": "Not A Slug"},
        {"checked_on": dt.date(2026, 1, 1)},
        {"publication_state": "secret"},
        {"lifecycle": "asleep"},
    ],
    ids=str,
)
def test_the_database_refuses_what_must_never_be_untrue(untrue: dict[str, Any]) -> None:
    resource = make.resource()

    with pytest.raises(IntegrityError), transaction.atomic():
        Resource.objects.filter(pk=resource.pk).update(**untrue)


@pytest.mark.django_db
def test_the_database_refuses_a_source_that_is_no_web_address() -> None:
    resource = make.resource()

    with pytest.raises(IntegrityError), transaction.atomic():
        ResourceSource.objects.create(resource=resource, url="javascript:alert(1)")


@pytest.mark.django_db
def test_a_public_id_is_the_same_in_every_database() -> None:
    assert (
        str(make.organisation(slug="cancercare").public_id)
        == "06fbbe1a-d4c8-545c-8a81-7090e2910c0a"
    )


@pytest.mark.parametrize(
    ("needs", "required", "only"),
    [
        (("copay",), False, True),
        (("copay", "premiums"), False, True),
        (("copay", "rides"), False, False),
        (("rides",), True, True),
        ((), False, False),
    ],
)
@pytest.mark.django_db
def test_copay_and_premium_help_makes_sense_only_with_insurance(
    needs: tuple[str, ...], required: bool, only: bool
) -> None:
    assert make.resource(needs=needs, insurance_required=required).only_with_insurance is only
