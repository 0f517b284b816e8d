"""An entry as one document: what is in it, and that writing it back loses nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from resources import documents, publishing
from resources.models import (
    AreaPart,
    DollarLimit,
    Organisation,
    OrganisationName,
    OrganisationPhone,
    Resource,
    ResourcePhone,
    ResourceTranslation,
    digest_of,
)
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def full() -> Resource:
    """A resource that says something in every kind of part."""
    programme = make.resource()
    resource = make.resource(
        organisation=programme.organisation,
        part_of=programme,
        needs=("copay", "rides"),
        conditions=("cml",),
        medicines=("imatinib",),
        insurance=("medicare",),
        states=("OH",),
        fund_status="open",
        fund_status_seen_on=dt.date(2026, 5, 17),
        fund_status_precision="day",
        documents=["proof of income"],
    )
    ResourcePhone.objects.create(resource=resource, number="800-532-5274", languages=["en", "es"])
    AreaPart.objects.create(resource=resource, state=make.state("OH"), county="Franklin")
    DollarLimit.objects.create(resource=resource, household_size=2, dollars=64920)
    ResourceTranslation.objects.create(
        resource=resource, field="name", text="Ayuda", english_digest=digest_of(resource.name)
    )
    return resource


def test_a_document_names_what_it_refers_to_in_words(full: Resource) -> None:
    document = documents.read(full)

    assert document["needs"] == ["copay", "rides"]
    assert document["states"] == ["OH"]
    assert document["part_of"] == full.part_of.slug  # type: ignore[union-attr]
    assert document["fund_status_seen_on"] == "2026-05-17"
    assert document["area_parts"] == [{"position": 0, "state": "OH", "county": "Franklin"}]
    assert document["dollar_limits"] == [{"household_size": 2, "dollars": 64920}]


def test_writing_a_document_into_a_new_entry_loses_nothing(full: Resource) -> None:
    document = documents.read(full) | {"slug": "copy"}
    copy = Resource()

    documents.write(copy, document)

    assert documents.read(Resource.objects.get(slug="copy")) == document


def test_reading_many_takes_a_fixed_number_of_queries(
    full: Resource, django_assert_max_num_queries: object
) -> None:
    pks = [full.pk, *(make.resource().pk for _number in range(3))]

    with django_assert_max_num_queries(13):  # type: ignore[operator]
        documents.read_many(Resource, pks)


def test_writing_keeps_what_the_document_does_not_mention(full: Resource) -> None:
    documents.write(full, {"award": "Up to $500"})

    full.refresh_from_db()
    assert (full.award, full.phones.count(), full.needs.count()) == ("Up to $500", 1, 2)


@pytest.mark.parametrize(
    ("document", "field", "says"),
    [
        ({"needs": ["no-such"]}, "needs", "There is no need “no-such”"),
        ({"organisation": "no-such"}, "organisation", "There is no organization “no-such”"),
        ({"url": "javascript:alert(1)"}, "url", "Write the whole address"),
        ({"age_min": 40, "age_max": 18}, "age_max", "below the youngest"),
        ({"fund_status": "closed", "fund_status_seen_on": None}, "fund_status_seen_on", "was seen"),
        ({"phones": [{"number": "12"}]}, "phones", "1: “12” is not a phone number"),
        ({"lifecycle": "asleep"}, "lifecycle", "not a valid choice"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_it_refuses_what_cannot_be_and_says_where(
    full: Resource, document: documents.Document, field: str, says: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        documents.write(full, document)

    assert says in " ".join(refused.value.message_dict[field])


def test_it_finds_an_entry_under_its_former_slug() -> None:
    organisation = make.organisation(slug="old")
    resource = make.resource(organisation=organisation)
    before = documents.read(resource)
    organisation.slug = "new"
    organisation.save()
    publishing.publish(by="test", entries=[organisation])

    documents.write(resource, before)

    assert Resource.objects.get(pk=resource.pk).organisation == organisation


def test_every_part_of_an_organisation_is_in_its_document() -> None:
    organisation = make.organisation()
    OrganisationName.objects.create(organisation=organisation, name="PAF", sort="abbreviation")
    OrganisationPhone.objects.create(organisation=organisation, number="211")

    document = documents.read(Organisation.objects.get(pk=organisation.pk))

    assert document["names"] == [{"position": 0, "name": "PAF", "sort": "abbreviation"}]
    assert document["phones"][0]["dial"] == "211"


def test_documents_that_differ_name_their_fields() -> None:
    assert documents.differing({"a": 1, "b": 2, "c": 3}, {"b": 2, "a": 0}) == ["a", "c"]


def test_a_constraint_that_a_write_breaks_is_refused_and_others_are_not_asked(
    django_assert_max_num_queries: Any,
) -> None:
    resource = make.resource(age_min=18)
    with pytest.raises(ValidationError), transaction.atomic():
        documents.write(resource, {"age_max": 3})
    resource.refresh_from_db()
    with pytest.raises(ValidationError), transaction.atomic():
        documents.write(resource, {"income_rule": "fpl_percent"})
    resource.refresh_from_db()

    with django_assert_max_num_queries(8):
        documents.write(resource, {"award": "$5"})
