from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from resources import publishing
from resources.api import answering
from resources.hsds import loading
from resources.models import Condition, Need, Organisation, Resource
from resources.pages import sheet
from tests import make
from tests.api.asking import ask, lines, names

pytestmark = pytest.mark.django_db


class TestPages:
    def test_it_is_an_empty_page_where_there_is_nothing(self) -> None:
        assert ask("services") == {
            "total_items": 0,
            "total_pages": 1,
            "page_number": 1,
            "size": 0,
            "first_page": True,
            "last_page": True,
            "empty": True,
            "contents": [],
        }

    def test_it_tells_where_a_page_stands(self) -> None:
        for _number in range(5):
            make.resource()
        page = ask("services", per_page=2, page=3)
        assert (page["total_items"], page["total_pages"], page["size"]) == (5, 3, 1)
        assert (page["first_page"], page["last_page"], page["empty"]) == (False, True, False)

    def test_it_has_each_once_over_all_pages(self) -> None:
        made = {make.resource(states=("OH",)).name for _number in range(5)}
        found = [name for page in (1, 2, 3) for name in names("services", per_page=2, page=page)]
        assert sorted(found) == sorted(made)

    def test_it_is_empty_past_the_end(self) -> None:
        make.resource()
        assert ask("services", page=9)["empty"] is True

    def test_it_shows_only_what_is_published(self) -> None:
        make.resource(published=False)
        assert ask("services")["total_items"] == 0

    def test_it_streams_everything_whatever_the_page(self) -> None:
        made = {make.resource().name for _number in range(3)}
        assert {one["name"] for one in lines("services", per_page=1, page=2)} == made


class TestFilters:
    def test_it_finds_by_a_term(self) -> None:
        make.resource(name="Rides", needs=("rides",))
        make.resource(name="Beds", needs=("lodging",))
        assert names("services", taxonomy_term_id=_id(Need, "rides")) == ["Rides"]

    def test_it_finds_by_a_taxonomy(self) -> None:
        make.resource(name="For CML", conditions=("cml",))
        make.resource(name="For whom?")
        taxonomy = self._taxonomy("Illnesses")
        assert names("services", taxonomy_id=taxonomy) == ["For CML"]

    def test_it_finds_by_the_kind_of_organization(self) -> None:
        make.resource(name="Of a maker", organisation=make.organisation(category="manufacturer"))
        make.resource(name="Of a society")
        (term,) = ask(
            "taxonomy_terms",
            search="drug maker",
            taxonomy_id=self._taxonomy("kinds of organization"),
        )["contents"]
        assert names("services", taxonomy_term_id=term["id"]) == ["Of a maker"]
        assert ask("organizations", taxonomy_term_id=term["id"])["total_items"] == 1

    def test_it_finds_by_organization(self) -> None:
        own = make.resource(name="Own")
        make.resource(name="Other")
        assert names("services", organization_id=own.organisation.public_id) == ["Own"]

    def test_it_joins_filters_with_and(self) -> None:
        own = make.resource(name="Rides here", needs=("rides",))
        make.resource(name="Beds here", needs=("lodging",), organisation=own.organisation)
        make.resource(name="Rides there", needs=("rides",))
        term, organisation = _id(Need, "rides"), own.organisation.public_id
        found = names("services", taxonomy_term_id=term, organization_id=organisation)
        assert found == ["Rides here"]

    def test_it_finds_what_serves_a_zip_code(self) -> None:
        make.resource(name="Ohio", states=("OH",))
        make.resource(name="Texas", states=("TX",))
        make.resource(name="Everywhere")
        assert sorted(names("services", postcode="43004-1234")) == ["Everywhere", "Ohio"]
        assert ask("service_at_locations", postcode="43004")["total_items"] == 2

    def test_it_reads_a_search_as_the_site_does(self, starter: None) -> None:
        page = Client().get("/search/", {"q": "gleevec copay ohio"}).content.decode()
        found = ask("services", search="gleevec copay ohio", full="true")["contents"]
        assert found[0]["additional_urls"][-1]["url"].removeprefix("http://testserver") in page
        assert "copay" in {term["taxonomy_term"]["code"] for term in found[0]["attributes"]}

    def test_it_keeps_the_order_of_a_search_under_a_filter(self, starter: None) -> None:
        every = ask("services", search="copay", per_page=500)["contents"]
        organization = every[3]["organization_id"]
        found = names("services", search="copay", organization_id=organization)
        same = [one["name"] for one in every if one["organization_id"] == organization]
        assert sorted(found) == sorted(same)

    @pytest.mark.parametrize("path", ["services", "service_at_locations"])
    def test_it_streams_a_search_in_the_order_of_its_pages(self, starter: None, path: str) -> None:
        for words in ("cancer ohio", "help"):
            pages = [
                one["id"]
                for page in range(1, 5)
                for one in ask(path, search=words, page=page, per_page=120)["contents"]
            ]
            assert [one["id"] for one in lines(path, search=words)] == pages
            assert len(pages) > 120

    def test_it_finds_organizations_by_a_former_name(self, starter: None) -> None:
        assert "Blood Cancer United" in names("organizations", search="LLS")

    @staticmethod
    def _taxonomy(name: str) -> str:
        found = ask("taxonomies", search=name)["contents"]
        return str(found[0]["id"])


