from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import override

from resources import publishing
from resources.api import limits
from resources.api.describing import description
from resources.models import Edition
from resources.search.sets import freshness
from tests import make
from tests.api.asking import ROOT, ask

pytestmark = pytest.mark.django_db

LISTS = (
    *("services", "organizations", "taxonomies", "taxonomy_terms"),
    *("service_at_locations", "tombstones"),
)
NO_ID = "00000000-0000-4000-8000-000000000000"


class TestRefusals:
    @pytest.mark.parametrize(
        ("query", "parameter"),
        [
            ("page=0", "page"),
            ("page=-1", "page"),
            ("page=1.5", "page"),
            ("page=%D9%A3", "page"),
            ("page=99999999999999999999", "page"),
            ("per_page=20001", "per_page"),
            ("page=", "page"),
            ("organization_id=", "organization_id"),
            ("format=", "format"),
            ("format=xml", "format"),
            ("minimal=maybe", "minimal"),
            ("minimal=1", "minimal"),
            ("taxonomy_term_id=1", "taxonomy_term_id"),
            ("taxonomy_term_id=04cabb5713ef5e23b05397f157e42d6b", "taxonomy_term_id"),
            ("organization_id=' OR 1=1", "organization_id"),
            ("modified_after=yesterday", "modified_after"),
            ("modified_after=2026-02-30", "modified_after"),
            ("postcode=1", "postcode"),
            ("postcode=OH", "postcode"),
            ("postcode=%D9%A3%D9%A3%D9%A3%D9%A3%D9%A3", "postcode"),
            ("proximity=1000", "proximity"),
            ("search=" + "a" * 301, "search"),
            ("search=a&search=b", "search"),
            ("nonsense=1", "nonsense"),
            ("page%00=1", "page\x00"),
        ],
    )
    def test_it_says_which_parameter_is_wrong_and_what_to_do(
        self, query: str, parameter: str
    ) -> None:
        response = Client().get(f"{ROOT}services?{query}")
        assert response.status_code == 400
        assert response.json()["parameter"] == parameter
        assert response.json()["detail"].endswith(".")
        assert response["Access-Control-Allow-Origin"] == "*"

    @pytest.mark.parametrize(
        ("query", "parameter"),
        [
            (f"taxonomy_term_id={NO_ID}", "taxonomy_term_id"),
            (f"taxonomy_id={NO_ID}", "taxonomy_id"),
            (f"organization_id={NO_ID}", "organization_id"),
            ("postcode=09012", "postcode"),
        ],
    )
    def test_it_answers_404_where_a_parameter_names_what_is_not_there(
        self, query: str, parameter: str
    ) -> None:
        response = Client().get(f"{ROOT}services?{query}")
        assert (response.status_code, response.json()["parameter"]) == (404, parameter)

    @pytest.mark.parametrize(
        ("moment", "found"),
        [
            ("0001-01-01T00:00:00+14:00", 1),
            ("9999-12-31T23:59:59-14:00", 0),
            ("0001-01-01T00:00:00Z", 1),
            ("9999-12-31T23:59:59Z", 0),
            ("2000-02-29t23:59:60z", 1),
        ],
    )
    def test_it_takes_any_moment(self, moment: str, found: int) -> None:
        make.resource()
        assert ask("services", modified_after=moment)["total_items"] == found

    def test_it_gives_no_more_on_a_page_than_it_can(self) -> None:
        page = ask("services", per_page=501)
        assert (page["size"], page["total_pages"]) == (0, 1)

    @pytest.mark.parametrize(
        "words",
        ['"', "'; DROP TABLE x; --", "NEAR(", "*", "%00", "\U0001f600", "AND OR NOT", "a" * 300],
    )
    def test_it_takes_any_words(self, words: str) -> None:
        for path in ("services", "organizations", "service_at_locations", "taxonomy_terms"):
            assert Client().get(ROOT + path, {"search": words}).status_code == 200

    def test_it_counts_a_blank_search_as_none(self) -> None:
        make.resource()
        assert ask("services", search=" ", proximity="")["total_items"] == 1

    @pytest.mark.parametrize("address", ["nonsense", "services/a/b", "profile/none.json", "a%00"])
    @pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
    def test_it_says_in_json_that_there_is_no_such_address(self, address: str, method: str) -> None:
        response = getattr(Client(), method)(ROOT + address)
        assert response.status_code in (404, 405)
        assert response["Content-Type"] == "application/json"

    @pytest.mark.parametrize("path", LISTS)
    @pytest.mark.parametrize("public_id", [NO_ID, "1", "%00", "'", "x" * 500, "..%2f"])
    def test_it_answers_404_where_there_is_nothing(self, path: str, public_id: str) -> None:
        assert Client().get(f"{ROOT}{path}/{public_id}").status_code == 404

    @pytest.mark.parametrize(
        ("body", "kind"),
        [
            ("{", "application/json"),
            ("[]", "application/json"),
            ("null", "application/json"),
            ("[" * 16_000, "application/json"),
            ('{"search": ["a"]}', "application/json"),
            ('{"search": {"a": 1}}', "application/json"),
            ('{"page": 1.5}', "application/json"),
            ('{"page": 1e400}', "application/json"),
            ('{"page": "1"}', "application/json"),
            ('{"page": true}', "application/json"),
            ('{"search": 1}', "application/json"),
            ('{"minimal": "true"}', "application/json"),
            ('{"nonsense": null}', "application/json"),
            (b"\xff\xfe", "application/json"),
            ("&".join(f"a{n}=1" for n in range(1_500)), "application/x-www-form-urlencoded"),
            ("nonsense=1", "application/x-www-form-urlencoded"),
        ],
        ids=lambda value: str(value)[:30],
    )
    def test_it_refuses_a_body_that_it_cannot_read(self, body: Any, kind: str) -> None:
        response = Client().post(f"{ROOT}services", body, content_type=kind)
        assert response.status_code == 400
        assert response.json()["detail"]

    def test_it_refuses_what_is_neither_form_nor_json(self) -> None:
        response = Client().post(f"{ROOT}services", "<a/>", content_type="text/xml")
        assert response.status_code == 415

    def test_it_takes_no_files(self) -> None:
        sent = {"search": SimpleUploadedFile("a.txt", b"a")}
        assert Client().post(f"{ROOT}services", sent).status_code == 400

    @pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=é"])
    def test_it_refuses_a_form_that_is_broken(self, kind: str) -> None:
        response = Client().post(f"{ROOT}services", "x", content_type=kind)
        assert response.status_code == 400

    def test_it_refuses_a_body_that_is_too_large(self) -> None:
        body = json.dumps({"search": "a" * 20_000})
        response = Client().post(f"{ROOT}services", body, content_type="application/json")
        assert response.status_code == 413

    def test_it_passes_over_no_body_that_does_not_say_its_length(self) -> None:
        headers = {"Transfer-Encoding": "chunked"}
        assert Client().post(f"{ROOT}services", headers=headers).status_code == 411

    @pytest.mark.parametrize("method", ["put", "patch", "delete"])
    def test_it_changes_nothing(self, method: str) -> None:
        assert getattr(Client(), method)(f"{ROOT}services").status_code == 405

    def test_it_reads_single_things_by_get_alone(self) -> None:
        made = make.resource()
        assert Client().post(f"{ROOT}services/{made.public_id}").status_code == 405


