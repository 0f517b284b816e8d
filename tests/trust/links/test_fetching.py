"""How an address is asked: by HEAD, then by GET, and along redirects."""

from __future__ import annotations

import httpx
import pytest

from resources.trust.links import Budget, Hop, Limits, Trouble, fetch
from resources.trust.links.answers import Stopped
from tests.trust.links.conftest import AGENT, SMALL, Fetch
from tests.trust.links.hostile import PAGE, Line, Server, page, redirect

pytestmark = pytest.mark.server


def test_a_page_is_asked_by_head_and_then_read(server: Server, look: Fetch) -> None:
    answer = look("/page")

    assert server.asked() == ["HEAD /page", "GET /page"]
    assert answer.text == PAGE.decode()
    assert answer.is_whole


@pytest.mark.parametrize("path", ["/429", "/451", "/pdf"])
def test_where_head_says_enough_nothing_more_is_asked(
    server: Server, look: Fetch, path: str
) -> None:
    look(path)

    assert server.asked() == [f"HEAD {path}"]


def test_a_page_that_moved_is_read_where_it_is_now(server: Server, look: Fetch) -> None:
    answer = look("/moved")

    assert server.asked() == ["HEAD /moved", "HEAD /page", "GET /page"]
    assert answer.hops == (Hop(server.url("/moved"), 301, server.url("/page")),)
    assert answer.url == server.url("/page")


def test_a_server_that_is_silent_to_head_is_asked_by_get(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("resources.trust.links.fetching.HEAD_SECONDS", 0.2)
    answer = fetch(server.url("/head-silent"), agent=AGENT, limits=SMALL)

    assert answer.is_success


def test_it_says_who_is_asking(server: Server, look: Fetch) -> None:
    look("/page")
    agents = {one.headers["user-agent"] for one in server.requests}

    assert agents == {"directorylinkcheck/1.0 (+https://directory.example/about/)"}


def test_no_proxy_of_the_environment_is_used(
    server: Server, look: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9/")

    assert look("/page").is_success


def test_a_cookie_is_taken_along_and_forgotten_afterwards(server: Server, look: Fetch) -> None:
    def only_with_cookie(line: Line) -> None:
        if "seen=1" in line.request.headers.get("cookie", ""):
            line.answer(200)
        else:
            line.answer(302, b"", Location="/cookie", Set_Cookie="seen=1")

    server.tricks["/cookie"] = only_with_cookie

    assert look("/cookie").is_success
    assert "cookie" not in server.requests[0].headers
    look("/page")
    assert "cookie" not in server.requests[-1].headers


def test_the_chain_is_told_where_it_ends_badly(server: Server, look: Fetch) -> None:
    answer = look("/to-metadata")

    assert answer.trouble == Trouble.REFUSED
    assert [hop.to for hop in answer.hops] == ["http://169.254.169.254/latest/meta-data/"]


def test_a_redirect_without_an_address_is_no_redirect(server: Server, look: Fetch) -> None:
    server.tricks["/nowhere"] = page(status=302)

    assert look("/nowhere").status == 302


def test_the_gate_is_asked_at_each_step(server: Server) -> None:
    server.tricks["/private"] = page()
    server.tricks["/to-private"] = redirect("/private")

    def gate(url: httpx.URL, budget: Budget) -> None:
        if url.path == "/private":
            raise Stopped(Trouble.ROBOTS)

    answer = fetch(server.url("/to-private"), agent=AGENT, gate=gate)

    assert answer.trouble == Trouble.ROBOTS
    assert server.asked() == ["HEAD /to-private"]


def test_it_is_paid_from_what_is_left(server: Server) -> None:
    budget = Budget(seconds=5, wire=100)
    answer = fetch(server.url("/page"), agent=AGENT, budget=budget, limits=Limits())

    assert answer.wire == 100
    assert answer.trouble == Trouble.TOO_MUCH


def test_a_share_costs_its_payer_too() -> None:
    budget = Budget(seconds=5, wire=1_000)
    share = budget.share(seconds=60, wire=400)
    share.pay(400)

    assert share.seconds() <= 5
    assert budget.bytes(10_000) == 600
    with pytest.raises(Stopped):
        share.bytes(1)


def test_no_time_is_left_of_none() -> None:
    with pytest.raises(Stopped) as stopped:
        Budget(seconds=0, wire=1).seconds()

    assert stopped.value.trouble == Trouble.TIMEOUT
