"""Ask one address: with HEAD, then with GET where the page is of interest or HEAD says too little.

Whatever the other side does, it costs no more than `Limits` allows. Nothing is raised.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace

import httpcore
import httpx

from .answers import Answer, Hop, Stopped, Trouble
from .budget import Budget, Limits
from .decoding import ACCEPTED, Unpacking, as_text
from .transport import Transport

# Asked before each request, redirects included: raises `Stopped` where we are not to go.
Gate = Callable[[httpx.URL, Budget], None]

SCHEMES = frozenset({"http", "https"})
HOST = re.compile(rb"[A-Za-z0-9._:-]+")  # as it is asked for, which is never beyond ASCII
REDIRECTS = frozenset({301, 302, 303, 307, 308})
# Whoever says so by HEAD would say so again; asking twice would be what they complain about.
FINAL = frozenset({429, 451})
# No sort of trouble that HEAD alone may have had.
NOT_OF_HEAD = frozenset(Trouble) - {
    Trouble.ENDLESS,
    Trouble.TIMEOUT,
    Trouble.TOO_MUCH,
    Trouble.UNREACHABLE,
}
# What HEAD may take of it: servers that do not know it may keep silent, or send what nobody asked.
HEAD_SECONDS, HEAD_WIRE = 4, 500_000

TEXT = ("text/", "application/xhtml", "application/xml")
HEADERS = {
    "Accept": "text/html, application/xhtml+xml, */*;q=0.5",
    "Accept-Encoding": ACCEPTED,
    "Accept-Language": "en, es;q=0.5",
    "Connection": "close",
}


def fetch(
    url: str,
    *,
    agent: str,
    gate: Gate | None = None,
    limits: Limits | None = None,
    budget: Budget | None = None,
) -> Answer:
    """What an address answers, with its text where it is a page.

    `agent` is how we call ourselves (`robots.agent_of`). `budget` is what is left of the limits
    where something was paid from it before.
    """
    limits = limits or Limits()
    purse = budget or Budget(limits.seconds, limits.wire)
    asking = Asking(agent, gate, limits, purse)
    head = asking.ask("HEAD", url, share=purse.share(HEAD_SECONDS, HEAD_WIRE))
    if _is_enough(head):
        return asking.priced(head)
    if not head.is_success:
        return asking.priced(asking.ask("GET", url))
    page = asking.ask("GET", head.url)
    return asking.priced(replace(page, hops=(*head.hops, *page.hops)))


def get(url: str, *, agent: str, limits: Limits, budget: Budget) -> Answer:
    """The same with GET alone, of whatever kind the text is, and without asking whether we may."""
    asking = Asking(agent, None, limits, budget, is_text=True)
    return asking.priced(asking.ask("GET", url))


def _is_enough(head: Answer) -> bool:
    if head.trouble is not None:
        return head.trouble in NOT_OF_HEAD
    return head.status in FINAL or (head.is_success and not _is_page(head.headers))


@dataclass(frozen=True, slots=True)
class Asking:
    """How the addresses of one visit are asked."""

    agent: str
    gate: Gate | None
    limits: Limits
    budget: Budget
    is_text: bool = False  # whatever the answer says of itself

    def priced(self, answer: Answer) -> Answer:
        """The answer, with what it cost."""
        return replace(answer, seconds=self.budget.passed(), wire=self.budget.spent)

    def ask(self, method: str, url: str, share: Budget | None = None) -> Answer:
        """Ask and follow redirects. The chain so far is told, however it ends."""
        budget = share or self.budget
        hops: list[Hop] = []
        with self._client(budget) as client:
            try:
                while True:
                    at = hops[-1].to if hops else url
                    if len(hops) > self.limits.hops:
                        raise Stopped(Trouble.ENDLESS, f"more than {self.limits.hops} redirects")
                    target = _allowed(at)
                    if self.gate:
                        self.gate(target, self.budget)
                    with closing(_sent(client, method, target)) as response:
                        to = _onward(response, target)
                        if to is None:
                            found = Answer(at, response.status_code, tuple(hops))
                            return self._read(response, found)
                        hops.append(Hop(at, response.status_code, to))
            except Stopped as stopped:
                where = hops[-1].to if hops else url
                return Answer(
                    where, hops=tuple(hops), trouble=stopped.trouble, detail=stopped.detail
                )

    def _client(self, budget: Budget) -> httpx.Client:
        return httpx.Client(
            transport=Transport(budget),
            headers={**HEADERS, "User-Agent": self.agent},
            timeout=None,  # noqa: S113 - the transport's budget is the limit
            trust_env=False,
        )

    def _read(self, response: httpx.Response, found: Answer) -> Answer:
        """The answer with its headers and, of a page, the text as far as it came."""
        found = replace(found, headers=dict(response.headers))
        is_text = self.is_text or _is_page(found.headers)
        if response.request.method == "HEAD" or not is_text:
            return found
        unpacking = Unpacking(found.headers.get("content-encoding", ""), self.limits.text)
        trouble, detail, is_whole = None, "", True
        try:
            for chunk in response.iter_raw():
                if not unpacking.feed(chunk):
                    break
        except (Stopped, httpcore.ProtocolError, httpcore.NetworkError) as error:
            is_whole = False
            # A page that does not come to an end in time was not there for a reader either.
            if isinstance(error, Stopped) and error.trouble == Trouble.TIMEOUT:
                trouble, detail = error.trouble, error.detail
        body = unpacking.end()
        return replace(
            found,
            text=as_text(body, found.headers.get("content-type", "")),
            is_whole=is_whole and unpacking.is_whole,
            trouble=trouble,
            detail=detail,
        )


def _allowed(url: str) -> httpx.URL:
    """The address as it is asked. Raises `Stopped` for what is none on the web."""
    try:
        found = httpx.URL(url)
        found.host  # noqa: B018 - read as a name, which it need not be
    except (httpx.InvalidURL, ValueError) as error:
        raise Stopped(Trouble.REFUSED, f"not an address: {error}") from error
    if found.scheme not in SCHEMES or not HOST.fullmatch(found.raw_host):
        raise Stopped(Trouble.REFUSED, f"not an address on the web: {url[:100]}")
    if found.userinfo:
        raise Stopped(Trouble.REFUSED, "an address with a name and a password")
    return found


def _sent(client: httpx.Client, method: str, target: httpx.URL) -> httpx.Response:
    try:
        return client.send(client.build_request(method, target), stream=True)
    except (httpcore.ProtocolError, httpcore.NetworkError, httpx.HTTPError, ValueError) as error:
        raise Stopped(Trouble.UNREACHABLE, str(error)) from error


def _onward(response: httpx.Response, target: httpx.URL) -> str | None:
    """Where a redirect leads; None for what is none."""
    to = response.headers.get("location")
    if response.status_code not in REDIRECTS or not to:
        return None
    try:
        return str(target.join(to))
    except (httpx.InvalidURL, ValueError):
        return str(to)


def _is_page(headers: Mapping[str, str]) -> bool:
    """Whether there is text to read; so it is taken where nothing is said."""
    kind = headers.get("content-type", "").lower().strip()
    return not kind or kind.startswith(TEXT)
