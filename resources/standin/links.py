"""Where the links of a page lead in the copy: relative, so that the copy may lie in any folder."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from functools import lru_cache
from html import escape, unescape
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import override

from resources.standin.rendering import language_of

# A quote inside a text is escaped, so that this is found in tags alone.
LINK = re.compile(r'(\s(?:href|src)=")([^"]*)"')

# Pages that say more when asked with a parameter: each value has a folder of its own in them.
ASKED = {
    "need": "insurance",
    "medicine": "insurance",
    "medicines": "letter",
    "organisation": "page",
    "open_now": "page",
}
# The pages that are in the copy as they are.
KEPT = frozenset(
    {
        *("home", "open_now", "resource", "organisation", "needs", "need", "conditions"),
        *("condition", "medicines", "medicine", "states", "state", "about", "for_professionals"),
        *("terms", "privacy", "health_data", "accessibility"),
    }
)
# The pages that cannot be: each has one in its place that says so.
MISSING = (
    *("find_help", "own_list", "alerts", "my_alerts", "report", "suggest", "data", "api"),
    *("still_right", "print_list", "list_as_pdf", "list_as_table", "list_reminder"),
)
# What of the facets has a list by name: the narrower first, where a search asks for several.
LISTED = ("medicine", "need", "condition", "area")

# What of an address in the copy says that it is asked with a parameter.
MARK = "{name}-{value}"


class Links:
    """Rewrites the links of pages.

    `list_of` gives the folder of the list of all that carry a term, from facet and value; empty
    where there is none. `on_static` is told the address of every static file that a page needs.
    """

    def __init__(
        self, list_of: Callable[[str, str], str], on_static: Callable[[str], None]
    ) -> None:
        self._list_of, self._on_static = list_of, on_static

    def rewritten(self, page: str, address: str) -> tuple[str, set[str]]:
        """The page for the copy, and the addresses it has of itself with another parameter."""
        own = urlsplit(address)
        here, further = self.place(own.path, own.query), set[str]()

        def rewrite(found: re.Match[str]) -> str:
            link = unescape(found[2])
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or link.startswith("#"):
                return found[0]
            path = parts.path or own.path
            if path.startswith(settings.STATIC_URL):
                self._on_static(path)
                leads = relative(path, here)
            else:
                place = self.place(path, parts.query)
                if path == own.path and place != own.path:
                    further.add(f"{path}?{parts.query}")
                leads = relative(place, here)
            fragment = f"#{parts.fragment}" if parts.fragment else ""
            return f'{found[1]}{escape(leads + fragment)}"'

        return LINK.sub(rewrite, page), further

    def place(self, path: str, query: str = "") -> str:
        """The folder of the copy that an address of the site leads to, as a path from its root."""
        name = name_of(path)
        if name == "search":
            return self._in_place_of_search(path, query)
        if name in ASKED:
            value = dict(parse_qsl(query)).get(ASKED[name], "")
            if value and value != "1":
                return f"{path}{quote(MARK.format(name=ASKED[name], value=value.lower()))}/"
        if name in KEPT or name in MISSING:
            return path
        if name is None and path.startswith(addresses(language_of(path))["search"]):
            return path  # a list of the copy's own
        return addresses(language_of(path))["find_help"]

    def _in_place_of_search(self, path: str, query: str) -> str:
        asked = dict(reversed(parse_qsl(query)))  # the first of several values
        lists = (self._list_of(facet, asked[facet]) for facet in LISTED if facet in asked)
        return path + next(filter(None, lists), "")


@lru_cache(maxsize=10_000)
def name_of(path: str) -> str | None:
    """The name of the page at this path of the site; None where there is none."""
    with override(language_of(path)):
        try:
            return resolve(path).url_name
        except Resolver404:
            return None


@lru_cache(maxsize=8)
def addresses(language: str) -> dict[str, str]:
    """The paths of the pages that stand once, in a language."""
    names = {*KEPT, *MISSING, "search"} - {"resource", "organisation", *terms()}
    with override(language):
        return {name: reverse(name) for name in sorted(names)}


def terms() -> tuple[str, ...]:
    """The pages of terms."""
    return ("need", "condition", "medicine", "state")


def relative(path: str, here: str) -> str:
    """A path of the copy as seen from a page in the folder `here`."""
    found = posixpath.relpath(path, here)
    return f"{found}/" if path.endswith("/") else found


def file_of(place: str) -> str:
    """The file that a web server reads for a folder, from the root of the copy."""
    return f"{unquote(place).lstrip('/')}index.html"
