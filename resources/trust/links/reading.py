"""What somebody sees of a page: its title, its headings, its sentences.

`html.parser` takes minutes over a page that is written to keep it busy (a megabyte of "<a" is
enough). So a page is made harmless first, in one pass: what is no finished tag is no tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

LONGEST_TAG = 2_000
NOT_SHOWN = frozenset({"script", "style", "template", "noscript", "svg", "select", "button"})
# What stands in a line with what is around it. A row of a table is one line too: "Status: open".
INLINE = frozenset(
    {
        "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dd", "em", "font", "i", "ins",
        "kbd", "label", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "td", "th",
        "time", "u", "var", "wbr",
    }
)  # fmt: skip
HEADINGS = frozenset({"title", "h1", "h2"})
MOST_LINES = 20_000  # more than any page has that is written for people

COMMENT_BEGINS, COMMENT_ENDS = "<!--", "-->"
DECLARATION = re.compile(r"<[!?][^>]*>?")
NO_TAG = re.compile(rf"<(?!/?[a-zA-Z][^<>]{{0,{LONGEST_TAG}}}>)")
SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True)
class Page:
    """The visible text of a page, in order, line by line; the headings and the title also apart."""

    title: str
    headings: tuple[str, ...]
    lines: tuple[str, ...]

    def sentences(self) -> Iterator[str]:
        """One after the other; what has no full stop is as long as its line."""
        for line in self.lines:
            yield from SENTENCE_ENDS.split(line)


def read(html: str) -> Page:
    """Read a page, or plain text. Takes time in proportion to its length; raises nothing."""
    reader = Reader()
    reader.feed(harmless(html))
    reader.close()
    reader.end_line()
    return Page(reader.title, tuple(reader.headings), tuple(reader.lines))


def harmless(html: str) -> str:
    """The page without comments and declarations, and without any "<" that begins no tag."""
    return NO_TAG.sub(" ", DECLARATION.sub(" ", _without_comments(html)))


def _without_comments(html: str) -> str:
    kept: list[str] = []
    at = 0
    while (begins := html.find(COMMENT_BEGINS, at)) >= 0:
        kept.append(html[at:begins])
        ends = html.find(COMMENT_ENDS, begins)
        if ends < 0:
            return "".join(kept)
        at = ends + len(COMMENT_ENDS)
    return "".join([*kept, html[at:]])


class Reader(HTMLParser):
    """Gathers lines: every tag that is not inline ends one."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title = ""
        self.headings: list[str] = []
        self.lines: list[str] = []
        self._words: list[str] = []
        self._hidden = ""  # the element whose end shows text again
        self._heading = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """A block begins a line; an inline element parts words where it is a cell."""
        self._at_tag(tag)
        if not self._hidden and tag in NOT_SHOWN:
            self._hidden = tag
        elif not self._hidden and tag in HEADINGS:
            self._heading = tag

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        """`<br/>`, and whatever else holds nothing."""
        self._at_tag(tag)

    def handle_endtag(self, tag: str) -> None:
        """A block ends a line."""
        self._at_tag(tag)
        if tag == self._hidden:
            self._hidden = ""
        elif tag == self._heading:
            self._heading = ""

    def handle_data(self, data: str) -> None:
        """Text that is shown."""
        if not self._hidden:
            self._words.append(data)

    def end_line(self) -> None:
        """Keep the line that was gathered."""
        line = " ".join("".join(self._words).split())
        self._words.clear()
        if not line or len(self.lines) >= MOST_LINES:
            return
        if self._heading == "title":
            self.title = self.title or line
            return
        if self._heading:
            self.headings.append(line)
        self.lines.append(line)

    def _at_tag(self, tag: str) -> None:
        if tag not in INLINE:
            self.end_line()
        elif tag in ("td", "th", "dd"):
            self._words.append(" ")
