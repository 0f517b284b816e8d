"""Ways to send a list on."""

from __future__ import annotations

from django import template

from resources.handouts import sharing
from resources.handouts.paper import Paper

register = template.Library()


@register.filter
def by_mail(paper: Paper) -> str:
    """{{ paper|by_mail }}: a new message in the reader's own mail program."""
    return sharing.by_mail(paper)


@register.filter
def by_text(paper: Paper) -> str:
    """{{ paper|by_text }}: a new text message on the reader's own phone."""
    return sharing.by_text(paper)
