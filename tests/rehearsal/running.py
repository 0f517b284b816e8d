"""Three days of visits to the sites in play, recorded as those to the public web are."""

from __future__ import annotations

import datetime as dt
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from resources.trust import doubts, looking, named
from resources.trust.links import Answer, Limits, Outcome, Visit, Visitor, agent_of, fetch
from tests.rehearsal.cases import Case
from tests.rehearsal.shares import host_of
from tests.rehearsal.stage import Stage

DAYS = doubts.ALARM_DAYS
AGENT = agent_of("https://directory.example/about/")


@dataclass(slots=True)
class Played:
    """What was seen of one case: what each address was taken for on each day it was visited, and
    how many of them were alarms after each day."""

    case: Case
    urls: set[str] = field(default_factory=set)
    taken_for: dict[Outcome, set[str]] = field(default_factory=lambda: defaultdict(set))
    alarms: list[int] = field(default_factory=list)
    slowest: float = 0  # seconds
    most: int = 0  # bytes over the network, for one address

    def note(self, visit: Visit) -> None:
        """Count a visit in."""
        self.taken_for[visit.finding.outcome].add(visit.url)
        self.slowest = max(self.slowest, visit.answer.seconds)
        self.most = max(self.most, visit.answer.wire)

    @property
    def expected_alarms(self) -> list[int]:
        """What fails is one on the last day alone, what moved at once, all else never."""
        if self.case.taken_for.is_failure:
            return [*([0] * (DAYS - 1)), len(self.urls)]
        return [len(self.urls) if self.case.taken_for in doubts.LEADS_ELSEWHERE else 0] * DAYS

    @property
    def mistakes(self) -> list[str]:
        """What was not as it should be, in words."""
        wrong = [
            f"{self.case.name}: {url} was taken for {outcome}, not {self.case.taken_for}"
            for outcome, urls in self.taken_for.items()
            for url in sorted(urls)
            if outcome != self.case.taken_for
        ]
        unseen = self.urls - set().union(*self.taken_for.values())
        wrong += [f"{self.case.name}: {url} was not visited" for url in sorted(unseen)]
        if self.alarms != self.expected_alarms:
            wrong.append(f"{self.case.name}: alarms {self.alarms}, not {self.expected_alarms}")
        return wrong


@dataclass(slots=True)
class Rehearsed:
    """What was seen of all; `visits` of each day, the whole in `seconds`."""

    played: list[Played]
    visits: list[int]
    seconds: float
    pause: float  # seconds: the shortest between two visits of one site that was kept
    most_at_once: int
    elsewhere: list[str]

    @property
    def mistakes(self) -> list[str]:
        """What was not as it should be, in words."""
        wrong = [mistake for each in self.played for mistake in each.mistakes]
        wrong += [f"connected to {where}" for where in self.elsewhere]
        return wrong


def rehearse(
    urls: Iterable[str],
    sites: Mapping[str, Case],
    stage: Stage,
    *,
    today: dt.date,
    limits: Limits,
    pause: float,
) -> Rehearsed:
    """Visit these addresses on this day and those that follow, each day what is due.

    They are named by what is public in the database, where the visits are recorded.
    """
    chosen = set(urls)
    cases = {url: sites[host_of(url)] for url in chosen}
    played = {case.name: Played(case) for case in sites.values()}
    for url, case in cases.items():
        played[case.name].urls.add(url)
    visits = []
    rounds: list[tuple[int, int]] = []  # of each visit, the knocks before and after it
    began = time.monotonic()

    def ask(*args: Any, **kwargs: Any) -> Answer:
        before = len(stage.knocks)
        answer = fetch(*args, **kwargs)
        rounds.append((before, len(stage.knocks)))
        return answer

    for number in range(DAYS):
        day = today + dt.timedelta(days=number)
        due = [url for url in looking.due_addresses(day) if url in chosen]
        visitor = Visitor(AGENT, pause=pause, limits=limits, ask=ask)
        watched = named.status_pages()
        first = len(rounds)
        for visit in visitor.visit(due):
            looking.record(visit, day, is_watched=visit.url in watched)
            played[cases[visit.url].name].note(visit)
        visits.append(len(rounds) - first)
        alarms = set(looking.alarms().values_list("url", flat=True))
        for each in played.values():
            each.alarms.append(len(each.urls & alarms))
    return Rehearsed(
        played=list(played.values()),
        visits=visits,
        seconds=time.monotonic() - began,
        pause=_shortest_pause(stage, rounds),
        most_at_once=stage.most_at_once,
        elsewhere=stage.elsewhere,
    )


def _shortest_pause(stage: Stage, rounds: Iterable[tuple[int, int]]) -> float:
    """The shortest time, in seconds, from the last connection to a site in one visit to the first
    in the next."""
    met: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for before, after in rounds:
        of_visit: dict[str, list[float]] = defaultdict(list)
        for address, at in stage.knocks[before:after]:
            of_visit[address].append(at)
        for address, times in of_visit.items():
            met[address].append((times[0], times[-1]))
    gaps = [later[0] - one[1] for those in met.values() for one, later in pairwise(those)]
    return min(gaps, default=float("inf"))
