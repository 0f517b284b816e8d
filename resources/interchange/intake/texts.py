"""Words of others as words of ours: without markup, and no longer than there is room for."""

from __future__ import annotations

import html
import re
from typing import Any

from django.db import models
from django.utils.html import strip_tags

_ENDS = re.compile(r"<\s*(?:br|/p|/li|/div|/h[1-6]|/tr)\b[^>]*>", re.IGNORECASE)
_UNSEEN = re.compile(r"(?is)<(script|style)\b.*?</\1\s*>")
_MARKUP = re.compile(r"<[a-zA-Z/!][^>]*>|&#?\w+;")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def plain(text: str) -> str:
    """The text as somebody would read it: no tags, entities or control characters."""
    if not text:
        return text
    if text.isprintable() and "<" not in text and "&" not in text and "  " not in text:
        return text.strip()  # as nearly all are
    text = _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if _MARKUP.search(text):
        text = html.unescape(strip_tags(_ENDS.sub("\n", _UNSEEN.sub("", text))))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def room_in(model: type[models.Model], field: str) -> int:
    """How many characters a field of the model holds."""
    column: Any = model._meta.get_field(field)
    most: int | None = column.max_length
    if most is None:
        raise ValueError(f"{model.__name__}.{field} is as long as it likes.")
    return most


def fitting(text: str, length: int) -> str:
    """As much of it as fits into so many characters, cut between words."""
    if len(text) <= length:
        return text
    head = text[: length - 1]
    return f"{head.rpartition(' ')[0] or head}…"
