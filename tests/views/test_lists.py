"""Lists to hand over: adding, putting in order, the link, and nothing that says whose it is."""

from __future__ import annotations

import datetime as dt
import re
from http import HTTPStatus
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import override

from resources import publishing
from resources.handouts.code import code_of
from resources.handouts.handout import LARGEST, MOST, HandOut
from resources.handouts.own import OwnList, sealed
from resources.models import Publication
from tests import make
from tests.views.list_reader import Reader, link, page_of
from tests.views.page import get, read

pytestmark = pytest.mark.django_db


class TestAdding:
    def test_it_begins_a_list_and_leads_back_to_where_one_was(self) -> None:
        reader, resource = Reader(), make.resource()
        response = reader.add(resource, came_from="http://localhost/search/?q=copay&page=2")

        assert response.status_code == HTTPStatus.SEE_OTHER
        assert response["Location"] == f"/search/?q=copay&page=2#added-{resource.pk}"
        assert reader.numbers == (resource.pk,)

    def test_every_page_then_says_how_many_there_are(self) -> None:
        reader = Reader()
        reader.add(make.resource(), make.resource())

        assert "My list (2)" in reader.get("/about/").content.decode()
        assert "My list (" not in get("/about/").content.decode()

    @pytest.mark.parametrize(
        "came_from",
        [
            "",
            "https://evil.example/search/",
            "http://localhost.evil.example/",
            "//evil.example/",
            "http://localhost//evil.example/",
            "http://localhost/\\evil.example/",
            "javascript:alert(1)",
            "http://[",
            "http://localhost/\x07",
        ],
    )
    def test_it_leads_nowhere_but_to_a_page_of_ours(self, came_from: str) -> None:
        assert Reader().add(make.resource(), came_from=came_from)["Location"] == "/list/"

    @pytest.mark.parametrize("number", ["", "0", "-1", "1e3", "x", "9" * 30, str(LARGEST), "١"])
    def test_what_is_no_resource_begins_no_list(self, number: str) -> None:
        reader = Reader()
        response = reader.post("/list/add/", add=number)

        assert response.status_code == HTTPStatus.SEE_OTHER
        assert not reader.client.cookies

    def test_a_draft_begins_no_list(self) -> None:
        reader = Reader()
        reader.add(make.resource(published=False))
        assert not reader.client.cookies

    def test_a_full_list_says_so(self) -> None:
        reader = Reader(sealed(OwnList(tuple(range(10_001, 10_001 + MOST)))))
        response = reader.add(make.resource())

        assert response["Location"] == "/list/"
        assert "Your list is full: it has 50." in page_of(reader.get("/list/")).text

    def test_another_site_adds_nothing(self) -> None:
        reader, resource = Reader(), make.resource()
        with override("en"):
            response = reader.client.post(
                "/list/add/", {"add": resource.pk}, headers={"Origin": "https://evil.example"}
            )
        assert response.status_code == HTTPStatus.FORBIDDEN
        assert not reader.client.cookies

    def test_it_loses_no_answer_on_a_page_that_answers(self) -> None:
        reader, resource = Reader(), make.resource(age_min=18)
        page = page_of(reader.post(resource.get_absolute_url(), age="45", add=resource.pk))

        assert "Added. Your list has 1." in page.text
        assert 'name="age" value="45"' in page.html
        assert reader.numbers == (resource.pk,)


class TestCookie:
    def test_it_is_a_session_cookie_for_the_server_alone(self) -> None:
        reader = Reader()
        reader.add(make.resource())

        assert (reader.cookie["path"], reader.cookie["samesite"]) == ("/", "Lax")
        assert reader.cookie["httponly"]
        assert not reader.cookie["max-age"]
        assert not reader.cookie["expires"]

    def test_it_travels_by_https_alone_where_there_is_https(self, settings: Any) -> None:
        settings.SESSION_COOKIE_SECURE = True
        reader = Reader()
        reader.add(make.resource())
        assert reader.cookie["secure"]

    def test_it_is_kept_for_as_long_as_was_asked_for_and_not_after_that(self) -> None:
        reader = Reader()
        reader.add(make.resource())
        page = page_of(reader.post("/list/", code=reader.code, keep="1"))

        assert "It stays for 90 days after you last used it" in page.text
        assert reader.cookie["max-age"] == 90 * 24 * 60 * 60
        reader.post("/list/", code=reader.code, forget="1")
        assert not reader.cookie["max-age"]

    def test_it_holds_numbers_and_nothing_else(self) -> None:
        reader, resource = Reader(), make.resource(name="Copay fund")
        reader.add(resource)
        reader.post("/list/", code=reader.code, note="Ask for Ana")

        assert re.fullmatch(rf"{resource.pk}:[\w-]+:[\w-]+", reader.cookie.value)

    @pytest.mark.parametrize("cookie", ["", "x", "1.2:1abc:forged", "a" * 4000])
    def test_a_forged_one_is_an_empty_list_and_is_taken_away(self, cookie: str) -> None:
        reader = Reader(cookie)

        assert "Your list is empty." in page_of(reader.get("/list/")).text
        assert not cookie or not reader.cookie.value

    def test_what_a_reader_with_a_list_gets_is_theirs_alone(self) -> None:
        reader = Reader()
        reader.add(make.resource())
        response = reader.get("/about/")

        assert "private" in response["Cache-Control"]
        assert "Cookie" in response["Vary"]

    def test_whoever_has_none_gets_the_same_as_everybody(self) -> None:
        response = get("/about/")

        assert "Cookie" not in response.get("Vary", "")
        assert "public" in response["Cache-Control"]

    def test_every_visit_begins_its_minutes_anew(self) -> None:
        reader = Reader()
        reader.add(make.resource())
        assert "list" in reader.get("/about/").cookies

    def test_no_other_cookie_is_read_with_it(self) -> None:
        reader = Reader()
        reader.add(make.resource())
        reader.client.cookies["sessionid"] = "made-up"
        response = reader.get("/about/")

        assert set(response.wsgi_request.COOKIES) == {"list"}
        assert set(response.cookies) == {"list"}


