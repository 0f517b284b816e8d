"""/report/ and /suggest/: what readers write, without account, cookie or script."""

from __future__ import annotations

import logging
import re
import time
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.utils.translation import override

from resources.forms import tickets
from resources.models import Report
from resources.models.report import LONGEST_TEXT
from resources.trust import reports
from tests import make
from tests.views.page import Page, get, read

pytestmark = pytest.mark.django_db

HERE = "203.0.113.7"


def a_minute_ago(form: str = "report") -> str:
    return tickets.handed_out(form, time.time() - 60)


def post(path: str, sender: str = HERE, follow: bool = False, **said: Any) -> Any:
    """The answer to what somebody writes, which sets no cookie."""
    client = Client(
        headers={"host": "localhost"}, raise_request_exception=False, REMOTE_ADDR=sender
    )
    with override("en"):
        response = client.post(path, said, follow=follow)
    assert not client.cookies
    return response


def report(**said: Any) -> Any:
    """The answer to a report as a person would send it, with something of it changed."""
    usual = {"wrong": "contact", "text": "Nobody answers.", "ticket": a_minute_ago()}
    return post("/report/", **{**usual, **said})


def suggest(**said: Any) -> Any:
    usual = {"name": "Rides for All", "ticket": a_minute_ago("suggest")}
    return post("/suggest/", **{**usual, **said})


def shown(response: Any, status: int = 200) -> Page:
    assert response.status_code == status
    return Page(response.content.decode())


# --- the way there


def test_every_page_leads_to_a_report_about_it_without_its_search() -> None:
    make.organisation(slug="rides-for-all")
    for path in ("/", "/search/?q=secret&need=copay", "/organisations/rides-for-all/", "/es/"):
        html = get(path).content.decode()
        own = path.partition("?")[0]
        prefix = "/es" if path.startswith("/es") else ""

        assert f'href="{prefix}/report/?about={own}"' in html
        assert f'href="{prefix}/suggest/"' in html
        assert not re.search(r'/report/[^"]*secret', html)


@pytest.mark.parametrize(
    ("path", "way"),
    [
        ("/resources/gone/", "/report/?about=/resources/gone/"),
        ("/nothing-here/", "/report/"),
        ("/a%0d%0ab/" + "x" * 500, "/report/"),
        (f"/resources/{'x' * 300}/", "/report/"),
    ],
)
def test_a_page_that_is_not_there_leads_to_a_report_too(path: str, way: str) -> None:
    assert f'href="{way}"' in get(path).content.decode()


def test_something_wrong_leads_to_a_report_about_the_entry() -> None:
    resource = make.resource(name="Rides")
    for entry in (resource, resource.organisation):
        links = read(entry.get_absolute_url()).links

        assert links["Something wrong? Tell us"] == f"/report/?about={entry.get_absolute_url()}"


def test_the_form_says_what_it_is_about_and_what_not_to_write() -> None:
    resource = make.resource(name="Rides to the clinic")
    page = read(f"/report/?about={resource.get_absolute_url()}")

    assert page.links["Rides to the clinic"] == resource.get_absolute_url()
    assert "You need no account and no email." in page.text
    assert "write no names, and nothing about anyone’s health" in page.text


def test_it_knows_a_page_in_the_other_language() -> None:
    resource = make.resource(name="Rides to the clinic")
    path = f"/es{resource.get_absolute_url()}"

    assert read(f"/report/?about={path}").links["Rides to the clinic"] == path


@pytest.mark.parametrize(
    "about",
    [
        "https://evil.example/",
        "//evil.example/resources/x/",
        "/\\evil.example/",
        "javascript:alert(1)",
        "/admin/",
        "/admin/resources/report/",
        "/nothing/of/ours/",
        "/search/?q=secret",
        "/search/#secret",
        "/search/%00",
        "/search/\x00",
        "/search/\r\nSet-Cookie: a=b",
        "/" + "a/" * 5000,
        "/resources/" + "a" * 300 + "/",
        '"><script>alert(1)</script>',
        "٤٣/",
        "",
    ],
)
def test_what_is_no_page_of_ours_is_ignored(about: str) -> None:
    page = shown(Client().get("/report/", {"about": about}))

    assert "You write about" not in page.text
    assert 'name="about" value=""' in page.html
    assert not [link for link in page.links.values() if "evil" in link or "secret" in link]
    assert report(about=about).status_code == 302
    assert Report.objects.get().path == ""


