from __future__ import annotations

import datetime as dt
import json
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from jsonschema import Draft202012Validator

from resources.hsds import loading, organisations, places, profile, services, terms
from resources.hsds.profile_schemas import SCHEMAS
from resources.hsds.telling import Document, Telling
from resources.hsds.vocabulary import TAXONOMIES
from resources.models import Check, Insurance, Organisation, Resource, StatusSighting
from resources.search import sets
from tests import make
from tests.hsds.conforming import needs_the_kit, problems

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 20)


def telling(today: dt.date = TODAY) -> Telling:
    return Telling(sets.current(today), lambda path: f"https://help.example.org{path}")


def service(resource: Resource, today: dt.date = TODAY) -> Document:
    found = list(loading.services([resource.pk]))
    return services.service_document(*found[0], telling(today))


def organisation(made: Organisation, seen: tuple[Document, ...] = ()) -> Document:
    found = list(loading.organisations([made.pk]))
    return organisations.organisation_document(*found[0], seen, telling())


def every(model: Any) -> list[int]:
    return list(model.objects.published().values_list("pk", flat=True))


class TestAllOfTheStarterData:
    @needs_the_kit
    def test_it_is_hsds_as_services(self, starter: None) -> None:
        told = telling()
        for resource, seen in loading.services(every(Resource)):
            for document in (
                services.service_document(resource, seen, told),
                services.service_in_brief(resource, told),
                services.service_minimal(resource, told),
            ):
                assert problems(document, "service") == []

    @needs_the_kit
    def test_it_is_hsds_as_organizations(self, starter: None) -> None:
        told = telling()
        for one, seen in loading.organisations(every(Organisation)):
            document = organisations.organisation_document(one, seen, [], told)
            assert problems(document, "organization") == []
            assert problems(organisations.organisation_in_brief(one, told), "organization") == []

    @needs_the_kit
    def test_it_is_hsds_as_places(self, starter: None) -> None:
        for resource, _seen in loading.services(every(Resource)):
            for where in places.places_of(resource):
                document = places.at_location(resource, where)
                assert problems(document, "service_at_location") == []

    @needs_the_kit
    def test_it_is_hsds_as_taxonomies_and_terms(self, starter: None) -> None:
        told = telling()
        for taxonomy in TAXONOMIES.values():
            assert problems(terms.taxonomy_document(taxonomy), "taxonomy") == []
        for term in told.vocabulary.by_id.values():
            assert problems(terms.term_document(term, told), "taxonomy_term") == []

    def test_it_says_nothing_that_the_profile_does_not_describe(self, starter: None) -> None:
        told, known = telling(), {name: Draft202012Validator(s) for name, s in SCHEMAS.items()}
        for resource, seen in loading.services(every(Resource)):
            known["service"].validate(services.service_document(resource, seen, told))
        for one, seen in loading.organisations(every(Organisation)):
            document = organisations.organisation_document(one, seen, [], told)
            known["organization"].validate(document)
        for term in told.vocabulary.by_id.values():
            known["taxonomy_term"].validate(terms.term_document(term, told))

    def test_it_gives_every_part_an_id_of_its_own(self, starter: None) -> None:
        told = telling()
        for resource, seen in loading.services(every(Resource)):
            document = services.service_document(resource, seen, told)
            for name in ("phones", "schedules", "service_areas", "attributes", "languages"):
                ids = [part["id"] for part in document.get(name, [])]
                assert len(ids) == len(set(ids)), (resource.slug, name)

    def test_it_reads_any_number_in_the_same_queries(
        self, starter: None, django_assert_max_num_queries: Any
    ) -> None:
        told = telling()
        assert told.vocabulary
        with django_assert_max_num_queries(90):  # two batches
            for resource, seen in loading.services(every(Resource)):
                services.service_document(resource, seen, told)


class TestStatus:
    @pytest.mark.parametrize(
        ("fields", "status"),
        [
            ({}, "active"),
            ({"lifecycle": "ended"}, "defunct"),
            ({"lifecycle": "unconfirmed"}, "inactive"),
        ],
        ids=str,
    )
    def test_it_follows_whether_the_help_exists(self, fields: dict[str, Any], status: str) -> None:
        assert service(make.resource(**fields))["status"] == status

    @pytest.mark.parametrize(
        ("days", "status"), [(0, "temporarily closed"), (29, "temporarily closed"), (30, "active")]
    )
    def test_it_is_closed_for_as_long_as_that_was_seen_lately(self, days: int, status: str) -> None:
        fund = self._closed()
        assert service(fund, TODAY + dt.timedelta(days=days))["status"] == status

    def test_it_says_in_words_that_nobody_knows_any_more(self) -> None:
        later = TODAY + dt.timedelta(days=40)
        assert "Last seen closed" in service(self._closed(), later)["alert"]

    def test_it_changes_when_a_sighting_grows_old(self) -> None:
        fund, later = self._closed(), TODAY + dt.timedelta(days=400)
        grew_old = dt.datetime(2026, 12, 20, tzinfo=timezone.get_default_timezone())
        Resource.objects.filter(pk=fund.pk).update(changed_at=grew_old - dt.timedelta(days=5))
        assert service(fund, later)["last_modified"] == grew_old.isoformat()

    @staticmethod
    def _closed() -> Resource:
        return make.resource(
            fund_status="closed", fund_status_seen_on=TODAY, fund_status_precision="day"
        )


