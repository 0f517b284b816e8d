"""What became of an address, judged by what it answered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from . import names
from .answers import Answer, Trouble
from .reading import Page, read


class Outcome(StrEnum):
    """What became of an address."""

    OK = "ok"
    GONE = "gone"  # 404 or 410, or nobody has the name any longer
    MOVED = "moved"  # for good, and the new address is known
    RENAMED = "renamed"  # a home page leads to another name: renamed, or merged?
    SOFT_404 = "soft_404"  # says that all is well, and that there is nothing
    TLS = "tls"  # no safe connection: a browser would warn
    TIMEOUT = "timeout"
    BLOCKED = "blocked"  # they do not answer machines, or not so often
    SERVER_ERROR = "server_error"
    REFUSED = "refused"  # not an address of the public web
    UNREACHABLE = "unreachable"
    ROBOTS = "robots"  # their robots.txt asks machines to keep away

    @property
    def is_failure(self) -> bool:
        """Whether it counts towards an alarm: a reader who follows the link finds nothing.

        An address that moved still leads somewhere, and what keeps machines away lets readers in.
        """
        return self in FAILURES


FAILURES = frozenset(
    {
        Outcome.GONE,
        Outcome.SOFT_404,
        Outcome.TLS,
        Outcome.TIMEOUT,
        Outcome.SERVER_ERROR,
        Outcome.REFUSED,
        Outcome.UNREACHABLE,
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of an address; `address` is where it leads now, or blank where it stands.

    For `MOVED` it is the new address to take. For the others it is what a curator may want to see.
    """

    outcome: Outcome
    address: str = ""


BY_TROUBLE = {
    Trouble.NO_NAME: Outcome.GONE,
    Trouble.REFUSED: Outcome.REFUSED,
    Trouble.TLS: Outcome.TLS,
    Trouble.TIMEOUT: Outcome.TIMEOUT,
    Trouble.TOO_MUCH: Outcome.UNREACHABLE,
    Trouble.ENDLESS: Outcome.UNREACHABLE,
    Trouble.UNREACHABLE: Outcome.UNREACHABLE,
    Trouble.ROBOTS: Outcome.ROBOTS,
    Trouble.BUSY: Outcome.BLOCKED,
}
GONE = frozenset({404, 410})
FOR_GOOD = frozenset({301, 308})
# Besides those that say so: 406 and 999 are what firewalls answer to whoever is no browser.
BLOCKED = frozenset({401, 403, 406, 429, 451, 999})

# In titles and headings.
NOT_FOUND = re.compile(
    r"""
    ^\W*(?:error\W+)?404\b(?!\W?\d) | \b404\W+(?:error|page|not\ found) | \berror\W+404\b
    | \b(?:page|file|url|site|content|document)\W+
      (?:(?:(?:was|is|could|can)\ )?not|cannot|can.t|(?:was|is|could)n.t)\W+(?:be\W+)?found\b
    | \bpage\W+(?:does\ not|doesn.t|no\ longer)\ exists?\b | ^\W*not\ found\W*$
    | \bp[aá]gina\W+(?:no\W+(?:encontrada|existe|disponible)|(?:ya\W+)?no\W+existe)
    | \bno\W+(?:se\W+(?:ha\W+)?)?(?:encontr[oó]|encontrad[oa]|encontramos)\W+(?:la\W+)?p[aá]gina
    | \b(?:domain|site|account)\W+(?:name\W+)?(?:has\ been\ |has\ |is\ |may\ be\ )?
      (?:suspended|expired|for\ sale)\b
    | \beste\W+dominio\W+est[aá]\W+en\W+venta\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
# In the text of a page: only what nobody writes about anything else.
SAYS_SO = re.compile(
    r"""
    \bpage\W+(?:that\W+)?you(?:.re|\ are|.ve|\ have|\ were)?\W+
      (?:look(?:ing)?\W+for|request(?:ed|ing)?|tr(?:ying|ied)\W+to\W+(?:reach|view|access|find|visit))
      \W+(?:[^.]{0,40}\W)?
      (?:not\ found|not\ be\ found|cannot\ be|can.t\ be|couldn.t\ be|no\ longer|not\ exist
        |n.t\ exist|moved|removed|n.t\ available|not\ available)
    | \bla\W+p[aá]gina\W+(?:que\W+(?:est[aá]s?\W+buscando|busca[s]?|solicit[oóa]\w*)|solicitada)
      \W+(?:[^.]{0,40}\W)?no\W+(?:existe|se\W+encuentra|est[aá]\W+disponible|se\W+ha)
    | \b(?:this|the)\W+domain(?:\W+name)?\W+(?:[\w.-]{1,80}\W+)?(?:is|may\ be)\W+for\W+sale\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
LONGEST_LINE = 1_000


def judge(url: str, answer: Answer) -> Finding:
    """What became of an address that was asked."""
    address = answer.url if answer.url != url else ""
    if answer.trouble is not None:
        return Finding(BY_TROUBLE[answer.trouble], address)
    status = answer.status or 0
    if status in GONE:
        return Finding(Outcome.GONE, address)
    leads_on = names.is_home(url) and not names.same_name(url, answer.url)
    if leads_on and (answer.is_success or status in BLOCKED):
        return Finding(Outcome.RENAMED, address)
    if status in BLOCKED:
        return Finding(Outcome.BLOCKED, address)
    if not answer.is_success:
        return Finding(Outcome.SERVER_ERROR, address)
    return _of_success(url, answer)


def _of_success(url: str, answer: Answer) -> Finding:
    """All is well, says the server. It may lead elsewhere, or to a page that says otherwise."""
    address = answer.url if answer.url != url else ""
    if _leads_nowhere(url, answer.url) or says_not_found(read(answer.text)):
        return Finding(Outcome.SOFT_404, address)
    if names.is_home(url) and names.same_site(url, answer.url):
        return Finding(Outcome.OK, address)
    moved = moved_for_good(answer)
    if moved and not names.same_page(url, moved):
        return Finding(Outcome.MOVED, moved)
    if names.is_home(answer.url) and not names.same_name(url, answer.url):
        return Finding(Outcome.RENAMED, address)
    return Finding(Outcome.OK, address)


def _leads_nowhere(url: str, to: str) -> bool:
    """Whether somebody who asks for a page lands on the front page of that site, or on an error."""
    if names.same_page(url, to):
        return False
    sent_home = not names.is_home(url) and names.is_home(to) and names.same_site(url, to)
    return sent_home or names.is_error_page(to)


def moved_for_good(answer: Answer) -> str:
    """Where redirects lead that are to be remembered, up to the first that is not; or blank."""
    new = ""
    for hop in answer.hops:
        if hop.status not in FOR_GOOD:
            break
        new = hop.to
    return new


def says_not_found(page: Page) -> bool:
    """Whether a page tells its reader, in English or Spanish, that there is no page."""
    titles = (page.title, *page.headings)
    return any(NOT_FOUND.search(words[:LONGEST_LINE]) for words in titles) or any(
        SAYS_SO.search(line[:LONGEST_LINE]) for line in page.lines
    )
