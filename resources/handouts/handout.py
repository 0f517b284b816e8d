"""A list to hand over: the numbers of resources in an order, and the day it was made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

# So many a list has at most: more than anybody calls, and few enough for one link.
MOST = 50

# A resource's number is its primary key. What is beyond this was never one.
LARGEST = 2**40


@dataclass(frozen=True, slots=True)
class HandOut:
    """Numbers of resources in their order, each once, and the day on which they were put together.

    Raises ValueError for what is no list: none, too many, one twice, or what is no number.
    """

    numbers: tuple[int, ...]
    made: dt.date

    def __post_init__(self) -> None:
        if not 0 < len(self.numbers) <= MOST:
            raise ValueError(f"A list has 1 to {MOST} resources.")
        if len(set(self.numbers)) != len(self.numbers):
            raise ValueError("A resource stands in a list once.")
        if not all(0 < number <= LARGEST for number in self.numbers):
            raise ValueError("A number is beyond all resources.")


def in_order(numbers: Iterable[int]) -> tuple[int, ...]:
    """The first `MOST` of these that can be numbers of resources, each once, in this order."""
    possible = (number for number in numbers if 0 < number <= LARGEST)
    return tuple(dict.fromkeys(possible))[:MOST]
