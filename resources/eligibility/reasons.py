"""What one rule comes to for a person, and why."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Outcome(enum.Enum):
    """What a rule comes to for a person."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Reason:
    """What one rule comes to, in a sentence that names the numbers.

    `working`: how a number came about; `source`: the address where that is written; `note`: the
    resource's own words; `gap`: by how many dollars a limit is passed.
    """

    criterion: str
    outcome: Outcome
    sentence: str
    working: str = ""
    source: str = ""
    note: str = ""
    gap: int = 0