class TestAssurance:
    def test_it_has_no_day_before_a_person_checked(self) -> None:
        assert "assured_date" not in service(make.resource(links_checked_on=TODAY))

    def test_it_has_the_day_of_the_check(self, django_user_model: Any) -> None:
        curator = django_user_model.objects.create(username="ann")
        checked = make.resource(checked_on=TODAY, checked_by=curator)
        assert service(checked)["assured_date"] == "2026-11-20"

    def test_it_never_names_who_checked(self, django_user_model: Any) -> None:
        curator = django_user_model.objects.create(username="ann-the-curator")
        checked = make.resource(checked_on=TODAY, checked_by=curator)
        Check.objects.create(
            resource=checked, on=TODAY, by=curator, by_name="ann-the-curator", version=1
        )
        document = service(checked)
        assert document["support_directory"]["provenance"]["checks"] == [
            {"part": "whole", "on": "2026-11-20", "how": "page"}
        ]
        assert "ann-the-curator" not in json.dumps(document)


class TestProfile:
    def test_it_tells_what_was_seen_of_a_fund_newest_first(self) -> None:
        fund = make.resource(
            fund_status="open", fund_status_seen_on=TODAY, fund_status_precision="day"
        )
        StatusSighting.objects.create(
            resource=fund, status="closed", seen_on=dt.date(2026, 3, 1), by_name="x"
        )
        status = service(fund)["support_directory"]["fund_status"]
        assert [(row["status"], row["seen_on"]) for row in status["history"]] == [
            ("open", "2026-11-20"),
            ("closed", "2026-03-01"),
        ]

    def test_it_says_which_insurance_it_is_not_for(self) -> None:
        for slug in ("uninsured", "medicare", "private"):
            make.term(Insurance, slug)
        make.term(Insurance, "part-d", parent=Insurance.objects.get(slug="medicare"))
        told = service(make.resource(insurance=("medicare",)))["support_directory"]["insurance"]
        assert told["accepted"] == ["medicare"]
        assert set(told["excluded"]) == {"uninsured", "private"}

    def test_it_counts_no_rule_as_an_exclusion_where_none_is_stated(self) -> None:
        make.term(Insurance, "medicare")
        assert "excluded" not in service(make.resource())["support_directory"]["insurance"]

    def test_it_gives_a_limit_in_dollars_with_the_year_of_the_guideline(
        self, starter: None
    ) -> None:
        limited = make.resource(income_rule="fpl_percent", income_limit_percent=300)
        main = service(limited)["support_directory"]["income"]["dollars_a_year"][0]
        assert (main["where"], main["guideline_year"]) == ("48+DC", 2026)
        assert main["by_household"]["2"] == 64_920

    def test_it_names_the_programme_that_a_fund_takes_a_fact_from(self) -> None:
        programme = make.resource(documents=["A letter"])
        fund = make.resource(part_of=programme, organisation=programme.organisation)
        document = service(fund)
        taken = document["support_directory"]["provenance"]["taken_from"]
        assert taken["documents"] == str(programme.public_id)
        assert document["program"]["name"] == programme.name

    def test_it_buries_without_repeating_what_was_said(self) -> None:
        survivor = make.resource()
        gone = make.resource(name="A wrong name", merged_into=survivor, published=False)
        stone = profile.tombstone(gone)
        Draft202012Validator(SCHEMAS["tombstone"]).validate(stone)
        assert stone["replaced_by"] == str(survivor.public_id)
        assert "A wrong name" not in json.dumps(stone)


class TestOrganisations:
    def test_it_tells_former_names_and_who_goes_on(self) -> None:
        heir = make.organisation(name="Blood Cancer United")
        old = make.organisation(name="LLS", status="renamed", successor=heir)
        old.names.create(name="Leukemia Society", sort="former")
        told = {
            (row["identifier_type"], row["identifier"])
            for row in organisation(old)["organization_identifiers"]
        }
        assert told == {("former name", "Leukemia Society"), ("successor", str(heir.public_id))}


class TestPlaces:
    def test_it_is_given_by_phone_alone_where_it_is_national(self) -> None:
        national = make.resource(organisation=make.organisation(city="Hampton"))
        assert [row["location"]["location_type"] for row in self._places(national)] == ["virtual"]

    def test_it_has_a_city_where_it_is_local(self) -> None:
        there = make.organisation(city="Columbus", state=make.state("OH"))
        local = make.resource(organisation=there, states=("OH",))
        assert [row["location"]["name"] for row in self._places(local)][1] == "Columbus, OH"

    def test_its_id_leads_back_to_the_service(self) -> None:
        own = UUID("6f0f7f0e-5d3a-5c0b-9a52-2c1f6c9f4b11")
        for where in (places.VIRTUAL, places.PHYSICAL):
            place = places.place_id(own, where)
            assert (place.version, place.variant) == (own.version, own.variant)
            assert places.services_at(place)[where] == own
            assert place != own

    @staticmethod
    def _places(resource: Resource) -> list[Document]:
        told: list[Document] = service(resource)["service_at_locations"]
        return told
