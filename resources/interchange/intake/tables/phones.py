"""The telephone numbers in a cell, however many, with what is written beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from resources.interchange.intake.texts import room_in
from resources.models import ResourcePhone, dialable

NO_NUMBER = frozenset(
    {"", "-", "n/a", "na", "no", "no number", "no phone", "none", "not available", "tbd", "unknown"}
)
LONGEST_CELL = 1_000  # more is no list of numbers
LONGEST_NUMBER = room_in(ResourcePhone, "number")
DIGITS = r"\+?(?:1[\s.-]*)?(?:\(\d{3}\)|\d{3})[\s.\-–/]*\d{3}[\s.\-–]*\d{4}(?!\d)"
LETTERS = (
    r"(?:1[\s.-]*)?(?:\(\d{3}\)|\d{3})[\s.-]+(?=[\dA-Z-]*[A-Z])[\dA-Z]+(?:-[\dA-Z]+)*(?![a-z])"
)
NUMBER = re.compile(rf"(?<!\w)(?:{DIGITS})")
WITH_LETTERS = re.compile(rf"(?<!\w)(?:{LETTERS})")
EXTENSION = re.compile(r",?\s*\b(?:x|ext\.?|extension|option)\s*\.?\s*(\d{1,10})\b", re.IGNORECASE)
# A comma, a slash, "or" stand between two numbers only where a number follows.
BETWEEN = re.compile(
    rf"\s*[;|\n]\s*|\s*(?:,|/|\bor\b|\band\b|&)\s*(?=(?:[A-Za-z ]{{1,30}}:)?\s*(?:{DIGITS}))"
)
LABEL = re.compile(r"\s*([A-Za-z][A-Za-z ./-]{0,40}?)\s*:\s*")
TTY = re.compile(r"tty|tdd", re.IGNORECASE)
SPANISH = re.compile(r"spanish|español", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written, and what the cell says of it."""

    number: str
    extension: str = ""
    purpose: str = ""
    note: str = ""
    languages: list[str] | None = None
    is_tty: bool = False


@dataclass(slots=True)
class Found:
    """The numbers of a cell, and the pieces of it in which there is none."""

    numbers: list[Number] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)


def numbers_in(cell: str) -> Found:
    """What a cell says: "800-526-0844; Spanish: 800-501-0864", "no phone", "1-800-LAW-REP-4"."""
    found = Found()
    if len(cell) > LONGEST_CELL:
        return Found(rest=[cell])
    for piece in filter(None, map(str.strip, BETWEEN.split(cell))):
        number = _number(piece)
        if number is not None:
            found.numbers.append(number)
        elif piece.casefold().strip(" .") not in NO_NUMBER:
            found.rest.append(piece)
    return found


def _number(piece: str) -> Number | None:
    written = next(_candidates(piece), None)
    if written is None:
        return None
    before, after = piece.split(written, 1)
    extension = EXTENSION.match(after)
    after = after[extension.end() :] if extension else after
    label = LABEL.fullmatch(before)
    called = label[1].strip() if label else ""
    note = " ".join(_bare(side) for side in ("" if label else before, after) if _bare(side))
    is_tty = bool(TTY.search(f"{called} {note}"))
    in_spanish = bool(SPANISH.search(f"{called} {note}"))
    return Number(
        number=" ".join(written.split()),
        extension=extension[1] if extension else "",
        purpose="" if is_tty or (in_spanish and SPANISH.fullmatch(called)) else called,
        note=note,
        languages=["es"] if in_spanish else None,
        is_tty=is_tty,
    )


def _candidates(piece: str) -> Iterator[str]:
    """What in a piece can be dialled: digits rather than letters, else the whole of it."""
    for pattern in (NUMBER, WITH_LETTERS):
        for match in pattern.finditer(piece):
            if _can_be_dialled(match[0]):
                yield match[0]
    if _can_be_dialled(piece):
        yield piece


def _can_be_dialled(text: str) -> bool:
    if len(text) > LONGEST_NUMBER:
        return False
    try:
        return bool(dialable(text))
    except ValueError:
        return False


def _bare(text: str) -> str:
    """Without brackets around all of it, and without what stood between it and the number."""
    return re.sub(r"\(\s*\)", "", text).strip(" ,;:.-–()[]")
