"""Whether a site lets machines look at a page: its robots.txt, read once in a run.

By RFC 9309: the longest rule that fits wins, "*" and "$" are understood, and where there is no such
file everything is allowed. `urllib.robotparser` takes the first rule that fits instead, knows no
signs, and ends a group at a blank line: it would enter where it was asked not to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

import httpx

from .answers import Answer, Stopped, Trouble
from .budget import Budget, Limits
from .fetching import get

# How we are called in a robots.txt.
TOKEN = "DirectoryLinkCheck"  # noqa: S105 - a name, nothing secret
EVERYBODY = "*"

# The file is read so far at least (RFC 9309, 2.5) and no longer than this.
LIMITS = Limits(seconds=4, wire=600_000, text=512_000, hops=5)
MOST_RULES = 2_000
LONGEST_DELAY = 30  # seconds; who asks for more gets this

BUSY = frozenset({429})
OF_HASTE = frozenset({Trouble.TIMEOUT, Trouble.TOO_MUCH})
URL_SIGNS = "".join(map(chr, range(0x21, 0x7F)))


def agent_of(page: str) -> str:
    """How we call ourselves: a name, and the address of a page that says who we are."""
    return f"{TOKEN}/1.0 (+{page})"


@dataclass(frozen=True, slots=True)
class Rules:
    """What a robots.txt says to us: paths with whether they may be visited, and a delay."""

    paths: tuple[tuple[str, bool], ...] = ()
    delay: float = 0  # seconds

    def allow(self, path: str) -> bool:
        """Whether this path, with its query, may be visited."""
        fitting = [(len(rule), allowed) for rule, allowed in self.paths if _fits(rule, path)]
        return max(fitting, default=(0, True))[1]


EVERYTHING = Rules()
NOTHING = Rules(paths=(("/", False),))


class Robots:
    """The robots.txt of the sites that are visited in one run."""

    def __init__(self, agent: str) -> None:
        self._agent = agent
        self._known: dict[str, Rules | Stopped] = {}

    def gate(self, url: httpx.URL, budget: Budget) -> None:
        """Raise `Stopped` where we are asked not to go.

        Where the site cannot even be asked, the reason is the page's own: its name is gone, its
        certificate is wrong. To knock once more would tell nothing else.
        """
        rules = self._rules(url, budget)
        if isinstance(rules, Stopped):
            raise Stopped(rules.trouble, rules.detail)
        if not rules.allow(url.raw_path.decode("ascii")):
            raise Stopped(Trouble.ROBOTS, f"{_site(url)}/robots.txt")

    def delay(self, url: httpx.URL) -> float:
        """Seconds between two visits that a site asks for, as far as it was asked; 0 for none."""
        rules = self._known.get(_site(url))
        return rules.delay if isinstance(rules, Rules) else 0

    def _rules(self, url: httpx.URL, budget: Budget) -> Rules | Stopped:
        site = _site(url)
        if site in self._known:
            return self._known[site]
        share = budget.share(LIMITS.seconds, LIMITS.wire)
        answer = get(f"{site}/robots.txt", agent=self._agent, limits=LIMITS, budget=share)
        rules = rules_from(answer)
        # Of a site that is come to with little time left, nothing is known if the time was too
        # short: its own addresses ask anew.
        if share.was_full or answer.trouble not in OF_HASTE:
            self._known[site] = rules
        return rules


def rules_from(answer: Answer) -> Rules | Stopped:
    """What follows from what a site answers for its robots.txt (RFC 9309, 2.3.1)."""
    if answer.is_success:
        return parse(answer.text)
    if answer.trouble == Trouble.ENDLESS:
        return EVERYTHING
    if answer.trouble is not None:
        return Stopped(answer.trouble, f"robots.txt: {answer.detail}")
    status = answer.status or 0
    if 400 <= status < 500 and status not in BUSY:
        return EVERYTHING
    return NOTHING


def parse(text: str) -> Rules:
    """The rules for us: those of the groups that name us, else those for everybody."""
    ours: dict[str, list[tuple[str, str]]] = {TOKEN.lower(): [], EVERYBODY: []}
    named: set[str] = set()
    agents: list[str] = []
    is_open = False  # between the lines that name agents and the first rule
    for key, value in _lines(text):
        if key == "user-agent":
            agents = [*agents, _product(value)] if is_open else [_product(value)]
            is_open = True
            named.update(agents)
            continue
        is_open = False
        for agent in ours.keys() & set(agents):
            ours[agent].append((key, value))
    group = TOKEN.lower() if TOKEN.lower() in named else EVERYBODY
    return _rules_of(ours[group][:MOST_RULES])


def _rules_of(lines: Iterable[tuple[str, str]]) -> Rules:
    paths: list[tuple[str, bool]] = []
    delay = 0.0
    for key, value in lines:
        if key in ("allow", "disallow") and value:
            paths.append((quote(value, safe=URL_SIGNS), key == "allow"))
        elif key == "crawl-delay" and re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,3})?", value):
            delay = min(float(value), LONGEST_DELAY)
    return Rules(tuple(paths), delay)


def _lines(text: str) -> Iterable[tuple[str, str]]:
    for line in text.removeprefix("\ufeff").splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        if colon and key.strip().lower() in ("user-agent", "allow", "disallow", "crawl-delay"):
            yield key.strip().lower(), value.strip()


def _product(value: str) -> str:
    """The name in "Name/1.0"."""
    return value.lower().partition("/")[0].strip()


def _fits(rule: str, path: str) -> bool:
    """Whether a path begins as the rule says; "*" stands for anything, "$" for the end.

    Part by part rather than by a regular expression, so that no rule can take long.
    """
    is_whole = rule.endswith("$")
    first, *rest = rule.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    if not rest:
        return not is_whole or path == first
    at = len(first)
    *middle, last = rest
    for part in middle:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    if is_whole:
        return len(path) - len(last) >= at and path.endswith(last)
    return path.find(last, at) >= 0


def _site(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode('ascii')}"
