"""The pages of plain words, held together with what the code does."""

from __future__ import annotations

import logging

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.utils import timezone

from directory.logs import ACCESS_FORMAT, PrivateFormatter
from resources.handouts.own import IDLE, KEPT, OwnList
from resources.models.search_count import FEWEST_SHOWN, SearchCount
from resources.pages.table import MOST_LINES
from resources.search import tally
from resources.search.order import KNOWN_YEARS
from resources.search.sets.terms import VOCABULARIES
from resources.trust import floods, reports
from tests.views.page import get, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]


def test_about_says_how_much_of_it_a_person_has_checked() -> None:
    text = read("/about/").text

    assert "A person has compared 0 of 341 kinds of help with their sources." in text
    assert "Nobody can pay to be listed" in text


def test_about_says_by_which_age_facts_sink() -> None:
    assert KNOWN_YEARS == 3
    assert "facts over three years old or without a date come last" in read("/about/").text


def test_terms_give_an_address_when_there_is_one() -> None:
    with override_settings(CONTACT_EMAIL="desk@example.org"):
        assert read("/terms/").links["desk@example.org"] == "mailto:desk@example.org"
    with override_settings(CONTACT_EMAIL=""):
        assert "have not given an email address" in read("/terms/").text


def test_terms_lead_to_the_forms() -> None:
    links = read("/terms/").links

    assert links["Report a problem"] == "/report/"
    assert links["Suggest an organization"] == "/suggest/"


class TestForProfessionals:
    def test_it_is_linked_from_every_page(self) -> None:
        assert "/for-professionals/" in get("/about/").content.decode()

    def test_all_that_it_leads_to_is_there(self) -> None:
        for name, link in read("/for-professionals/").links.items():
            assert get(link.partition("#")[0]).status_code == 200, name

    def test_it_says_how_long_a_file_may_be_and_so_long_it_is(self) -> None:
        assert f"at most {MOST_LINES} lines" in read("/for-professionals/").text

    def test_it_leads_to_an_api_that_answers(self) -> None:
        assert read("/for-professionals/").links["open data and API"] == "/api/"
        assert get("/api/hsds/services").status_code == 200


class TestPrivacy:
    def test_it_says_how_long_what_people_write_is_kept_and_so_long_it_is(self) -> None:
        for path in ("/privacy/", "/report/", "/suggest/", "/report/thanks/"):
            assert "erase your words and your email 90 days after we are done" in read(path).text
        assert reports.KEPT.days == 90

    def test_it_says_how_messages_are_counted_and_so_they_are(self) -> None:
        text = read("/privacy/").text
        assert "by a scrambled form of your address, in its memory only" in text
        assert "The key to it changes every hour" in text
        assert floods.HOUR == 3600
        assert "locmem" in settings.CACHES["default"]["BACKEND"]

    def test_it_says_that_searches_are_not_logged_and_they_are_not(self) -> None:
        assert "its log leaves them out" in read("/privacy/").text
        assert "query" not in ACCESS_FORMAT

    def test_it_says_what_is_counted_of_searches_and_no_more_is(self) -> None:
        text = read("/privacy/").text
        assert "need, illness, medicine, insurance and state in our lists" in text
        assert list(VOCABULARIES) == ["need", "condition", "medicine", "insurance", "area"]
        assert "We do not keep who searched, on which day, or what else was in the search" in text
        columns = {field.name for field in SearchCount._meta.concrete_fields}
        assert columns == {"week", "facet", "term", "has_results", "number"}
        assert "Our curators see a count only if it is 11 or more" in text
        assert FEWEST_SHOWN == 11
        assert "We delete the counts after two years" in text
        assert tally.KEPT.days == 2 * 365

    def test_it_says_that_words_and_answers_are_not_counted_and_they_are_not(self) -> None:
        text = read("/privacy/").text
        assert "Words that are not in our lists are never kept" in text
        assert "What you answer in “Find help” or beside the filters is not counted" in text
        get("/search/?q=Jane+Zwyxqvut")
        client = Client(headers={"host": "localhost"})
        client.post("/find-help/", {"need": "copay", "condition": "leukemia", "area": "OH"})
        client.post("/search/?need=copay", {"age": "40", "area": "OH"})
        tally.tally.write(timezone.localdate())
        assert not SearchCount.objects.exists()

    def test_no_page_says_that_nothing_is_kept_of_searches(self) -> None:
        for path in ("/", "/privacy/"):
            text = " ".join(get(path).content.decode().split())
            assert "nothing you search for" not in text
            assert "only count" in text

    def test_it_says_that_what_is_typed_is_forgotten_and_nobody_keeps_it(self) -> None:
        assert "looks up suggestions and forgets it" in read("/privacy/").text
        assert get("/suggestions/?q=leuk")["Cache-Control"] == "private, no-store"

    def test_it_says_that_the_log_holds_no_internet_address_and_it_holds_none(self) -> None:
        assert "No. The server’s log has the time, the page without its search" in (
            read("/privacy/").text
        )
        assert "addr" not in ACCESS_FORMAT

    def test_it_says_that_public_pages_set_no_cookie_and_they_set_none(self) -> None:
        assert "None on the public pages, unless you make a list." in read("/privacy/").text
        for path in ("/", "/search/?q=cancer", "/needs/", "/terms/", "/nothing-here/"):
            assert not get(path).cookies
        assert settings.SESSION_COOKIE_PATH == settings.CSRF_COOKIE_PATH == "/admin/"

    def test_it_says_for_how_long_a_list_is_there_and_so_it_is(self) -> None:
        text = read("/privacy/").text
        assert f"after {IDLE.total_seconds() / 60:.0f} minutes without a visit" in text
        assert f"it stays for {KEPT.days} days after you last used it" in text
        assert (OwnList((1,)).lasts, OwnList((1,), is_kept=True).lasts) == (IDLE, KEPT)

    def test_it_says_that_the_log_has_no_code_of_a_list_and_it_has_none(self) -> None:
        assert "our log leaves the link’s code out" in read("/privacy/").text
        record = logging.makeLogRecord({"name": "a", "msg": "GET /es/l/1tm1-gk1k?a=b HTTP/1.1"})
        assert "gk1k" not in PrivateFormatter("%(message)s").format(record)

    def test_it_says_that_other_sites_do_not_learn_the_page_and_they_do_not(self) -> None:
        assert "We don’t tell them which page you came from." in read("/privacy/").text
        assert get("/")["Referrer-Policy"] == "same-origin"

    def test_it_says_that_nobody_else_is_asked_and_the_policy_forbids_it(self) -> None:
        assert "No page asks any other website for anything" in read("/privacy/").text
        policy = get("/")["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "http" not in policy
        assert "unsafe" not in policy


@pytest.mark.parametrize("name", ["about", "terms", "privacy", "accessibility"])
def test_it_is_there_in_spanish_too(name: str) -> None:
    assert '<html lang="es">' in read(f"/es/{name}/").html