class TestPost:
    @pytest.mark.parametrize("path", LISTS)
    def test_it_takes_the_same_as_form_json_and_address(self, path: str) -> None:
        client, wanted = Client(), {"page": 1, "per_page": 2}
        answers = [
            client.get(ROOT + path, wanted),
            client.post(f"{ROOT}{path}?page=1&per_page=2"),
            client.post(ROOT + path, wanted),
            client.post(ROOT + path, wanted, content_type="application/json"),
            client.post(
                ROOT + path, "page=1&per_page=2", content_type="application/x-www-form-urlencoded"
            ),
        ]
        assert [answer.status_code for answer in answers] == [200] * 5
        assert len({answer.content for answer in answers}) == 1

    def test_it_reads_what_json_has_for_yes_and_nothing(self) -> None:
        make.resource()
        asked = {"minimal": True, "full": False, "search": None, "page": 1}
        answer = Client().post(f"{ROOT}services", asked, content_type="application/json").json()
        assert "organization_id" not in answer["contents"][0]

    def test_the_body_counts_more_than_the_address(self) -> None:
        make.resource(name="One")
        body = {"page": 1, "minimal": True}
        path = f"{ROOT}services?page=7&full=true"
        answer = Client().post(path, body, content_type="application/json").json()
        assert answer["page_number"] == 1
        assert "organization_id" not in answer["contents"][0]

    def test_it_refuses_what_is_wrong_in_the_address_whatever_the_body_says(self) -> None:
        response = Client().post(f"{ROOT}services?page=0", {"page": 1})
        assert response.status_code == 400

    def test_it_answers_pages_of_other_sites(self) -> None:
        headers = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
        response = Client(enforce_csrf_checks=True).post(f"{ROOT}services", headers=headers)
        assert response.status_code == 200
        assert response["Access-Control-Allow-Origin"] == "*"

    def test_it_tells_a_browser_that_it_may_ask(self) -> None:
        response = Client().options(f"{ROOT}services")
        assert response.status_code == 204
        assert "POST" in response["Access-Control-Allow-Methods"]
        assert "Content-Type" in response["Access-Control-Allow-Headers"]

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_it_reads_no_session_and_sets_no_cookie(self, method: str) -> None:
        client = Client()
        client.cookies["sessionid"] = "x"
        response = getattr(client, method)(f"{ROOT}services")
        assert response.status_code == 200
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")


