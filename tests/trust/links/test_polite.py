"""Many addresses, one host at a time and with pauses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from resources.trust.links import Answer, Hop, Outcome, Trouble, Visitor
from tests.trust.links.conftest import AGENT, SMALL, name
from tests.trust.links.hostile import Server, page


class Time:
    """A clock that goes by what is slept. Each visit takes a second."""

    def __init__(self) -> None:
        self.now = 0.0
        self.visits: list[tuple[float, str]] = []

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.now += seconds


def visitor(answers: Callable[[str], Answer], pause: float = 5) -> tuple[Visitor, Time]:
    time = Time()

    def ask(url: str, **kwargs: Any) -> Answer:
        time.visits.append((time.now, url))
        time.now += 1
        return answers(url)

    return Visitor(AGENT, pause=pause, clock=lambda: time.now, sleep=time.sleep, ask=ask), time


def well(url: str) -> Answer:
    return Answer(url, 200)


A, A2, A3 = "http://a.example/1", "http://a.example/2", "https://A.example:443/3"
B, C = "http://b.example/", "http://c.example/"


def test_a_host_is_visited_again_after_a_pause() -> None:
    visiting, time = visitor(well)
    list(visiting.visit([A, A2, A3]))

    assert [then for then, _ in time.visits] == [0, 6, 12]


def test_hosts_come_in_turn() -> None:
    visiting, time = visitor(well)
    list(visiting.visit([A, A2, B, C]))

    assert time.visits == [(0, A), (1, B), (2, C), (6, A2)]


def test_an_address_is_visited_once() -> None:
    visiting, time = visitor(well)
    list(visiting.visit([A, A, B, A]))

    assert [url for _, url in time.visits] == [A, B]


def test_a_host_that_was_led_to_has_its_pause_too() -> None:
    visiting, time = visitor(
        lambda url: Answer(C, 200, (Hop(A, 301, C),)) if url == A else well(url)
    )
    list(visiting.visit([A, C, B]))

    assert time.visits == [(0, A), (1, B), (6, C)]


def test_the_pause_goes_on_from_one_round_to_the_next() -> None:
    visiting, time = visitor(well)
    list(visiting.visit([A]))
    list(visiting.visit([A]))

    assert [then for then, _ in time.visits] == [0, 6]


@pytest.mark.parametrize(
    ("status", "retry_after", "visits"),
    [
        (429, "60", [0, 61]),
        (429, "2", [0, 6]),
        (429, "3600", [0]),
        (429, "", [0]),
        (429, "Fri, 27 Nov 2026 12:00:00 GMT", [0]),
        (429, "9" * 50, [0]),
        (503, "60", [0, 61]),
        (503, "", [0, 6]),
    ],
)
def test_a_host_that_asks_for_time_gets_it(
    status: int, retry_after: str, visits: list[float]
) -> None:
    headers = {"retry-after": retry_after} if retry_after else {}
    visiting, time = visitor(
        lambda url: Answer(url, status, headers=headers) if url == A else well(url)
    )
    found = list(visiting.visit([A, A2]))

    assert [then for then, _ in time.visits] == visits
    assert [visit.url for visit in found] == [A, A2]
    if len(visits) == 1:
        assert found[1].finding.outcome == Outcome.BLOCKED


def test_where_nobody_was_asked_there_is_no_pause() -> None:
    visiting, time = visitor(lambda url: Answer(url, trouble=Trouble.ROBOTS))
    list(visiting.visit([A, A2]))

    assert [then for then, _ in time.visits] == [0, 1]


def test_nonsense_is_refused_and_the_others_are_visited() -> None:
    visiting = Visitor(AGENT, limits=SMALL)
    found = list(visiting.visit(["", "http://[", "http://127.0.0.1/", "file:///etc/passwd"]))

    assert {visit.finding.outcome for visit in found} == {Outcome.REFUSED}
    assert len(found) == 4


@pytest.mark.server
def test_one_connection_at_a_time_and_as_slowly_as_they_ask(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    name(monkeypatch, "one.example", "two.example")
    server.tricks["/robots.txt"] = page(b"User-agent: *\nCrawl-delay: 7\nDisallow: /410")
    slept: list[float] = []
    visiting = Visitor(AGENT, pause=0, limits=SMALL, sleep=slept.append, clock=lambda: 0.0)
    paths = [("/page", "one.example"), ("/404", "one.example"), ("/410", "one.example"),
             ("/page", "two.example")]  # fmt: skip
    found = visiting.visit([server.url(path, host) for path, host in paths])

    assert {visit.url.partition(":")[2]: visit.finding.outcome.value for visit in found} == {
        f"//one.example:{server.port}/page": "ok",
        f"//one.example:{server.port}/404": "gone",
        f"//one.example:{server.port}/410": "robots",
        f"//two.example:{server.port}/page": "ok",
    }
    assert slept == [7, 7]
    assert server.most_at_once == 1
