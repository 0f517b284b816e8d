"""What a robots.txt allows."""

from __future__ import annotations

import time

import httpx
import pytest

from resources.trust.links import Answer, Budget, Robots, Trouble, fetch
from resources.trust.links.answers import Stopped
from resources.trust.links.robots import EVERYTHING, NOTHING, TOKEN, parse, rules_from
from tests.trust.links.conftest import AGENT, SMALL, open_seam
from tests.trust.links.hostile import Server, page, redirect

OURS = TOKEN.lower()


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/", True),
        ("User-agent: *\nDisallow:", "/", True),
        ("User-agent: *\nDisallow: /", "/", False),
        ("User-agent: *\nDisallow: /private", "/private/x", False),
        ("User-agent: *\nDisallow: /private", "/public", True),
        ("User-agent: *\n\nDisallow: /private", "/private", False),
        ("USER-AGENT : *\r\ndisallow:/private # all of it\r\n", "/private", False),
        ("User-agent: *\nAllow: /\nDisallow: /private", "/private", False),
        ("User-agent: *\nDisallow: /\nAllow: /help", "/help/me", True),
        ("User-agent: *\nDisallow: /help\nAllow: /help", "/help", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x", True),
        ("User-agent: *\nDisallow: /*?print=", "/page?print=1", False),
        ("User-agent: *\nDisallow: /a*b*c", "/a--b--c--", False),
        ("User-agent: *\nDisallow: /a*b*c", "/a--c--b", True),
        ("User-agent: *\nDisallow: /page$", "/page", False),
        ("User-agent: *\nDisallow: /page$", "/pages", True),
        ("User-agent: *\nDisallow: *", "/", False),
        ("User-agent: *\nDisallow: /años", "/a%C3%B1os", False),
        (f"User-agent: {OURS}\nDisallow: /\n\nUser-agent: *\nDisallow:", "/", False),
        (f"User-agent: {TOKEN}/2.0\nDisallow:\n\nUser-agent: *\nDisallow: /", "/", True),
        (f"User-agent: other\nUser-agent: {TOKEN}\nDisallow: /", "/", False),
        (f"User-agent: {TOKEN}\nAllow: /\nUser-agent: other\nDisallow: /", "/", True),
        ("User-agent: other\nDisallow: /", "/", True),
        ("Disallow: /", "/", True),
        ("<html><title>Home</title>", "/", True),
    ],
)
def test_it_follows_the_rules(text: str, path: str, allowed: bool) -> None:
    assert parse(text).allow(path) is allowed


@pytest.mark.parametrize(
    ("line", "delay"),
    [("10", 10), ("0.5", 0.5), ("86400", 30), ("-1", 0), ("soon", 0), ("1e9", 0)],
)
def test_it_reads_a_delay_within_reason(line: str, delay: float) -> None:
    assert parse(f"User-agent: *\nCrawl-delay: {line}").delay == delay


def test_a_hostile_file_takes_no_time() -> None:
    rule = "Disallow: /" + "*a" * 200 + "$\n"
    began = time.monotonic()
    rules = parse("User-agent: *\n" + rule * 1_200)
    rules.allow("/" + "a" * 2_000 + "b")

    assert time.monotonic() - began < 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_without_a_file_everything_is_allowed(status: int) -> None:
    assert rules_from(Answer("", status)) == EVERYTHING


@pytest.mark.parametrize("status", [429, 500, 502, 503, 304])
def test_a_site_in_trouble_is_left_alone(status: int) -> None:
    assert rules_from(Answer("", status)) == NOTHING


def test_a_file_behind_endless_redirects_is_none() -> None:
    assert rules_from(Answer("", trouble=Trouble.ENDLESS)) == EVERYTHING


@pytest.mark.server
def test_a_page_that_is_not_for_machines_is_not_asked_for(server: Server) -> None:
    server.tricks["/robots.txt"] = page(
        b"User-agent: *\nDisallow: /page", Content_Type="text/plain"
    )
    answer = fetch(server.url("/page"), agent=AGENT, gate=Robots(AGENT).gate)

    assert answer.trouble == Trouble.ROBOTS
    assert server.asked() == []


@pytest.mark.server
def test_a_redirect_may_not_lead_there_either(server: Server) -> None:
    server.tricks["/robots.txt"] = page(b"User-agent: *\nDisallow: /page")
    answer = fetch(server.url("/moved"), agent=AGENT, gate=Robots(AGENT).gate)

    assert answer.trouble == Trouble.ROBOTS
    assert server.asked() == ["HEAD /moved"]


@pytest.mark.server
def test_the_file_is_read_once_whatever_its_kind_and_place(server: Server) -> None:
    server.tricks["/robots.txt"] = redirect("/elsewhere.txt")
    server.tricks["/elsewhere.txt"] = page(
        b"User-agent: *\nDisallow: /page", Content_Type="application/octet-stream"
    )
    robots = Robots(AGENT)
    answers = [
        fetch(server.url(path), agent=AGENT, gate=robots.gate) for path in ("/page", "/201", "/")
    ]

    assert [answer.trouble for answer in answers] == [Trouble.ROBOTS, None, None]
    assert [one.path for one in server.requests].count("/robots.txt") == 1


@pytest.mark.server
def test_robots_and_page_are_paid_from_one_purse(server: Server) -> None:
    server.tricks["/robots.txt"] = server.tricks["/silent"]
    answer = fetch(server.url("/page"), agent=AGENT, limits=SMALL, gate=Robots(AGENT).gate)

    assert answer.trouble == Trouble.TIMEOUT
    assert answer.seconds < SMALL.seconds + 1


@pytest.mark.server
def test_a_site_that_cannot_be_asked_tells_the_trouble_itself(
    closed: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    robots = Robots(AGENT)
    with pytest.raises(Stopped) as stopped:
        robots.gate(httpx.URL(closed.url()), Budget(5, 1_000))
    open_seam(monkeypatch, closed.port)
    with pytest.raises(Stopped):
        robots.gate(httpx.URL(closed.url()), Budget(5, 1_000))

    assert stopped.value.trouble == Trouble.REFUSED
    assert closed.connections == 0


@pytest.mark.server
def test_a_site_that_is_come_to_in_haste_is_asked_anew(server: Server) -> None:
    robots = Robots(AGENT)
    with pytest.raises(Stopped):
        robots.gate(httpx.URL(server.url()), Budget(5, 10))
    robots.gate(httpx.URL(server.url()), Budget(5, 1_000_000))

    assert [one.path for one in server.requests] == ["/robots.txt", "/robots.txt"]
