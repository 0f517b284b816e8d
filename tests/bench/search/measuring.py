"""Asks each site the same questions, in turn with the pages to compare with.

Every page is asked for twice: the first time its cards have to be drawn, the second time they are
kept. Figures are in seconds, unless said otherwise.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice

from tests.bench.asking import Client, at_once, once
from tests.bench.kept import Tell
from tests.bench.search import questions
from tests.bench.search.sites import SearchSite

CLIENTS = 16
TOGETHER = 1_500  # pages that all clients get
FLOOR = 100  # pages of each kind that does nothing
# The usual way takes long: so many pages of a kind, and none begun after so many seconds. A page is
# given up after as many, in the database, which would go on without its reader.
MOST_USUAL, GIVEN_UP_AFTER = 12, 20
EDITS = 3


@dataclass
class Figures:
    """What was measured of one site."""

    start: float = 0  # until the first page is there
    first: dict[str, list[float]] = field(default_factory=dict)
    again: dict[str, list[float]] = field(default_factory=dict)
    usual: dict[str, list[float]] = field(default_factory=dict)
    beside: dict[str, list[float]] = field(default_factory=dict)  # other pages
    parts: dict[str, dict[str, float]] = field(default_factory=dict)
    together: dict[str, float] = field(default_factory=dict)  # pages a second
    edits: list[float] = field(default_factory=list)  # the first page after each
    memory: list[int] = field(default_factory=list)  # bytes of each worker
    common: str = ""  # the word that most texts have


def measure(site: SearchSite, tell: Tell) -> Figures:
    """The figures of a site. It is started, and stopped again."""
    figures = Figures()
    tell(f"{site.name}: looking for words")
    words = site.inside("words")
    figures.common = words[questions.COMMON][0]
    asked = questions.questions(words)
    tell(f"{site.name}: starting")
    began = time.perf_counter()
    site.start()
    once(site, "/search/?need=copay")
    figures.start = time.perf_counter() - began
    at_once(site, ["/search/"] * CLIENTS, CLIENTS)  # so that every worker has started
    with Client(site) as client:
        figures.beside = _beside(client)
        for kind, queries in asked.items():
            tell(f"{site.name}: {kind}")
            paths = [f"/search/?{query}" for query in queries]
            figures.first[kind] = _seconds(client, paths)
            figures.again[kind] = _seconds(client, paths)
            figures.usual[kind] = _while_it_lasts(client, [f"/usual{path}" for path in paths])
    tell(f"{site.name}: {CLIENTS} clients")
    figures.together = _together(site, asked)
    figures.memory = site.memory()
    tell(f"{site.name}: edits")
    for _time in range(EDITS):
        site.publish()
        figures.edits.append(once(site, "/search/?need=copay"))
    site.stop()
    tell(f"{site.name}: parts")
    figures.parts = site.inside("parts", asked)
    return figures


def _beside(client: Client) -> dict[str, list[float]]:
    places = islice(cycle(range(0, 100_000, 1_300)), FLOOR)
    return {
        "nothing": _seconds(client, ["/floor/empty/"] * FLOOR),
        "a plain list of 25": _seconds(client, [f"/floor/list/?after={at}" for at in places]),
        "suggestions": _seconds(client, [f"/suggestions/?{q}" for q in questions.begun()]),
    }


def _seconds(client: Client, paths: Sequence[str]) -> list[float]:
    return [client.ask(path).seconds for path in paths]


def _while_it_lasts(client: Client, paths: Sequence[str]) -> list[float]:
    found: list[float] = []
    for path in paths[:MOST_USUAL]:
        found.append(client.ask(path).seconds)
        if sum(found) >= GIVEN_UP_AFTER:
            break
    return found


def _together(site: SearchSite, asked: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """Pages a second that all clients get together: of the search, and of the floors."""
    known = [*asked[questions.FILTERS], *asked[questions.UNDERSTOOD]]
    kinds = {
        "search": [f"/search/?{query}" for query in known],
        "list": [f"/floor/list/?after={place}" for place in range(0, 100_000, 1_300)],
        "empty": ["/floor/empty/"],
    }
    return {kind: _rate(site, paths) for kind, paths in kinds.items()}


def _rate(site: SearchSite, paths: Sequence[str]) -> float:
    at_once(site, [*paths, *paths], CLIENTS)  # every worker gets most of them
    pages = list(islice(cycle(paths), TOGETHER))
    began = time.perf_counter()
    at_once(site, pages, CLIENTS)
    return TOGETHER / (time.perf_counter() - began)
