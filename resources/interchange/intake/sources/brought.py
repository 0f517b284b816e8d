"""What fetching brought."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Brought:
    """How many records of which entity the stage holds now, and what was there besides.

    `left`: how many of which entity were there that a stage has no place for (`location`: nobody
    is at it). `passed_over`: files and lists that are not of HSDS. `version` and `profile` are what
    an API says of itself. `began`: when the fetch began, in ISO 8601; asked for `modified_after`
    that moment, an API tells what changed since.
    """

    counts: Mapping[str, int]
    began: str
    left: Mapping[str, int] = field(default_factory=dict)
    passed_over: tuple[str, ...] = ()
    version: str = ""
    profile: str = ""
