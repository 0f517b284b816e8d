"""The verdict on every resource at once, from sets: what `judge` says of each, in milliseconds."""

from __future__ import annotations

from typing import NamedTuple

from pyroaring import BitMap

from resources.eligibility.answers import Answers
from resources.eligibility.criteria import CRITERIA
from resources.eligibility.knowledge import Knowledge
from resources.search.sets import Directory


class Groups(NamedTuple):
    """The primary keys of all that is offered, each in exactly one group."""

    likely: BitMap
    check: BitMap
    unlikely: BitMap


def sort(directory: Directory, answers: Answers, know: Knowledge) -> Groups:
    """Sort all that is offered by how likely this person is to get it."""
    sets = [criterion.sort(directory, answers, know) for criterion in CRITERIA]
    unlikely = directory.offered & BitMap.union(*(one.failed for one in sets))
    passed = BitMap.intersection(directory.offered, *(one.passed for one in sets))
    likely = passed - unlikely
    return Groups(likely, directory.offered - likely - unlikely, unlikely)
