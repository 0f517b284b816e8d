"""Ask one address of an API: patient, within bounds, and never inside our own network.

What is fetched goes through the transport of the link checker (`resources.trust.links.transport`),
which connects to checked addresses only.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any, NoReturn

import httpcore
import httpx

from resources.interchange.intake.sources.values import Unfit, loaded
from resources.interchange.refusal import Problem, Refused
from resources.trust.links import Budget, Trouble
from resources.trust.links.answers import Stopped
from resources.trust.links.decoding import ACCEPTED, Unpacking
from resources.trust.links.transport import Transport

REDIRECTS = frozenset({301, 302, 303, 307, 308})
MOST_REDIRECTS = 5
TOO_OFTEN, BUSY, ERRORS = 429, 503, range(500, 600)
WANTS_A_KEY = frozenset({401, 403, 407})
# Where the network may have been at fault, it is asked once more.
PASSING = frozenset({Trouble.TIMEOUT, Trouble.UNREACHABLE})
GOES_ON = "Run the same command again: it goes on where it stopped, and keeps what has come."


class CutOff(Exception):
    """The answer ended before it was whole."""


class TooLarge(Refused):
    """More came than is taken, or it took too long: less of it may do."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How an API is asked. Seconds and bytes are those of one request."""

    seconds: float = 60
    bytes: int = 30 * 2**20  # of a page, unpacked
    pause: float = 0.2  # seconds between two requests
    tries: int = 5
    # Who asks us to come back later than this, in seconds, is left alone.
    longest_wait: float = 300


USUAL = Manners()


