"""How somebody wants their list on paper, and what they wrote beside it. Nothing here is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

LONGEST_NOTE = 500  # characters


class Layout(StrEnum):
    """How much is said: what one needs for the call, or all of it."""

    SHORT = "short"
    FULL = "full"


class Size(StrEnum):
    """Of the sheet."""

    LETTER = "letter"
    A4 = "a4"


@dataclass(frozen=True, slots=True)
class Wishes:
    """Language, layout, sheet, large type; `illness`: the slug of the one that the title names."""

    language: str = "en"
    layout: Layout = Layout.SHORT
    size: Size = Size.LETTER
    is_large: bool = False
    illness: str = ""


@dataclass(frozen=True, slots=True)
class Notes:
    """What somebody wrote: about the whole list, and about resources, by their numbers."""

    whole: str = ""
    of: Mapping[int, str] = field(default_factory=dict)


NO_NOTES = Notes()