def test_no_page_may_be_stored_or_listed() -> None:
    answers = [get(path) for path in ("/report/", "/suggest/", "/report/thanks/")]
    for response in [*answers, report(), report(wrong=""), suggest(name="")]:
        assert "no-store" in response.headers["Cache-Control"]
        assert "noindex" in response.headers["X-Robots-Tag"]


# --- what is taken


def test_a_report_waits_for_a_curator_and_the_reader_is_thanked() -> None:
    resource = make.resource(name="Rides to the clinic")
    path = resource.get_absolute_url()
    answer = report(about=path, email="jo@example.org", follow=True)

    page = shown(answer)
    assert page.comes_before("Thank you", "What happens next")
    assert page.links["Back to Rides to the clinic"] == path
    row = Report.objects.get()
    assert (row.kind, row.path, row.resource, row.organisation) == ("problem", path, resource, None)
    assert (row.wrong, row.text, row.email) == ("contact", "Nobody answers.", "jo@example.org")


def test_a_report_about_an_organisation_or_a_list_is_one_too() -> None:
    organisation = make.organisation()
    report(about=organisation.get_absolute_url())
    report(about="/needs/")

    rows = Report.objects.order_by("pk").values_list("organisation", "path")
    assert list(rows) == [(organisation.pk, organisation.get_absolute_url()), (None, "/needs/")]


def test_a_suggestion_waits_too() -> None:
    answer = suggest(
        website="www.example.org", text="Free rides.", why="They drove my aunt.", follow=True
    )

    assert "Thank you" in shown(answer).text
    row = Report.objects.get()
    assert (row.kind, row.name, row.website) == (
        "suggestion", "Rides for All", "https://www.example.org",
    )  # fmt: skip
    assert (row.text, row.why, row.email, row.wrong) == (
        "Free rides.", "They drove my aunt.", "", "",
    )  # fmt: skip


def test_nothing_of_it_is_published() -> None:
    resource = make.resource()
    path = resource.get_absolute_url()
    report(about=path, text="Nobody answers there.")
    suggest(name="Rides for All")

    for public in (path, "/", "/search/?q=rides+for+all", "/report/thanks/"):
        html = get(public).content.decode()
        assert "Nobody answers there." not in html
        assert "Rides for All" not in html


@pytest.mark.parametrize(
    "said",
    [
        {"wrong": "link", "text": ""},
        {"wrong": "", "text": "The button does nothing."},
        {"text": "One.\r\nTwo.\r\n" + "é🏥" * 900},
        {"text": "a" * LONGEST_TEXT},
        {"text": "\r\n" * 5 + "a\r\n" * 900},  # a line break counts once, as in the browser
        {"email": " jo@example.org "},
    ],
    ids=lambda said: str(said)[:40],
)
def test_it_takes(said: dict[str, Any]) -> None:
    assert report(**said).status_code == 302
    assert Report.objects.count() == 1


def test_words_without_a_choice_are_something_else() -> None:
    report(wrong="")

    assert Report.objects.get().wrong == "other"


