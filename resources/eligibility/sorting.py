"""The verdict on every resource at once, from sets: what `judge` says of each, in milliseconds."""

from __future__ import annotations

from typing import NamedTuple

from pyroaring import BitMap

from resources.eligibility.answers import Answers
from resources.eligibility.criteria import CRITERIA
from resources.eligibility.knowledge import Knowledge
from resources.search.sets import Directory


class Groups(NamedTuple):
    """The primary keys of all that is offered, each in exactly one group.

    `near`: of the unlikely those that only a limit of income is against, which may bend.
    """

    likely: BitMap
    check: BitMap
    unlikely: BitMap
    near: BitMap


def sort(directory: Directory, answers: Answers, know: Knowledge) -> Groups:
    """Sort all that is offered by how likely this person is to get it."""
    sets = {criterion.name: criterion.sort(directory, answers, know) for criterion in CRITERIA}
    unlikely = directory.offered & BitMap.union(*(one.failed for one in sets.values()))
    passed = BitMap.intersection(directory.offered, *(one.passed for one in sets.values()))
    likely = passed - unlikely
    others = (one.failed for name, one in sets.items() if name != "income")
    near = unlikely - BitMap.union(*others)
    return Groups(likely, directory.offered - likely - unlikely, unlikely, near)
