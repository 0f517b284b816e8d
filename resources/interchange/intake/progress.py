"""How far a long piece of work has come, told to whoever waits for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TextIO

# Seconds between two lines: on a terminal, where one is written over the other; elsewhere.
OFTEN, SELDOM = 0.2, 5.0
SECONDS_OF_RATE = 0.5  # before that a rate says nothing
MINUTE, HOUR = 60, 3_600


class Progress:
    """One line: how much is done, how fast, how long it will take.

    `what` is what is counted, in the plural ("services read"). `total` may become known later, or
    never. Where `stream` is None nothing is told.
    """

    def __init__(
        self,
        total: int | None,
        what: str,
        stream: TextIO | None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.total, self.count = total, 0
        self._what, self._stream, self._clock = what, stream, clock
        self._is_terminal = stream is not None and stream.isatty()
        self._began = self._told_at = clock()
        self._width = 0

    def advance(self, count: int = 1) -> None:
        """So many more are done."""
        self.count += count
        if self._stream is None:
            return
        now = self._clock()
        if now - self._told_at >= (OFTEN if self._is_terminal else SELDOM):
            self._told_at = now
            self._tell(self._line(now))

    def done(self) -> None:
        """It is over: say how much it was and how long it took."""
        if self._stream is not None:
            took = duration(self._clock() - self._began)
            self._tell(f"{self.count:,} {self._what} in {took}")
            if self._is_terminal:
                self._stream.write("\n")
                self._stream.flush()

    def _line(self, now: float) -> str:
        of = f" of {self.total:,}" if self.total is not None else ""
        words = [f"{self.count:,}{of} {self._what}"]
        seconds = now - self._began
        if self.count and seconds >= SECONDS_OF_RATE:
            rate = self.count / seconds
            words.append(f"{rate:,.0f} a second" if rate >= 1 else f"{rate * MINUTE:,.0f} a minute")
            if self.total is not None and self.total > self.count:
                words.append(f"{duration((self.total - self.count) / rate)} left")
        return ", ".join(words)

    def _tell(self, line: str) -> None:
        assert self._stream is not None  # noqa: S101 - asked by whoever calls
        if self._is_terminal:
            self._stream.write("\r" + line.ljust(self._width))
            self._width = len(line)
        else:
            self._stream.write(line + "\n")
        self._stream.flush()


def duration(seconds: float) -> str:
    """Seconds as somebody says them: "40 s", "3 min 20 s", "2 h 5 min"."""
    whole = round(seconds)
    if whole < MINUTE:
        return f"{whole} s"
    if whole < HOUR:
        return f"{whole // MINUTE} min {whole % MINUTE} s"
    return f"{whole // HOUR} h {whole % HOUR // MINUTE} min"