# --- what is refused, with a sentence and nothing lost


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"wrong": "", "text": ""}, "Choose what is wrong."),
        ({"wrong": "other", "text": " \n "}, "Write in a few words what is wrong."),
        ({"wrong": "everything"}, "Choose what is wrong."),
        ({"text": "a" * 2001}, "2000 characters fit. You wrote 2001."),
        ({"email": "jo"}, "This is no email address."),
        ({"email": "a" * 250 + "@example.org"}, "254 characters fit. You wrote 262."),
        ({"email": "jo@example.org\r\nBcc: all@example.org"}, "This is no email address."),
        ({"email": "jo@example.org\x00"}, "This is no email address."),
        ({"email": "jo@example.org, bo@example.org"}, "This is no email address."),
    ],
    ids=lambda said: str(said)[:40],
)
def test_what_cannot_be_taken_is_said_and_the_rest_is_kept(
    said: dict[str, Any], sentence: str
) -> None:
    page = shown(report(**{"email": "bo@example.org", "about": "/needs/", **said}))

    assert "We have not kept it yet. Nothing you wrote is lost:" in page.text
    assert sentence in page.text
    if "text" not in said:
        assert "Nobody answers.</textarea>" in page.html
    if "email" not in said:
        assert 'value="bo@example.org"' in page.html
    assert 'name="about" value="/needs/"' in page.html
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"name": " "}, "Write the name of it."),
        ({"name": "a" * 201}, "200 characters fit."),
        ({"website": "javascript:alert(1)"}, "This is no web address."),
        ({"website": "ftp://example.org/"}, "This is no web address."),
        ({"website": "no address"}, "This is no web address."),
        ({"website": "https://example.org/" + "a" * 500}, "500 characters fit."),
        ({"why": "a" * 2001}, "2000 characters fit."),
    ],
    ids=lambda said: str(said)[:40],
)
def test_a_suggestion_that_cannot_be_taken_is_told_why(said: dict[str, Any], sentence: str) -> None:
    page = shown(suggest(**{"text": "Free rides.", **said}))

    assert sentence in page.text
    assert "Free rides.</textarea>" in page.html
    assert not Report.objects.exists()


def ticket_in(page: Page) -> str:
    found = re.search(r'name="ticket" value="([^"]+)"', page.html)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("ticket", "sentence"),
    [
        ("", "Something got lost. Please send it again."),
        ("1764216000:forged", "Something got lost."),
        ("9" * 50_000, "Something got lost."),
        ("\x00", "Something got lost."),
        (tickets.handed_out("suggest", time.time() - 60), "Something got lost."),
        (tickets.handed_out("report", time.time() - 25 * 3600), "open for more than a day"),
        (tickets.handed_out("report", time.time() + 3600), "looked like a robot"),
    ],
    ids=["none", "forged", "long", "null", "of another form", "old", "of tomorrow"],
)
def test_without_a_good_ticket_it_is_sent_again_with_nothing_lost(
    ticket: str, sentence: str
) -> None:
    page = shown(report(ticket=ticket))

    assert sentence in page.text
    assert "Nobody answers.</textarea>" in page.html
    assert "checked" in page.html
    assert not Report.objects.exists()


def test_a_fresh_ticket_comes_with_the_form_that_had_none(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = ticket_in(shown(report(ticket="forged")))
    later = time.time() + 5
    monkeypatch.setattr(time, "time", lambda: later)

    assert report(ticket=fresh).status_code == 302


def test_who_was_too_fast_keeps_the_ticket_and_need_not_wait_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = ticket_in(read("/report/"))
    page = shown(report(ticket=first))
    assert "That was so fast that it looked like a robot." in page.text
    assert ticket_in(page) == first
    later = time.time() + 4
    monkeypatch.setattr(time, "time", lambda: later)

    assert report(ticket=first).status_code == 302


def test_who_writes_into_the_hidden_field_is_thanked_and_nothing_is_kept() -> None:
    for answer in (report(subject="Buy now"), suggest(subject="Buy now"), report(subject=" ")):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/report/thanks/")
    assert not Report.objects.exists()


def test_the_hidden_field_is_hidden_from_everybody_but_robots() -> None:
    html = read("/report/").html

    assert re.search(r'class="hidden" aria-hidden="true".*name="subject" tabindex="-1"', html)
    assert 'tabindex="-1" autocomplete="off"' in html


def test_the_sixth_in_an_hour_is_asked_to_wait_and_keeps_the_words() -> None:
    for number in range(5):
        assert report(text=f"Number {number}").status_code == 302
    page = shown(report(text="Number 6", email="jo@example.org"), 429)

    assert "Too many messages came in the last hour. Please try again in an hour." in page.text
    assert "Number 6</textarea>" in page.html
    assert "211" in page.text
    assert Report.objects.count() == 5
    assert report(sender="203.0.113.8").status_code == 302


def test_a_full_queue_is_said_with_the_helplines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "_free_places", lambda: iter([]))
    page = shown(report(), 429)

    assert "We have many messages to read, and no room for more today." in page.text
    assert page.comes_before("Your words are still below.", "211")
    assert "Nobody answers.</textarea>" in page.html
    assert not Report.objects.exists()