class TestOwnList:
    def test_it_says_how_to_begin(self) -> None:
        assert "Your list is empty." in read("/list/").text

    def test_it_shows_them_in_order_with_name_house_phone_and_dates(self) -> None:
        reader = Reader()
        first = make.resource(name="Copay fund", fund_status="not_applicable")
        reader.add(first, make.resource(name="Rides"))
        page = page_of(reader.get("/list/"))

        assert page.comes_before("Copay fund", "Rides")
        assert first.organisation.name in page.text
        assert "Not yet checked by a person" in page.text

    def test_it_is_stored_by_nobody(self) -> None:
        response = get("/list/")
        assert "no-store" in response["Cache-Control"]
        assert "private" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex"

    def test_its_buttons_change_the_order_and_lose_no_note(self) -> None:
        reader, (one, two) = Reader(), (make.resource(name="One"), make.resource(name="Two"))
        reader.add(one, two)
        said = {"code": reader.code, "note": "All in all", f"note-{two.pk}": "Call <b>first</b>"}
        page = page_of(reader.post("/list/", up=two.pk, **said))

        assert page.comes_before("Two", "One")
        assert "Call &lt;b&gt;first&lt;/b&gt;</textarea>" in page.html
        assert ">All in all</textarea>" in page.html
        assert reader.numbers == (two.pk, one.pk)
        reader.post("/list/", remove=two.pk, code=reader.code)
        assert reader.numbers == (one.pk,)

    def test_what_was_added_elsewhere_meanwhile_stays(self) -> None:
        reader, (one, two) = Reader(), (make.resource(), make.resource())
        reader.add(one)
        code = reader.code
        reader.add(two)
        reader.post("/list/", code=code, down=one.pk)
        assert reader.numbers == (two.pk, one.pk)

    def test_an_old_window_puts_nothing_of_the_last_list_into_a_new_one(self) -> None:
        old, new = make.resource(name="Old"), make.resource(name="New")
        reader = Reader()
        reader.add(old)
        code = reader.code
        reader.post("/list/", code=code, new="1")
        reader.add(new)
        page = page_of(reader.post("/list/", code=code, up=old.pk))

        assert reader.numbers == (new.pk,)
        assert "Old" not in page.text

    def test_a_list_whose_cookie_has_ended_is_still_on_the_page(self) -> None:
        reader, resource = Reader(), make.resource(name="Rides")
        code = code_of(HandOut((resource.pk,), timezone.localdate()))
        page = page_of(reader.post("/list/", code=code, note="Long talk"))

        assert "Rides" in page.text
        assert ">Long talk</textarea>" in page.html

    def test_a_new_list_is_one_click(self) -> None:
        reader = Reader()
        reader.add(make.resource())
        response = reader.post("/list/", code=reader.code, new="1", note="Old")

        assert (response.status_code, response["Location"]) == (303, "/list/")
        assert not reader.cookie.value
        assert "Your list is empty." in page_of(reader.get("/list/")).text

    def test_a_note_that_is_too_long_says_so_and_is_given_back(self) -> None:
        reader, resource = Reader(), make.resource()
        reader.add(resource)
        note = "x" * 501
        page = page_of(reader.post("/list/", code=reader.code, **{f"note-{resource.pk}": note}))

        assert "A note has 500 characters at most." in page.text
        assert f">{note}</textarea>" in page.html

    def test_lines_count_as_they_are_seen(self) -> None:
        reader, resource = Reader(), make.resource()
        reader.add(resource)
        note = "\r\n".join(["a"] * 250)  # 499 characters
        page = page_of(reader.post("/list/", code=reader.code, **{f"note-{resource.pk}": note}))
        assert "at most" not in page.text

    def test_ten_megabytes_of_notes_are_not_read(self) -> None:
        reader = Reader()
        reader.add(make.resource())
        response = reader.post("/list/", code=reader.code, note="x" * 10 * 2**20)

        assert response.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        assert "A note has 500 characters at most." in response.content.decode()
        assert reader.numbers

    def test_it_asks_the_database_as_often_for_many_as_for_two(
        self, django_assert_num_queries: Any
    ) -> None:
        with make.together():
            few, many = ([make.resource().pk for _ in range(number)] for number in (2, 20))
        counts = []
        for numbers in (few, many):
            reader = Reader(sealed(OwnList(tuple(numbers))))
            reader.get("/list/")
            counts.append(queries_of(reader))
        assert counts[0] == counts[1] <= 35