class TestKeepingInStep:
    def test_it_tells_what_changed_since(self) -> None:
        old, new = make.resource(name="Old"), make.resource(name="New")
        self._changed(old, "2026-01-01T00:00:00+00:00")
        self._changed(new, "2026-03-01T00:00:00+00:00")
        assert names("services", modified_after="2026-02-01") == ["New"]
        assert names("services", modified_after="2026-03-01T00:00:00Z") == ["New"]
        assert names("services", modified_after="2026-03-01T00:00:01Z") == []
        assert names("services", modified_after="2026-02-28T20:00:00-04:00") == ["New"]

    def test_it_reads_a_plus_that_nobody_encoded(self) -> None:
        self._changed(make.resource(), "2026-03-01T00:00:00+00:00")
        page = Client().get("/api/hsds/services?modified_after=2026-03-01T01:00:00+01:00").json()
        assert page["total_items"] == 1

    def test_it_tells_of_a_fund_whose_programme_changed(self) -> None:
        programme = make.resource(name="Programme")
        fund = make.resource(name="Fund", part_of=programme, organisation=programme.organisation)
        self._changed(fund, "2026-01-01T00:00:00+00:00")
        self._changed(programme, "2026-03-01T00:00:00+00:00")
        assert sorted(names("services", modified_after="2026-02-01")) == ["Fund", "Programme"]

    def test_it_tells_of_a_fund_whose_sighting_grew_old(self) -> None:
        today = timezone.localdate()
        seen = today - dt.timedelta(days=40)  # counts for thirty
        fund = make.resource(
            fund_status="open", fund_status_seen_on=seen, fund_status_precision="day"
        )
        self._changed(fund, "2020-01-01T00:00:00+00:00")
        (told,) = ask("services", modified_after=str(today - dt.timedelta(days=11)))["contents"]
        assert told["last_modified"].startswith(str(today - dt.timedelta(days=10)))
        after = str(today - dt.timedelta(days=9))
        assert ask("services", modified_after=after)["empty"] is True

    def test_it_tells_what_was_taken_down(self) -> None:
        gone = make.resource(name="A secret")
        publishing.withdraw(by="test", entries=[gone])
        (stone,) = ask("tombstones")["contents"]
        assert (stone["id"], stone["entity"]) == (str(gone.public_id), "service")
        assert ask("tombstones", modified_after="2999-01-01")["empty"] is True

    def test_it_answers_410_for_what_was_taken_down(self) -> None:
        gone = make.resource(name="A secret")
        publishing.withdraw(by="test", entries=[gone])
        response = Client().get(f"/api/hsds/services/{gone.public_id}")
        assert response.status_code == 410
        assert "A secret" not in response.content.decode()
        assert response.json()["id"] == str(gone.public_id)

    def test_it_buries_no_draft(self) -> None:
        draft = make.resource(published=False)
        assert ask("tombstones")["empty"] is True
        assert Client().get(f"/api/hsds/services/{draft.public_id}").status_code == 404

    @staticmethod
    def _changed(resource: Resource, at: str) -> None:
        moment = dt.datetime.fromisoformat(at)
        Resource.objects.filter(pk=resource.pk).update(changed_at=moment)


