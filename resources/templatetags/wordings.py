"""Showing a text in its language: the page's own, or English marked as such."""

from __future__ import annotations

import re

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from resources.languages import language_of_page
from resources.translations import Wording

register = template.Library()

# A whole telephone number inside a sentence.
NUMBER = re.compile(r"(?<![\d-])(?:1-)?\d{3}-\d{3}-\d{4}(?![\d-])", re.ASCII)


@register.filter
def said(wording: Wording) -> SafeString:
    """{{ sheet.title|said }}: the text, with its `lang` where that is not the page's."""
    return _in_its_language(wording.language, escape(wording.text))


def _in_its_language(language: str, html: SafeString) -> SafeString:
    page = language_of_page()
    if not html or language == page:
        return html
    return format_html('<span lang="{}">{}</span>', language, html)


@register.filter
def dialled(wording: Wording) -> SafeString:
    """Like `said`, with the telephone numbers in it as links."""
    linked = NUMBER.sub(_phone_link, escape(wording.text))
    return _in_its_language(wording.language, mark_safe(linked))  # noqa: S308 - escaped right here


def _phone_link(number: re.Match[str]) -> str:
    digits = number[0].replace("-", "")[-10:]
    return f'<a class="phone" href="tel:+1{digits}">{number[0]}</a>'


@register.filter
def sentence(wording: Wording) -> SafeString:
    """Like `said`, with a capital and a full stop: notes are often written without."""
    text = wording.text.strip()
    if text[:2].islower():
        text = text[0].upper() + text[1:]
    ended = text if not text or text[-1] in ".?!:;…)" else f"{text}."
    return said(Wording(ended, wording.language))
