"""The rehearsal over a few addresses for each case, lest it rots."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from django.utils import timezone

from resources.trust import named
from resources.trust.links import Limits, Outcome
from tests.rehearsal import certificates
from tests.rehearsal.cases import CASES, SLOW, Case
from tests.rehearsal.report import report
from tests.rehearsal.running import Rehearsed, rehearse
from tests.rehearsal.shares import host_of, shared_out
from tests.rehearsal.stage import stage

pytestmark = [
    pytest.mark.server,
    pytest.mark.usefixtures("starter"),
    pytest.mark.skipif(not certificates.is_there(), reason=certificates.HOW_TO_GET_IT),
]

SITES = 2  # that play each case; one where it takes long
# Long enough for a busy machine: what is slow takes so long on each of three days.
LIMITS, PAUSE = Limits(seconds=2.0), 0.05


def few() -> tuple[list[str], dict[str, Case]]:
    """The addresses of a few sites for each case, and what those play."""
    urls = sorted(named.addresses())
    left = {case.name: 1 if case.share == SLOW else SITES for case in CASES}
    sites = {}
    for host, case in shared_out(urls).items():
        if left[case.name]:
            left[case.name] -= 1
            sites[host] = case
    return [url for url in urls if host_of(url) in sites], sites


def rehearsed(urls: list[str], sites: dict[str, Case], folder: Path) -> Rehearsed:
    with stage(sites, folder) as playing:
        today = timezone.localdate()
        return rehearse(urls, sites, playing, today=today, limits=LIMITS, pause=PAUSE)


def test_every_case_is_taken_for_what_it_is(tmp_path: Path) -> None:
    urls, sites = few()
    found = rehearsed(urls, sites, tmp_path)

    assert found.mistakes == []
    assert {each.case.name for each in found.played} == {case.name for case in CASES}
    assert found.most_at_once == 1
    assert found.pause >= PAUSE
    assert "gzip bomb" in report(found, sites, LIMITS, PAUSE)


def test_what_is_taken_for_something_else_is_named(tmp_path: Path) -> None:
    url = min(named.addresses())
    works = replace(CASES[0], taken_for=Outcome.GONE)
    found = rehearsed([url], {host_of(url): works}, tmp_path)

    assert found.mistakes == [
        f"works: {url} was taken for ok, not gone",
        "works: alarms [0, 0, 0], not [0, 0, 1]",
    ]


def test_every_site_plays_the_same_every_time() -> None:
    urls = named.addresses()

    assert shared_out(urls) == shared_out(sorted(urls, reverse=True))
    assert set(shared_out(urls).values()) == set(CASES)
