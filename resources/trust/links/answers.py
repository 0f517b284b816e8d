"""What came of asking one address, before anybody judges it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Trouble(StrEnum):
    """Why there is no answer, or not a whole one."""

    NO_NAME = "no name"  # the name servers know no such host
    REFUSED = "refused"  # we may not go there: an inside address, another port or scheme
    TLS = "tls"
    TIMEOUT = "timeout"
    TOO_MUCH = "too much"  # more bytes than we take, before there was an answer
    ENDLESS = "endless"  # one redirect after the other
    UNREACHABLE = "unreachable"  # no connection, or what came is not HTTP
    ROBOTS = "robots"  # their robots.txt asks us not to
    BUSY = "busy"  # they asked us to come back later than we can wait


class Stopped(Exception):
    """The visit ends here. `detail` says why, in English and in technical words, for curators."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(f"{trouble}: {detail}")
        self.trouble = trouble
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Hop:
    """A redirect that was followed, or would have been."""

    url: str
    status: int
    to: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Where a visit ended and what was found there.

    `url` is the last address that was asked, or would have been. `text` is the page where the
    answer is text, as far as it was read; `is_whole` says whether that is all of it. `status` and
    `trouble` can both be there: an answer that began and did not come to an end.
    """

    url: str
    status: int | None = None
    hops: tuple[Hop, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    is_whole: bool = True
    trouble: Trouble | None = None
    detail: str = ""
    seconds: float = 0
    wire: int = 0  # bytes that came over the network

    @property
    def is_success(self) -> bool:
        """Whether the server says that all is well, as any 2xx does: a 204 has nothing to show."""
        return self.trouble is None and self.status is not None and 200 <= self.status < 300
