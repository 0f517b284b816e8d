from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from resources import publishing
from resources.models import Organisation, Resource
from tests import make
from tests.api.asking import ask
from tests.hsds.conforming import needs_the_kit, problems
from tests.opendata.reading import SITE, TODAY, compiled, content, lines, published

pytestmark = pytest.mark.django_db


class TestTheOneJsonDocument:
    @needs_the_kit
    def test_it_is_a_page_of_hsds_organizations(self, starter: None, tmp_path: Path) -> None:
        document = compiled(tmp_path, published(tmp_path))

        assert problems(document, "organization_list") == []
        for kind in ("taxonomy", "taxonomy_term"):
            key = {"taxonomy": "taxonomies"}.get(kind, "taxonomy_terms")
            assert problems({"empty": False, "contents": document[key]}, f"{kind}_list") == []

    def test_it_holds_every_organization_and_service_by_id(
        self, starter: None, tmp_path: Path
    ) -> None:
        document = compiled(tmp_path, published(tmp_path))
        ids = [one["id"] for one in document["contents"]]
        services = [each["id"] for one in document["contents"] for each in one.get("services", ())]

        assert ids == sorted(str(pk) for pk in of(Organisation))
        assert sorted(services) == sorted(str(pk) for pk in of(Resource))
        assert document["total_items"] == document["size"] == len(ids)

    def test_it_says_the_same_as_the_api(self, starter: None, tmp_path: Path) -> None:
        first = next(
            one
            for one in compiled(tmp_path, published(tmp_path))["contents"]
            if len(one.get("services", ())) > 1
        )
        answered = ask(f"organizations/{first['id']}", full_service="true")
        services = sorted(answered.pop("services"), key=lambda one: str(one["id"]))

        assert [each["id"] for each in first.pop("services")] == [each["id"] for each in services]
        assert first["support_directory"] == answered["support_directory"]
        assert first["uri"].replace(SITE, "http://testserver") == answered["uri"]

    def test_it_says_whose_it_is_and_under_which_licence(self, db: None, tmp_path: Path) -> None:
        about = compiled(tmp_path, published(tmp_path))["about"]

        assert about["license"]["id"] == "CC-BY-4.0"
        assert about["day"] == TODAY.isoformat()
        assert about["publisher"] == {"name": "Support Directory", "url": f"{SITE}/"}


class TestLines:
    def test_a_line_is_a_document(self, starter: None, tmp_path: Path) -> None:
        done = published(tmp_path)

        services = lines(tmp_path, done, "services.ndjson")
        organizations = lines(tmp_path, done, "organizations.ndjson")

        assert len(services) == done.counts["services"] == len(of(Resource))
        assert len(organizations) == done.counts["organizations"]
        assert {one["organization"]["id"] for one in services} <= {
            one["id"] for one in organizations
        }
        assert len(lines(tmp_path, done, "taxonomy_terms.ndjson")) == done.counts["taxonomy_terms"]

    def test_the_licence_lies_beside_them(self, db: None, tmp_path: Path) -> None:
        done = published(tmp_path)

        with ZipFile(tmp_path / done.folder / "ndjson.zip") as archive:
            assert "CC BY 4.0" in archive.read("LICENSE.txt").decode()
            assert f"Edition {done.edition} of 2026-11-20" in archive.read("README.txt").decode()


class TestAnEdition:
    def test_it_is_the_same_to_the_byte_when_made_again(
        self, starter: None, tmp_path: Path
    ) -> None:
        first, again = published(tmp_path / "one"), published(tmp_path / "two")

        assert first == again
        for file in first.files:
            one = content(tmp_path / "one", first, file.name)
            assert one == content(tmp_path / "two", again, file.name)

    def test_it_is_empty_where_nothing_was_published(self, db: None, tmp_path: Path) -> None:
        done = published(tmp_path)

        assert compiled(tmp_path, done)["empty"] is True
        assert compiled(tmp_path, done)["contents"] == []
        assert lines(tmp_path, done, "services.ndjson") == []

    def test_what_was_taken_down_is_told_by_id_alone(self, db: None, tmp_path: Path) -> None:
        gone = make.resource(name="Taken down")
        publishing.withdraw(by="test", entries=[gone])

        done = published(tmp_path)

        (stone,) = compiled(tmp_path, done)["tombstones"]
        assert (stone["id"], stone["entity"]) == (str(gone.public_id), "service")
        assert b"Taken down" not in b"".join(
            content(tmp_path, done, name) for name in ("edition.json", "README.txt")
        )
        assert lines(tmp_path, done, "services.ndjson") == []


def of(model: type[Organisation] | type[Resource]) -> list[object]:
    return list(model.objects.published().values_list("public_id", flat=True))
