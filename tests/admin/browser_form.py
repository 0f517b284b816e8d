"""A form as a browser would send it: what the page's inputs hold, with some of it typed over."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.http.response import HttpResponseBase

Sent = dict[str, list[str]]


class _Inputs(HTMLParser):
    """Collects the fields of the one POST form of a page, buttons left out."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: Sent = {}
        self.in_form = False
        self.select = self.area = ""
        self.first_option: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form" and given.get("method") == "post" and given.get("id") != "logout-form":
            self.in_form = True
        if not self.in_form:
            return
        if tag == "select" and name:
            self.select, self.first_option = name, None
            self.is_multiple = "multiple" in given
        elif tag == "option" and self.select:
            if self.first_option is None:
                self.first_option = given.get("value", "")
            if "selected" in given:
                self.sent.setdefault(self.select, []).append(given.get("value", ""))
        elif tag == "textarea" and name:
            self.area = name
            self.sent[name] = [""]
        elif tag == "input" and name and given.get("type") not in ("submit", "checkbox", "radio"):
            self.sent.setdefault(name, []).append(given.get("value", ""))
        elif tag == "input" and name and "checked" in given:
            self.sent.setdefault(name, []).append(given.get("value", "on"))

    def handle_data(self, data: str) -> None:
        if self.area:
            self.sent[self.area][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self.select:
            if self.select not in self.sent and not self.is_multiple:
                self.sent[self.select] = [self.first_option or ""]
            self.select = ""
        elif tag == "textarea" and self.area:
            # A browser drops the line break after the tag and sends the others as CR LF.
            text = self.sent[self.area][0].removeprefix("\r").removeprefix("\n")
            self.sent[self.area] = [text.replace("\r\n", "\n").replace("\n", "\r\n")]
            self.area = ""
        elif tag == "form":
            self.in_form = False


def form_of(response: HttpResponseBase, **typed: Any) -> Sent:
    """The form on the page, with `typed` over it (a list for several values, None to leave out)."""
    parser = _Inputs()
    parser.feed(response.content.decode())  # type: ignore[attr-defined]
    sent = {name: values for name, values in parser.sent.items() if "__prefix__" not in name}
    for name, value in typed.items():
        sent[name] = value if isinstance(value, list) else [str(value)]
        if value is None:
            del sent[name]
    return sent


def with_row(sent: Sent, prefix: str, **typed: Any) -> Sent:
    """The form with one more row typed in below."""
    number = int(sent[f"{prefix}-TOTAL_FORMS"][0])
    row = {f"{prefix}-{number}-{name}": [str(value)] for name, value in typed.items()}
    return {**sent, **row, f"{prefix}-TOTAL_FORMS": [str(number + 1)]}


def words_of(response: HttpResponseBase) -> str:
    """The text of a page, entities resolved, runs of white space made one."""
    parser = _Words()
    parser.feed(response.content.decode())  # type: ignore[attr-defined]
    return " ".join(" ".join(parser.words).split())


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)