def rest(seconds: float) -> None:
    """Wait. Tests replace it, and `USUAL`."""
    time.sleep(seconds)


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered: the status, and with 200 the value of its JSON."""

    status: int
    value: Any = None


@dataclass(slots=True)
class Asking:
    """Asks one API, whose root is `base`. `agent` is how we call ourselves."""

    base: httpx.URL
    agent: str
    manners: Manners = field(default_factory=lambda: USUAL)

    def get(self, path: str, params: Mapping[str, str] | None = None) -> Reply:
        """What is answered below the root. Raises `Refused` for what is no answer of an API."""
        url = self.base.copy_with(raw_path=self.base.raw_path.rstrip(b"/") + b"/" + path.encode())
        url = url.copy_merge_params(params or {})
        wait = self.manners.pause
        for number in range(1, self.manners.tries + 1):
            rest(wait)
            is_last = number == self.manners.tries
            wait = 2.0**number
            try:
                status, headers, body = self._asked(url)
            except Stopped as stopped:
                if is_last or stopped.trouble not in PASSING:
                    self._stop(url, stopped)
                continue
            except CutOff as error:
                if is_last:
                    self.refuse(url, f"The answer is cut off again and again ({error}). {GOES_ON}")
                continue
            if status == TOO_OFTEN or status in ERRORS:
                wait = self._patience(url, status, headers, wait, is_last=is_last)
                continue
            if status in WANTS_A_KEY:
                self.refuse(
                    url,
                    f"It answers {status}: it wants a key or a password, which this does not send. "
                    "Ask its owner for a file instead.",
                )
            return Reply(status, self._value(url, headers, body) if status == 200 else None)
        raise AssertionError("the last try returns or raises")

    def refuse(self, url: httpx.URL | str, cure: str) -> NoReturn:
        """Raise `Refused` for an address."""
        raise Refused([Problem(str(url)[:300], "", "", cure)])

    def _patience(
        self,
        url: httpx.URL,
        status: int,
        headers: Mapping[str, str],
        wait: float,
        *,
        is_last: bool,
    ) -> float:
        """Seconds to wait before it is asked again. Raises `Refused` where that is no use."""
        asked = retry_after(headers.get("retry-after", ""), dt.datetime.now(dt.UTC))
        wait = wait if asked is None else max(asked, self.manners.pause)
        if wait > self.manners.longest_wait:
            minutes = wait / 60
            self.refuse(
                url,
                f"It answers {status} and asks to come back in {minutes:,.0f} minutes. Do so then. "
                + GOES_ON,
            )
        if is_last:
            self.refuse(url, f"It answers {status} again and again. Try later. {GOES_ON}")
        return wait

    def _asked(self, url: httpx.URL) -> tuple[int, Mapping[str, str], bytes]:
        """Status, headers and body, redirects followed. Raises `Stopped`, `CutOff`, `Refused`."""
        budget = Budget(self.manners.seconds, self.manners.bytes + 2**20)
        with httpx.Client(
            transport=Transport(budget),
            headers={
                "Accept": "application/json",
                "Accept-Encoding": ACCEPTED,
                "Connection": "close",
                "User-Agent": self.agent,
            },
            timeout=None,  # noqa: S113 - the transport's budget is the limit
            trust_env=False,
        ) as client:
            for _redirect in range(MOST_REDIRECTS + 1):
                with closing(_sent(client, url)) as response:
                    to = response.headers.get("location")
                    if response.status_code not in REDIRECTS or not to:
                        return response.status_code, response.headers, self._body(url, response)
                url = self._onward(url, to)
        return self.refuse(url, "It redirects without end. Ask its owner for the right address.")

    def _onward(self, url: httpx.URL, to: str) -> httpx.URL:
        """Where a redirect leads: within the same host, and never away from https."""
        try:
            onward = url.join(to)
            is_same = onward.raw_host == url.raw_host and onward.scheme in ("https", url.scheme)
        except (httpx.InvalidURL, ValueError):
            is_same = False
        if not is_same or onward.userinfo:
            self.refuse(
                url,
                f"It redirects to {to[:200]}, at another host or without https, which is not "
                "followed. If that is the right address, give it instead.",
            )
        return onward

    def _body(self, url: httpx.URL, response: httpx.Response) -> bytes:
        unpacking = Unpacking(response.headers.get("content-encoding", ""), self.manners.bytes)
        try:
            for chunk in response.iter_raw():
                if not unpacking.feed(chunk):
                    break
        except (httpcore.ProtocolError, httpcore.NetworkError) as error:
            raise CutOff(str(error)) from error
        body = unpacking.end()
        if len(body) >= self.manners.bytes:
            self._too_much(url)
        if not unpacking.is_whole:
            raise CutOff("it does not unpack")
        return body

    def _too_much(self, url: httpx.URL) -> NoReturn:
        most = self.manners.bytes / 2**20
        cure = f"A page is larger than {most:,.0f} MB. Ask its owner for smaller ones, or a file."
        raise TooLarge([Problem(str(url)[:300], "", "", cure)])

    def _stop(self, url: httpx.URL, stopped: Stopped) -> NoReturn:
        if stopped.trouble == Trouble.REFUSED:
            self.refuse(
                url,
                f"It leads to a place that must not be reached ({stopped.detail}): inside a "
                "private network, or another port than 80 and 443. Give a public address.",
            )
        if stopped.trouble == Trouble.TOO_MUCH:
            self._too_much(url)
        cure = f"No answer: {stopped.trouble} ({stopped.detail}). {GOES_ON}"
        if stopped.trouble == Trouble.TIMEOUT:
            raise TooLarge([Problem(str(url)[:300], "", "", cure)])
        self.refuse(url, cure)

    def _value(self, url: httpx.URL, headers: Mapping[str, str], body: bytes) -> Any:
        kind = headers.get("content-type", "").lower()
        if "html" in kind or body.lstrip()[:1] == b"<":
            self.refuse(url, "It answers with a web page, not with JSON. Give the API’s address.")
        try:
            return loaded(body.decode("utf-8-sig"))
        except UnicodeDecodeError:
            self.refuse(url, "What it answers is not in UTF-8. Ask its owner to mend that.")
        except Unfit as unfit:
            self.refuse(url, f"{unfit.cure} Ask its owner. {GOES_ON}")


def retry_after(told: str, now: dt.datetime) -> float | None:
    """Seconds that a Retry-After header asks to wait: a number or a date (RFC 9110, 10.2.3)."""
    if told.isdecimal() and told.isascii():
        return float(told[:9])
    try:
        then = parsedate_to_datetime(told)
    except ValueError:
        return None
    aware = then if then.tzinfo else then.replace(tzinfo=dt.UTC)
    return max(0.0, (aware - now).total_seconds())


def _sent(client: httpx.Client, url: httpx.URL) -> httpx.Response:
    try:
        return client.send(client.build_request("GET", url), stream=True)
    except (httpcore.ProtocolError, httpcore.NetworkError, httpx.HTTPError, ValueError) as error:
        raise Stopped(Trouble.UNREACHABLE, str(error)) from error
