"""A list as a document to print: the same HTML for a browser and for the PDF."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import override

from resources.handouts.paper import Paper
from resources.handouts.wishes import Layout, Size

SHEETS = {
    Size.LETTER: ("resources/paper.css",),
    Size.A4: ("resources/paper.css", "resources/paper-a4.css"),
}


def drawn(paper: Paper, **around: Any) -> str:
    """The document, in its own language. `around`: what a screen shows besides."""
    context = {
        "paper": paper,
        "full": paper.wishes.layout is Layout.FULL,
        "sheets": SHEETS[paper.wishes.size],
        **around,
    }
    with override(paper.wishes.language):
        return render_to_string("lists/paper.html", context)