class TestConditions:
    def test_it_answers_304_to_whoever_has_it(self) -> None:
        make.resource()
        first = Client().get(f"{ROOT}services")
        again = Client().get(f"{ROOT}services", headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["Access-Control-Allow-Origin"] == "*"

    def test_it_answers_304_by_date_too(self) -> None:
        first = Client().get(f"{ROOT}services")
        since = {"If-Modified-Since": first["Last-Modified"]}
        assert Client().get(f"{ROOT}services", headers=since).status_code == 304

    @pytest.mark.parametrize("params", [{}, {"format": "ndjson"}], ids=str)
    def test_it_answers_anew_after_a_change(self, params: dict[str, str]) -> None:
        made = make.resource()
        first = Client().get(f"{ROOT}services", params)
        have = {"If-None-Match": first["ETag"]}
        assert Client().get(f"{ROOT}services", params, headers=have).status_code == 304
        made.name = "Another name"
        made.save()
        publishing.publish(by="test", entries=[made])
        assert Client().get(f"{ROOT}services", params, headers=have).status_code == 200

    def test_a_stream_of_a_replica_that_is_behind_is_not_known_again(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        make.resource()
        listed = {"format": "ndjson"}
        assert "ETag" in Client().get(f"{ROOT}services", listed)  # the newest, as others have it

        Edition.objects.update(number=Edition.current() - 1)
        monkeypatch.setattr(freshness, "PRIMARY", "elsewhere")
        answer = Client().get(f"{ROOT}services", listed)

        assert answer.status_code == 200
        assert "ETag" not in answer
        assert "Last-Modified" not in answer

    def test_it_keeps_words_out_of_shared_caches(self) -> None:
        asked = Client().get(f"{ROOT}services?search=cancer"), Client().post(f"{ROOT}services")
        listed = Client().get(f"{ROOT}services")

        assert all("private" in answer["Cache-Control"] for answer in asked)
        assert all(answer["X-Accel-Buffering"] == "no" for answer in asked)
        assert "public" in listed["Cache-Control"]
        assert "X-Accel-Buffering" not in listed

    def test_it_has_no_body_for_head(self) -> None:
        response = Client().head(f"{ROOT}services")
        assert (response.status_code, response.content) == (200, b"")


class TestLimits:
    def test_it_says_how_long_to_wait(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(limits.PAGES, "of_one", 2)
        client = Client(REMOTE_ADDR="192.0.2.1")
        answers = [client.get(f"{ROOT}services") for _time in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert answers[-1]["Retry-After"] == "60"
        assert answers[-1]["Access-Control-Allow-Origin"] == "*"

    def test_it_takes_others_in_the_meantime(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(limits.PAGES, "of_one", 1)
        for address in ("192.0.2.1", "192.0.2.2"):
            assert Client(REMOTE_ADDR=address).get(f"{ROOT}services").status_code == 200

    def test_it_counts_streams_by_themselves(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(limits.STREAMS, "of_one", 1)
        client, stream = Client(REMOTE_ADDR="192.0.2.1"), f"{ROOT}services?format=ndjson"
        assert client.get(stream).status_code == 200
        assert client.get(stream).status_code == 429
        assert client.get(f"{ROOT}services").status_code == 200

    def test_it_keeps_no_address(self) -> None:
        Client(REMOTE_ADDR="192.0.2.77").get(f"{ROOT}services")
        kept = repr(vars(cache)) + repr(cache._cache)  # type: ignore[attr-defined]
        assert "floods-of-api" in kept
        assert "192.0.2.77" not in kept


class TestPages:
    @pytest.mark.parametrize("path", ["/api/", "/api/hsds/profile/"])
    @pytest.mark.parametrize("language", ["en", "es"])
    def test_it_explains_itself_in_each_language(self, path: str, language: str) -> None:
        response = Client().get(path if language == "en" else f"/es{path}")
        page = response.content.decode()
        assert f'<html lang="{language}">' in page
        assert f'href="{path}"' in page or f'href="/es{path}"' in page
        assert not response.cookies

    def test_the_description_stays_english(self) -> None:
        description.cache_clear()
        with override("es"):
            told = description()["paths"]["/api/hsds/services"]["get"]
        description.cache_clear()
        assert told["summary"].startswith("What organizations offer")
        assert told["parameters"][0]["description"].startswith("ndjson streams")

    def test_it_names_every_list_and_parameter(self) -> None:
        page = Client().get("/api/").content.decode()
        for word in ("/api/hsds/services", "modified_after", "Retry-After", "support_directory"):
            assert word in page or word in Client().get("/api/hsds/profile/").content.decode()