class TestTerms:
    def test_it_finds_terms_by_what_else_they_are_called(self, starter: None) -> None:
        assert "imatinib" in names("taxonomy_terms", search="gleevec")

    def test_it_finds_those_under_one(self) -> None:
        above = make.term(Condition, "leukemia")
        make.term(Condition, "cml", parent=above)
        assert names("taxonomy_terms", parent_id=above.public_id) == ["Cml"]

    def test_it_leaves_those_that_stand_under_no_other(self) -> None:
        make.term(Condition, "cml", parent=make.term(Condition, "leukemia"))
        found = names("taxonomy_terms", top_only="true")
        assert "Leukemia" in found
        assert "Cml" not in found


class TestDepth:
    def test_it_gives_an_organization_with_what_it_runs(self) -> None:
        own = make.resource(documents=["A letter"])
        path = f"organizations/{own.organisation.public_id}"
        (brief,) = ask(path)["services"]
        (full,) = ask(path, full_service="true")["services"]
        assert brief["id"] == full["id"] == str(own.public_id)
        assert "required_documents" not in brief
        assert full["required_documents"][0]["document"] == "A letter"

    def test_it_gives_only_what_is_needed_to_keep_in_step(self) -> None:
        make.resource()
        (told,) = ask("services", minimal="true")["contents"]
        assert set(told) == {"id", "name", "status", "last_modified", "modified_date"}

    def test_it_has_the_same_ids_in_every_database(self) -> None:
        """Names of things made long ago: whoever changes them breaks all who keep copies."""
        first = make.resource(
            slug="one", needs=("copay",), organisation=make.organisation(slug="own")
        )
        told = ask(f"services/{first.public_id}")
        assert told["id"] == "d2f46666-9525-5d87-8a75-b94d94f81429"
        assert told["attributes"][0]["id"] == "58923894-c518-522b-ba60-d4500de2e43c"
        assert told["service_at_locations"][0]["id"] == "8fe85cf6-e2c1-5f3f-901a-2a887c2c6f08"


class TestQueries:
    @pytest.mark.parametrize(
        ("path", "most"),
        [
            ("services", 8),
            ("services?minimal=true", 8),
            ("services?full=true", 70),
            ("organizations", 8),
            ("organizations?full=true", 25),
            ("service_at_locations", 15),
            ("taxonomy_terms", 20),
        ],
    )
    def test_it_asks_the_database_as_often_for_many_as_for_few(
        self, starter: None, path: str, most: int, django_assert_max_num_queries: Any
    ) -> None:
        client = Client()
        client.get("/api/hsds/taxonomy_terms?per_page=1")  # what is read once an edition
        joined = "&" if "?" in path else "?"
        with django_assert_max_num_queries(most):
            answer = client.get(f"/api/hsds/{path}{joined}per_page=200").json()
        assert answer["size"] > 100

    def test_it_reads_a_stream_some_at_a_time(
        self, starter: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(loading, "BATCH", 10)
        monkeypatch.setattr(answering, "LINES", 10)
        response: Any = Client().get("/api/hsds/services?format=ndjson&full=true")
        read: list[int] = []

        def counted() -> Any:
            read.append(1)
            return sheet.to_read()

        monkeypatch.setattr(loading, "to_read", counted)
        stream = iter(response.streaming_content)
        for portion in (1, 2):
            assert next(stream).count(b"\n") == 10
            assert len(read) == portion


def _id(model: Any, slug: str) -> str:
    return str(model.objects.get(slug=slug).public_id)


def test_it_counts_no_organization_that_is_a_draft() -> None:
    make.organisation(published=False)
    assert ask("organizations")["total_items"] == Organisation.objects.published().count() == 0
