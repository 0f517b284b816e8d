"""Showing a text in its language: the page's own, or English marked as such."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from resources.translations import Wording

register = template.Library()


@register.filter
def said(wording: Wording) -> SafeString:
    """{{ sheet.title|said }}: the text, with its `lang` where that is not the page's."""
    page = (get_language() or "en").split("-")[0]
    if not wording or wording.language == page:
        return format_html("{}", wording.text)
    return format_html('<span lang="{}">{}</span>', wording.language, wording.text)


@register.filter
def sentence(wording: Wording) -> SafeString:
    """Like `said`, with a capital and a full stop: notes are often written without."""
    text = wording.text.strip()
    if text[:2].islower():
        text = text[0].upper() + text[1:]
    ended = text if not text or text[-1] in ".?!:;…)" else f"{text}."
    return said(Wording(ended, wording.language))
