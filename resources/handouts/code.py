"""The code of a list's link: short enough to be typed from paper, and nothing is stored for it.

Crockford's base 32 (https://www.crockford.com/base32.html): no I, L, O or U, either case, hyphens
as one likes. A number is written five bits a letter, four of its own and one that says whether more
follow. At the end stand three letters of checksum: one wrong letter, or two neighbours exchanged,
is always told; of anything else, all but one in 32,749.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from resources.handouts.handout import HandOut

LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
VALUES = {letter: value for value, letter in enumerate(LETTERS)} | {"o": 0, "i": 1, "l": 1}

VERSION = 1
FIRST_DAY = dt.date(2026, 1, 1)
LAST_DAY = 100 * 365  # days after the first: a code that says more is none

# The largest prime that fits in three letters, and a factor that is neither 0 nor 1: with these a
# changed letter, and two that changed places, always change the sum.
PRIME, FACTOR = 32_749, 33
CHECKSUM = 3
GROUP = 4
LONGEST = 600  # letters: fifty of the largest numbers are fewer


class NoCode(ValueError):
    """What was given is the code of no list."""


class Mistyped(NoCode):
    """It looks like one, and its checksum says that a letter is wrong or missing."""


def code_of(handout: HandOut) -> str:
    """The code of a list: "1c5v-0g4h-8s2". Raises ValueError for a day before 2026."""
    values = [VERSION, *_written((handout.made - FIRST_DAY).days)]
    for number in handout.numbers:
        values += _written(number)
    letters = "".join(LETTERS[value] for value in (*values, *_checksum(values)))
    return "-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))


def handout_of(code: str) -> HandOut:
    """The list that a code stands for, however it was typed.

    Raises `Mistyped` where a letter is wrong, `NoCode` for what is no code at all.
    """
    values = _values(code)
    if len(values) <= CHECKSUM + 1:
        raise NoCode
    body, checksum = values[:-CHECKSUM], values[-CHECKSUM:]
    if list(_checksum(body)) != checksum:
        raise Mistyped
    if body[0] != VERSION:
        raise NoCode
    days, *numbers = _read(body[1:])
    if days > LAST_DAY:
        raise NoCode
    try:
        return HandOut(tuple(numbers), FIRST_DAY + dt.timedelta(days=days))
    except ValueError as error:
        raise NoCode from error


def _values(code: str) -> list[int]:
    if len(code) > LONGEST * 2:
        raise NoCode
    letters = code.replace("-", "").replace(" ", "").lower()
    if not letters or len(letters) > LONGEST:
        raise NoCode
    try:
        return [VALUES[letter] for letter in letters]
    except KeyError as error:
        raise Mistyped from error


def _written(number: int) -> list[int]:
    """A number as letters' values, its lowest bits first. Raises ValueError for a negative one."""
    if number < 0:
        raise ValueError("No day before the first, no number below 0.")
    values = [number & 15]
    while number := number >> 4:
        values[-1] |= 16
        values.append(number & 15)
    return values


def _read(values: Sequence[int]) -> Iterator[int]:
    """The numbers that these stand for. Raises `NoCode` where the last has no end."""
    number = shift = 0
    for value in values:
        number |= (value & 15) << shift
        shift += 4
        if not value & 16:
            yield number
            number = shift = 0
    if shift:
        raise NoCode


def _checksum(values: Iterable[int]) -> tuple[int, ...]:
    total = 0
    for value in values:
        total = (total * FACTOR + value + 1) % PRIME
    return total >> 10, total >> 5 & 31, total & 31
