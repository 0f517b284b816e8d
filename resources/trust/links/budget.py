"""What looking at one address may cost. Everything that is done for it is paid from one purse."""

from __future__ import annotations

import time
from dataclasses import dataclass

from .answers import Stopped, Trouble


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one address may cost, with its redirects and the robots.txt on the way.

    Two seconds less than the ten that were promised: judging and watching a page take their time.
    """

    seconds: float = 8
    wire: int = 2_000_000  # bytes that come over the network, those of TLS included
    text: int = 500_000  # bytes of the page when unpacked
    hops: int = 10


class Budget:
    """Seconds and bytes that are left. Where there are none, `Stopped` is raised."""

    def __init__(self, seconds: float, wire: int, payer: Budget | None = None) -> None:
        self._began = time.monotonic()
        self._until = self._began + seconds
        self._left = wire
        self._payer = payer
        self.spent = 0
        self.was_full = True  # whether there was as much as it was to be

    def share(self, seconds: float, wire: int) -> Budget:
        """A part of it, for one errand; what that costs is missing here too."""
        left = max(0.0, self._until - time.monotonic())
        part = Budget(min(seconds, left), min(wire, self._left), payer=self)
        part.was_full = left >= seconds and self._left >= wire
        return part

    def passed(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self._began

    def seconds(self) -> float:
        """Seconds that are left, more than 0."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise Stopped(Trouble.TIMEOUT, f"no answer within {self._until - self._began:.0f} s")
        return left

    def bytes(self, wanted: int) -> int:
        """How many of the bytes that are wanted may be read, at least 1."""
        if self._left <= 0:
            raise Stopped(Trouble.TOO_MUCH, f"more than {self.spent} bytes")
        return min(wanted, self._left)

    def pay(self, count: int) -> None:
        """Take off bytes that have come."""
        self._left -= count
        self.spent += count
        if self._payer:
            self._payer.pay(count)
