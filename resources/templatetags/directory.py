"""Tags for what the directory says again and again: wordings, dates seen, dollars, phones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from resources import translations
from resources.context import SITE_NAME
from resources.eligibility import amounts
from resources.languages import language_name, language_of_page
from resources.models import Entry, Resource
from resources.models.entry import Phone
from resources.pages import cards, reported
from resources.search.results import Note

register = template.Library()


@register.simple_tag
def site_name() -> str:
    """The name of the site; a tag, so that the 500 page has it without a context."""
    return str(SITE_NAME)


@register.simple_tag(takes_context=True)
def report_url(context: dict[str, Any]) -> str:
    """Where a problem with this page is reported. Of what is no page, nothing is repeated."""
    request = context.get("request")
    return reported.report_url(request.path if request and request.resolver_match else "")


@register.simple_tag
def wording(entry: Entry, field: str, english: str | None = None) -> SafeString:
    """A text of an entry in the language of the page, or the English marked with its `lang`.

    `english` is given for texts in lists and parts: {% wording resource "documents" text %}.
    """
    text = _wording(entry, field, english)
    if text.language == language_of_page() or not text:
        return format_html("{}", text.text)
    return format_html('<span lang="{}">{}</span>', text.language, text.text)


@register.simple_tag
def not_reviewed(entry: Entry, *fields: str) -> SafeString:
    """A quiet word when one of these fields is shown in a translation that nobody has read."""
    if all(_wording(entry, field).reviewed for field in fields):
        return SafeString("")
    return format_html(
        '<span class="quiet small">{}</span>', gettext("translation not yet reviewed")
    )


def _wording(entry: Entry, field: str, english: str | None = None) -> translations.Wording:
    text = getattr(entry, field) if english is None else english
    return translations.wording(entry, field, text, language_of_page())


@register.simple_tag(takes_context=True)
def facts(context: dict[str, Any], resource: Resource) -> list[cards.Fact]:
    """{% facts resource as rows %}: what a card says of it. Reads `guidelines` and `chosen`."""
    return cards.facts(resource, context["guidelines"], context.get("chosen", ()))


@register.simple_tag(takes_context=True)
def statuses(context: dict[str, Any], resource: Resource) -> list[cards.Status]:
    """{% statuses resource as tags %}: lifecycle and fund status on the context's `today`."""
    return cards.statuses(resource, context["today"])


@register.simple_tag
def phone_link(phone: Phone | None) -> SafeString:
    """A number that can be dialled by touching it, with its extension; empty for None."""
    if phone is None:
        return SafeString("")
    link = format_html('<a class="phone" href="{}">{}</a>', phone.href, phone.number)
    return (
        format_html("{} {}", link, gettext("ext. %s") % phone.extension)
        if phone.extension
        else link
    )


@register.filter
def fitting(notes: Iterable[Note], resource: Resource) -> list[Note]:
    """{{ notes|fitting:resource }}: those that are true of it."""
    return cards.fitting(notes or (), resource)


@register.filter
def main_phone(resource: Resource) -> Phone | None:
    """The number to call first."""
    return cards.main_phone(resource)


@register.filter
def about_phone(phone: Phone) -> list[translations.Wording]:
    """What a number is for and what is noted of it, in the language of the page."""
    return cards.about_phone(phone, language_of_page())


@register.filter
def spoken(phone: Phone) -> str:
    """The languages of a phone, or how to ask for Spanish."""
    return cards.spoken(phone.languages)


@register.filter
def when(day: dt.date | None, precision: str = "day") -> str:
    """{{ day|when:"month" }}: "October 2024"; empty for None."""
    return cards.when(day, precision) if day else ""


@register.filter
def on_or_in(day: dt.date | None, precision: str = "day") -> str:
    """{{ day|on_or_in:"month" }}: "in October 2024"; empty for None."""
    return cards.on_or_in(day, precision) if day else ""


@register.filter
def dollars(amount: int) -> str:
    """{{ 79800|dollars }}: "$79,800"."""
    return amounts.dollars(amount)


@register.filter
def age_of_facts(resource: Resource) -> str:
    """ "from a 2017 page"."""
    return cards.age_of_facts(resource)


@register.filter
def checked(entry: Entry) -> str:
    """ "not yet checked by a person", or when."""
    return cards.checked(entry, timezone.localdate())


@register.filter
def some(words: Sequence[str], limit: int = cards.NAMES_ON_A_CARD) -> str:
    """{{ names|some:3 }}: "a, b, c and 4 more"."""
    return cards.some(list(words), limit)


@register.filter
def language_names(codes: Sequence[str]) -> str:
    """{{ resource.languages|language_names }}: "English, Spanish"."""
    return ", ".join(map(language_name, codes))


@register.filter
def former_names(organisation: Any) -> str:
    """The names that it had before, "A, B"; empty where it had none. Prefetch `names`."""
    return ", ".join(row.name for row in organisation.names.all() if row.sort == "former")
