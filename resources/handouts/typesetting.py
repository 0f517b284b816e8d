"""HTML to PDF, by WeasyPrint. It needs Pango, so it is imported only when a PDF is asked for.

Nothing is fetched: no address in the HTML is followed. Fonts are the machine's own: Liberation Sans
where Debian's fonts-liberation is installed, else DejaVu Sans, which its fontconfig brings along.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NoReturn

from django.contrib.staticfiles import finders
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher


class Refusing(URLFetcher):
    """Follows no address at all."""

    def fetch(self, url: str, headers: object = None) -> NoReturn:
        """Raise, whatever is asked for."""
        raise ValueError("A list's PDF is made without fetching anything.")


def typeset(html: str, styles: Iterable[str]) -> bytes:
    """The PDF, tagged as PDF/UA-1 asks. `styles`: names of static style sheets."""
    document = HTML(string=html, url_fetcher=Refusing())
    made: bytes = document.write_pdf(
        stylesheets=[_style(name) for name in styles], pdf_variant="pdf/ua-1", pdf_tags=True
    )
    return made


@cache
def _style(name: str) -> CSS:
    return CSS(filename=finders.find(name), url_fetcher=Refusing())
