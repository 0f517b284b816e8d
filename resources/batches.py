"""Many things, some at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Thing = TypeVar("Thing")


def batched(things: Iterable[Thing], size: int) -> Iterator[list[Thing]]:
    """The things in lists of `size`, the last one perhaps shorter; none for no things.

    `itertools.batched`, which Python 3.11 has not.
    """
    ahead = iter(things)
    while batch := list(islice(ahead, size)):
        yield batch
