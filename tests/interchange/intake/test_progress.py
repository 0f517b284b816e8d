"""What somebody sees who waits."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import count

import pytest

from resources.interchange.intake.progress import Progress, duration


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


def seconds(step: float) -> Iterator[float]:
    return count(0.0, step)


def test_it_writes_one_line_over_the_other_on_a_terminal() -> None:
    stream, clock = Terminal(), seconds(1)
    progress = Progress(100, "services", stream, clock=lambda: next(clock))

    for _ in range(3):
        progress.advance(10)
    progress.done()

    assert "\r10 of 100 services, 10 a second, 9 s left" in stream.getvalue()
    assert stream.getvalue().count("\n") == 1
    assert stream.getvalue().rstrip().endswith("30 services in 4 s")


def test_it_writes_a_line_every_few_seconds_elsewhere() -> None:
    stream, clock = io.StringIO(), seconds(2)
    progress = Progress(None, "services", stream, clock=lambda: next(clock))

    for _ in range(6):
        progress.advance()
    progress.done()

    assert stream.getvalue().splitlines() == [
        "3 services, 30 a minute",
        "6 services, 30 a minute",
        "6 services in 14 s",
    ]


def test_it_says_nothing_where_nobody_listens() -> None:
    progress = Progress(1, "services", None)

    progress.advance()
    progress.done()

    assert progress.count == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [(0.4, "0 s"), (59.7, "1 min 0 s"), (200, "3 min 20 s"), (7_500, "2 h 5 min")],
)
def test_it_says_a_time_as_people_do(given: float, said: str) -> None:
    assert duration(given) == said