def test_the_same_message_twice_is_thanked_twice_and_kept_once() -> None:
    for _number in range(8):
        assert report().status_code == 302

    assert Report.objects.count() == 1


def test_another_sites_page_cannot_send_it() -> None:
    client = Client(headers={"host": "localhost", "origin": "https://evil.example"})

    assert client.post("/report/", {"text": "a", "ticket": a_minute_ago()}).status_code == 403


# --- what is sent to break it


@pytest.mark.parametrize("path", ["/report/", "/suggest/"])
def test_a_megabyte_gets_a_plain_answer(path: str) -> None:
    page = shown(post(path, text="a" * 1_000_000, ticket=a_minute_ago()), 413)

    assert "That was far too long to read." in page.text
    assert len(page.html) < 30_000
    assert not Report.objects.exists()


def test_what_is_too_long_comes_back_as_far_as_anybody_would_read() -> None:
    page = shown(report(text="a" * 60_000))

    assert "You wrote 60000." in page.text
    assert 10_000 <= page.html.count("a") < 15_000


@pytest.mark.parametrize("length", ["", "-1", "x", "٤", "9" * 50])
def test_whatever_its_length_is_said_to_be_it_answers(length: str) -> None:
    client = Client(headers={"host": "localhost"}, raise_request_exception=False)

    assert client.post("/report/", {}, CONTENT_LENGTH=length).status_code in (200, 400, 413)


def test_what_is_no_character_is_left_out() -> None:
    report(text="Nobody\x00 \x1banswers.\r\nEver.\x7f")
    suggest(name="Rides\r\nBcc: all@example.org\x00")

    problem, suggestion = Report.objects.order_by("pk")
    assert problem.text == "Nobody answers.\nEver."
    assert suggestion.name == "Rides Bcc: all@example.org"


def test_markup_comes_back_as_it_was_written() -> None:
    page = shown(report(text="</textarea><script>alert(1)</script>", email='"><script>'))

    assert "<script>alert" not in page.html
    assert "&lt;/textarea&gt;&lt;script&gt;" in page.html


def test_posts_of_robots_from_everywhere_leave_sixty_in_an_hour() -> None:
    client = Client(headers={"host": "localhost"})
    for number in range(150):
        sender = f"10.{number % 250}.1.1"
        said = {"wrong": "other", "text": f"Buy {number}", "ticket": a_minute_ago()}
        assert client.post("/report/", said, REMOTE_ADDR=sender).status_code in (302, 429)

    assert Report.objects.count() == 60


CANARY = "zq7canaryzq7"


def test_what_was_refused_is_left_nowhere(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    said = {"text": CANARY, "email": f"{CANARY}@example.org"}
    report(ticket="", **said)
    report(subject="x", **said)
    suggest(name=CANARY, website="no address")

    def broken(report: Any, *, sender: str) -> None:
        raise RuntimeError("on purpose")

    monkeypatch.setattr(reports, "accept", broken)
    failed = report(**said)

    assert failed.status_code == 500
    kept = [failed.content.decode(), str(failed.headers), caplog.text]
    kept += [str(vars(caches[name])) for name in ("default", "filters")]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM resources_report")
        kept += map(str, cursor.fetchall())
    for place in kept:
        assert CANARY not in place
        assert HERE not in place
