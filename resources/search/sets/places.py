"""The order of the names: which of any resources come first by name, without their names at hand.

A million names are too many to keep in every process. What is kept is their order, and for each
resource a number that grows along it, with room between neighbours for names that come later.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice

from pyroaring import BitMap

from resources.models import Resource
from resources.search.words import fold

ROOM = 1 << 24

# A sorted place costs about so many times what it costs to look whether a resource is wanted.
SORTING = 2


@dataclass(frozen=True)
class Places:
    """Primary keys in the order of their names, accents and capitals folded; and place by key."""

    in_order: array[int] = field(default_factory=lambda: array("I"))
    place_of: array[int] = field(default_factory=lambda: array("q"))

    @classmethod
    def of(cls, in_order: Iterable[int]) -> Places:
        """The places of keys that are in order already."""
        order = array("I", in_order)
        place_of = array("q", bytes(8 * (max(order, default=0) + 1)))
        for place, pk in enumerate(order, start=1):
            place_of[pk] = place * ROOM
        return cls(order, place_of)

    def __contains__(self, pk: int) -> bool:
        return pk < len(self.place_of) and self.place_of[pk] > 0

    def first(self, hits: BitMap, start: int, stop: int) -> list[int]:
        """The hits from place `start` up to `stop` in the order of their names.

        Walks the order where the hits are many, and sorts them where they are few.
        """
        if stop * len(self.in_order) < SORTING * len(hits) ** 2:
            return list(islice((pk for pk in self.in_order if pk in hits), start, stop))
        return sorted(hits, key=self.place_of.__getitem__)[start:stop]

    def with_changes(self, changed: Iterable[int], name_of: Callable[[int], str]) -> Places:
        """With these, whose names are new, at their places. `name_of` tells a present name."""
        order, place_of = self.in_order[:], self.place_of[:]
        pks = list(changed)
        for pk in pks:
            if pk in self:
                del order[self._index(order, place_of, pk)]
        for pk in pks:
            _insert(order, place_of, pk, name_of)
        return Places(order, place_of)

    @staticmethod
    def _index(order: array[int], place_of: array[int], pk: int) -> int:
        """Where a key stands; equal places, which are rare, are gone through."""
        index = bisect_left(order, place_of[pk], key=place_of.__getitem__)
        return order.index(pk, index)


def _insert(
    order: array[int], place_of: array[int], pk: int, name_of: Callable[[int], str]
) -> None:
    wanted = (fold(name_of(pk)), pk)
    index = bisect_left(order, wanted, key=lambda other: (fold(name_of(other)), other))
    before = place_of[order[index - 1]] if index else 0
    after = place_of[order[index]] if index < len(order) else before + 2 * ROOM
    if pk >= len(place_of):
        place_of.frombytes(bytes(8 * (pk + 1 - len(place_of))))
    place_of[pk] = before + (after - before) // 2
    order.insert(index, pk)


def read_places() -> Places:
    """The places of all published resources."""
    rows = Resource.objects.published().order_by().values_list("name", "pk")
    named = sorted((fold(name), pk) for name, pk in rows.iterator(chunk_size=5_000))
    return Places.of(pk for _name, pk in named)