def queries_of(reader: Reader) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        reader.get("/list/")
    return len(asked)


class TestLink:
    def test_it_shows_the_list_in_order_and_the_day(self) -> None:
        page = read(link(make.resource(name="Rides"), make.resource(name="Copay fund")))

        assert page.comes_before("Rides", "Copay fund")
        assert "A list of 2, made on November 3, 2026." in page.text

    def test_it_opens_without_a_cookie_and_leaves_none(self) -> None:
        assert not get(link(make.resource())).cookies

    def test_its_address_stands_in_a_field_to_be_copied(self) -> None:
        path = link(make.resource())
        assert f'value="http://localhost{path}" readonly' in read(path).html

    def test_it_can_be_taken_as_ones_own(self) -> None:
        reader, resource = Reader(), make.resource()
        code = link(resource).removeprefix("/l/")
        response = reader.post("/list/", code=code, use="1")

        assert (response.status_code, response["Location"]) == (303, "/list/")
        assert reader.numbers == (resource.pk,)

    def test_what_is_no_list_takes_nobodys_place(self) -> None:
        reader, resource = Reader(), make.resource()
        reader.add(resource)
        reader.post("/list/", code="forged", use="1")
        assert reader.numbers == (resource.pk,)

    def test_a_number_that_nobody_knows_is_left_behind(self) -> None:
        reader, resource = Reader(), make.resource()
        reader.post("/list/", code=link(resource, 999_999).removeprefix("/l/"), use="1")
        assert reader.numbers == (resource.pk,)

    def test_it_can_be_added_to_ones_own(self) -> None:
        reader, (own, other) = Reader(), (make.resource(), make.resource())
        reader.add(own)
        reader.post("/list/", code=link(other).removeprefix("/l/"), also="1")
        assert reader.numbers == (own.pk, other.pk)

    def test_a_slip_is_told_with_what_to_do(self) -> None:
        path = link(make.resource())
        wrong = path[:-1] + ("2" if path[-1] != "2" else "3")
        assert "A letter in the address is wrong or missing." in read(wrong, status=404).text

    @pytest.mark.parametrize("code", ["", "x", "u", "1" * 2000, "%00", "<b>", "..", "🙂", "1/2"])
    def test_what_is_no_list_is_not_found(self, code: str) -> None:
        assert get(f"/l/{code}").status_code in (301, 404)

    def test_numbers_that_nothing_ever_had_are_told(self) -> None:
        assert "we know none of the help" in read(link(999_999), status=404).text
        page = read(link(make.resource(name="Rides"), 999_999, 999_998))
        assert "The list has 2 more that we do not know." in page.text

    def test_a_draft_is_not_known(self) -> None:
        assert get(link(make.resource(published=False, name="Secret"))).status_code == 404

    def test_what_was_withdrawn_keeps_its_name_and_says_so(self) -> None:
        resource = make.resource(name="Rides")
        publishing.withdraw(by="test", entries=[resource])
        page = read(link(resource))

        assert "Rides" in page.text
        assert "We no longer list this." in page.text
        assert f"Ask {resource.organisation.name} what it offers now." in page.text

    @pytest.mark.parametrize("language", ["", "/es"])
    def test_a_report_of_a_problem_does_not_take_the_code_along(self, language: str) -> None:
        html = get(f"{language}{link(make.resource())}/").content.decode()
        assert f'href="{language}/report/"' in html
        assert "/report/?about" not in html

    def test_it_is_in_spanish_too(self) -> None:
        path = link(make.resource(name="Rides"))
        assert '<html lang="es">' in read(f"/es{path}").html


def test_an_old_link_says_what_has_changed_since() -> None:
    one, other = make.resource(name="Old name"), make.resource()
    before = timezone.make_aware(dt.datetime(2026, 1, 5))
    Publication.objects.update(at=before)
    one.name = "New name"
    one.save()
    publishing.publish(by="test", entries=[one])
    page = read(link(one, other, made=dt.date(2026, 1, 9)))

    assert "1 of 2 changed since January 9, 2026" in page.text
    assert "New name: It is now called New name; it was Old name." in page.text.replace(" :", ":")
    page = read(link(other, made=dt.date(2026, 1, 9)))
    assert "Nothing in it has changed since January 9, 2026" in page.text


@pytest.mark.parametrize("view", ["", "&view=table"])
def test_results_mark_those_that_are_on_the_list(view: str) -> None:
    rides, _stays = make.resource(name="Rides"), make.resource(name="Stays")
    reader = Reader()
    reader.add(rides)

    assert page_of(reader.get(f"/search/?area=OH{view}")).text.count("On your list:") == 1
    assert "On your list:" not in read(f"/search/?area=OH{view}").text
