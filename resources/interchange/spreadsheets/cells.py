"""The text of a cell: made harmless on its way out, made whole again on its way in.

A spreadsheet program takes a cell that begins with = + - @ (or a tab, or a line's end) for a
formula. Such a text gets an apostrophe before it, as does one that would be mistaken for one that
has got it: so that what comes back is exactly what went out.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

# As many characters as a cell of Excel holds.
LONGEST_CELL = 32_767

# Stands for a text that no cell can hold. Where it comes back, the text stays as it is.
TOO_LONG = "(too long for a spreadsheet: change it at the desk)"

_ALIVE = re.compile(r"'*[=+\-@\t\r\n]")
_MADE_HARMLESS = re.compile(r"'+[=+\-@\t\r\n]")
# What XML cannot say, but for tab and line end.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def harmless(text: str) -> str:
    """The text as a cell may show it without any program taking it for a formula."""
    return f"'{text}" if _ALIVE.match(text) else text


def whole(text: str) -> str:
    """What `harmless` was given."""
    return text[1:] if _MADE_HARMLESS.match(text) else text


def written(text: str) -> str:
    """The text as it is put in a cell, and as it comes back from one."""
    plain = tidy(text)
    return TOO_LONG if len(plain) >= LONGEST_CELL else plain


def tidy(text: str) -> str:
    """Without what no spreadsheet keeps: control characters, other systems' line ends."""
    if "\r" in text or "_x000D_" in text:
        text = text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    return _UNWRITABLE.sub("", text)


def said(value: Any) -> str:
    """What a cell of a workbook says, as text: a day as 2026-05-17, a number without ".0"."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer():
            return str(int(value))
        case dt.datetime():
            is_a_day = value.time() == dt.time()
            return value.date().isoformat() if is_a_day else value.isoformat(" ")
        case _:
            return str(value)
