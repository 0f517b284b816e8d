"""One record of JSON as a value, held to the bounds; what is wrong with it as `Unfit`."""

from __future__ import annotations

import json
import math
from typing import Any

from resources.interchange.intake.sources.bounds import DEEPEST, LONGEST_TEXT

# How JSON writes NUL, and halves of characters.
ODD = ("\\u0000", "\\ud", "\\uD")


class Unfit(Exception):
    """This record cannot be taken: `field` where it is known, and what to do about it."""

    def __init__(self, field: str, cure: str) -> None:
        super().__init__(f"{field}: {cure}")
        self.field, self.cure = field, cure


class Twice(dict[str, Any]):
    """An object in which a field stands twice."""

    field = ""


def parsed(text: str) -> Any:
    """The value that a text of JSON holds, within the bounds. Raises `Unfit`."""
    value = loaded(text)
    # Where the whole is short and has no odd character, no text in it has to be looked at.
    hold(value, is_odd=len(text) > LONGEST_TEXT or any(odd in text for odd in ODD))
    return value


def loaded(text: str) -> Any:
    """The value that a text of JSON holds. `hold` its parts. Raises `Unfit` where it is no JSON."""
    try:
        return json.loads(text, object_pairs_hook=_once)
    except RecursionError:
        raise Unfit("", too_deep()) from None
    except ValueError as error:
        raise Unfit("", f"This is no JSON ({error}). Write it anew.") from None


def hold(value: Any, field: str = "", depth: int = 1, *, is_odd: bool = True) -> None:
    """Hold a value to the bounds. Raises `Unfit`. `is_odd`: its texts may break them."""
    if isinstance(value, str):
        if is_odd:
            hold_text(value, field)
    elif isinstance(value, float) and not math.isfinite(value):
        raise Unfit(field, not_finite())
    elif isinstance(value, dict | list):
        if depth > DEEPEST:
            raise Unfit(field[:100], too_deep())
        if isinstance(value, Twice):
            raise named_twice(value.field)
        if isinstance(value, dict):
            for key, inner in value.items():
                if is_odd:
                    hold_text(key, field)
                if is_odd or not isinstance(inner, str):
                    hold(inner, f"{field}.{key}" if field else key, depth + 1, is_odd=is_odd)
        else:
            for place, inner in enumerate(value):
                hold(inner, f"{field}[{place}]", depth + 1, is_odd=is_odd)


def hold_text(text: str, field: str) -> None:
    """Hold a text to the bounds. Raises `Unfit`."""
    if len(text) > LONGEST_TEXT:
        raise Unfit(
            field[:100],
            f"It holds {len(text):,} characters; at most {LONGEST_TEXT:,} are taken. Shorten it.",
        )
    if text.isascii() and "\x00" not in text:
        return
    if "\x00" in text:
        raise Unfit(field, "It holds a character that is in no text (NUL). Take it out.")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Unfit(field, "It holds half a character (a lone surrogate). Take it out.") from None


def too_deep() -> str:
    """What is said of a value with too much in each other."""
    return f"Lists and objects are in each other more than {DEEPEST} deep. Write it flatter."


def not_finite() -> str:
    """What is said of numbers that are none."""
    return "NaN and Infinity are no numbers in JSON. Leave the field out where nothing is known."


def named_twice(key: str) -> Unfit:
    """What is said where a field stands twice in one object."""
    return Unfit(key[:100], "This field stands twice in one object. Keep one of the two.")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    twice = Twice(found)
    names = [name for name, _value in pairs]
    twice.field = next(name for at, name in enumerate(names) if name in names[:at])
    return twice
