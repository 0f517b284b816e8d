"""Visit many addresses and be no burden: one at a time, and for each host with a pause between.

The hosts come in turn, so that the pause of one is the time of the others.
"""

from __future__ import annotations

import heapq
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import httpx

from .answers import Answer, Trouble
from .budget import Limits
from .fetching import fetch
from .outcomes import Finding, judge
from .robots import Robots

PAUSE = 5.0  # seconds between two visits of one host
# Who asks us to come back later than this, in seconds, is left alone for the rest of the run.
LONGEST_WAIT = 120
# With such an answer nobody was troubled, but for their robots.txt.
NOBODY_ASKED = frozenset({Trouble.NO_NAME, Trouble.REFUSED, Trouble.ROBOTS})
TOO_OFTEN = 429
BUSY = 503


@dataclass(frozen=True, slots=True)
class Visit:
    """An address, what it answered and what that was taken for."""

    url: str
    answer: Answer
    finding: Finding


@dataclass(slots=True)
class Visitor:
    """Visits addresses in one run. `clock` and `sleep` count in seconds."""

    agent: str
    pause: float = PAUSE
    limits: Limits = field(default_factory=Limits)
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    ask: Callable[..., Answer] = fetch
    _robots: Robots = field(init=False)
    _free_at: dict[str, float] = field(init=False, default_factory=dict)
    _left_alone: set[str] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self._robots = Robots(self.agent)

    def visit(self, addresses: Iterable[str]) -> Iterator[Visit]:
        """Visit each address once, and tell what became of it as soon as that is known.

        Not in the order given: an address waits until its host may be visited again.
        """
        waiting: dict[str, deque[str]] = defaultdict(deque)
        for address in dict.fromkeys(addresses):
            waiting[_host(address)].append(address)
        turns = [(self._free_at.get(host, 0.0), at, host) for at, host in enumerate(waiting)]
        heapq.heapify(turns)
        turn = len(turns)
        while turns:
            then, _, host = heapq.heappop(turns)
            free = self._free_at.get(host, 0.0)
            if free > then:  # another host led here meanwhile
                heapq.heappush(turns, (free, turn, host))
                turn += 1
                continue
            yield self._visited(waiting[host].popleft(), host)
            if waiting[host]:
                heapq.heappush(turns, (self._free_at.get(host, 0.0), turn, host))
                turn += 1

    def _visited(self, address: str, host: str) -> Visit:
        if host in self._left_alone:
            answer = Answer(address, trouble=Trouble.BUSY, detail="asked us to come back later")
            return Visit(address, answer, judge(address, answer))
        wait = self._free_at.get(host, 0.0) - self.clock()
        if wait > 0:
            self.sleep(wait)
        answer = self.ask(address, agent=self.agent, gate=self._robots.gate, limits=self.limits)
        self._note(address, answer)
        return Visit(address, answer, judge(address, answer))

    def _note(self, address: str, answer: Answer) -> None:
        """Note when the hosts that were asked on the way may be asked again."""
        if answer.trouble in NOBODY_ASKED and not answer.hops:
            return
        now = self.clock()
        for url in (address, *(hop.to for hop in answer.hops)):
            self._free_at[_host(url)] = now + max(self.pause, self._delay(url))
        later = answer.headers.get("retry-after", "")
        if answer.status == TOO_OFTEN or (answer.status == BUSY and later):
            self._back_off(_host(answer.url), later, now)

    def _back_off(self, host: str, retry_after: str, now: float) -> None:
        """Wait as long as they ask. A date, or nothing at all, is too long to wait for."""
        seconds = int(retry_after) if retry_after.isdecimal() and len(retry_after) < 9 else None
        if seconds is None or seconds > LONGEST_WAIT:
            self._left_alone.add(host)
        else:
            self._free_at[host] = now + max(self.pause, seconds)

    def _delay(self, url: str) -> float:
        at = _parsed(url)
        return self._robots.delay(at) if at else 0.0


def _host(address: str) -> str:
    at = _parsed(address)
    return at.raw_host.decode("ascii").lower().rstrip(".") if at else ""


def _parsed(address: str) -> httpx.URL | None:
    try:
        return httpx.URL(address)
    except (httpx.InvalidURL, ValueError):
        return None
