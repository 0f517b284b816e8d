"""A page as a visitor reads it: its words, its links, in their order."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.utils.translation import override

UNSEEN = {"script", "style", "head", "title"}


class Page(HTMLParser):
    """The words of a page and where its links lead. `text` is what stands in its main part."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.words: list[str] = []
        self.links: dict[str, str] = {}
        self._open: list[str] = []
        self._link: tuple[str, list[str]] | None = None
        self.feed(html.partition("<main")[2].partition(">")[2].partition("</main>")[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.append(tag)
        if tag == "a":
            self._link = (dict(attrs).get("href") or "", [])

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass
        if tag == "a" and self._link:
            self.links[" ".join(" ".join(self._link[1]).split())] = self._link[0]
            self._link = None

    def handle_data(self, data: str) -> None:
        if not UNSEEN & set(self._open):
            self.words.append(data)
            if self._link:
                self._link[1].append(data)

    @property
    def text(self) -> str:
        """The words of the main part, white space put right."""
        return " ".join(" ".join(self.words).split()).replace(" .", ".").replace(" ,", ",")

    def comes_before(self, first: str, second: str) -> bool:
        """Whether both are there, in this order."""
        return -1 < self.text.find(first) < self.text.find(second)


def read(path: str, *, status: int = 200) -> Page:
    """The page at this address, as a browser without cookies gets it."""
    response = get(path)
    assert response.status_code == status, (path, response.status_code)
    return Page(response.content.decode())


def get(path: str) -> Any:
    """The bare answer, which sets no cookie and leaves no language behind in the thread."""
    client = Client(headers={"host": "localhost"})
    with override("en"):
        response = client.get(path)
    assert not client.cookies, "a public page has set a cookie"
    return response
