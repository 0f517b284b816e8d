"""Cells as plain words: what of a cell's HTML went, and words put in a line or a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from resources.interchange.intake import texts

A_LINK = re.compile(r"<a\s[^<>]*?href\s*=\s*[\"']?\s*([^\"'<>\s]+)", re.IGNORECASE)


@dataclass(slots=True)
class Plain:
    """The words of a text; whether there was HTML in it, and which links went with it."""

    text: str
    had_html: bool = False
    links: list[str] = field(default_factory=list)


def plain(text: str) -> Plain:
    """A text of a cell as words: tags and entities gone, spaces single, lines kept."""
    words = texts.plain(text)
    had_html = words.split() != text.split()
    return Plain(words, had_html, A_LINK.findall(text) if had_html else [])


def one_line(text: str) -> str:
    """With single spaces, lines too."""
    return " ".join(text.split())


def ended(text: str) -> str:
    """As a sentence that another may follow."""
    return text if not text or text[-1] in ".!?…:" else f"{text}."
