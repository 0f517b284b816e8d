"""Which site plays which case: the same every time for the same addresses."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence

import httpx

from tests.rehearsal.cases import CASES, Case, site


def host_of(url: str) -> str:
    return site(httpx.URL(url).host)


def shared_out(urls: Iterable[str], cases: Sequence[Case] = CASES) -> dict[str, Case]:
    """Host -> its case. Each is dealt out as often as its share says, to sites that can play it."""
    addresses: dict[str, list[str]] = defaultdict(list)
    for url in urls:
        addresses[host_of(url)].append(url)
    deck: list[Case] = []
    dealt: dict[str, Case] = {}
    for host in sorted(addresses, key=lambda name: hashlib.sha256(name.encode()).digest()):
        fitting = _fitting(deck, addresses[host])
        if fitting is None:
            deck += _in_turn(cases)
            fitting = _fitting(deck, addresses[host])
        if fitting is None:
            raise ValueError(f"no case for {host}")
        deck.remove(fitting)
        dealt[host] = fitting
    return dealt


def _fitting(deck: Iterable[Case], urls: Sequence[str]) -> Case | None:
    return next((case for case in deck if all(map(case.fits, urls))), None)


def _in_turn(cases: Sequence[Case]) -> list[Case]:
    """Each case as often as its share says, spread among the others."""
    most = max(case.share for case in cases)
    return [case for turn in range(most) for case in cases if turn < case.share]
