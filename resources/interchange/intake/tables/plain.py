"""HTML and long texts as the plain words that our fields hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

# What is shown in brackets is a tag only where a letter or a slash follows at once: "age < 60".
A_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
AN_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]{2,12});")
HIDDEN = frozenset({"script", "style", "template", "iframe", "object", "noscript"})
INLINE = frozenset(
    {"a", "abbr", "b", "em", "font", "i", "small", "span", "strong", "sub", "sup", "u"}
)
SPACES = re.compile(r"[^\S\n]+")
LINES = re.compile(r"\s*\n\s*")


@dataclass(slots=True)
class Plain:
    """The words of a text; whether there was HTML in it, and which links went with it."""

    text: str
    had_html: bool = False
    links: list[str] = field(default_factory=list)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.links: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in HIDDEN
        self._part(tag)
        link = dict(attrs).get("href") if tag == "a" else None
        if link:
            self.links.append(link.strip())

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in HIDDEN))
        self._part(tag)

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)

    def _part(self, tag: str) -> None:
        if tag not in INLINE:
            self.words.append("\n")


def plain(text: str) -> Plain:
    """A text of a cell as words: tags and entities gone, spaces single, lines kept."""
    had_html = bool(A_TAG.search(text))
    if not had_html:
        was = text
        text = unescape(text) if AN_ENTITY.search(text) else text
        return Plain(tidy(text), had_html=text != was)
    reader = _Words()
    reader.feed(text)
    reader.close()
    return Plain(tidy("".join(reader.words)), True, reader.links)


def tidy(text: str) -> str:
    """With single spaces, and without blank lines."""
    return LINES.sub("\n", SPACES.sub(" ", text.strip()))


def one_line(text: str) -> str:
    """With single spaces, lines too."""
    return " ".join(text.split())


def cut(text: str, most: int) -> str:
    """At most this many characters, ending after a whole word with "…" where it was longer."""
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    if not text[most - 1].isspace() and " " in kept:
        kept = kept[: kept.rindex(" ")]
    return kept.rstrip(" ,;:.-–\n") + "…"


def ended(text: str) -> str:
    """As a sentence that another may follow."""
    return text if not text or text[-1] in ".!?…:" else f"{text}."
