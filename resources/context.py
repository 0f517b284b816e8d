"""What every public page shows besides its own matter: helplines, languages, today, "My list (3)".

No session, no user, no messages, and no cookie but that of a list that somebody has begun: see
`docs/decisions`. The helplines are read once an edition and language, and kept in memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language_info, override, pgettext
from django.utils.translation import gettext_lazy as _

from directory.databases import reading
from resources import translations
from resources.eligibility.reading import guidelines_of
from resources.languages import language_of_page
from resources.models import Resource
from resources.pages import cards, loading
from resources.pages.copied import copied_on
from resources.pages.sheet.hours import hours_of
from resources.search import sets
from resources.search.sets import Directory

SITE_NAME = _("Support Directory")


@dataclass(frozen=True, slots=True)
class Helpline:
    """A resource to call when you don't know where to start, as the strip on every page says it."""

    name: translations.Wording
    url: str
    number: str
    href: str
    hours: translations.Wording
    cost: str
    spoken: str


@dataclass(frozen=True, slots=True)
class OtherLanguage:
    """The same page in another language."""

    code: str
    name: str
    url: str


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context processor of the public pages."""
    language = language_of_page()
    today = timezone.localdate()
    return {
        "helplines": SimpleLazyObject(lambda: helplines(directory_of(request), language)),
        "other_languages": other_languages(request, language),
        "alternates": alternates(request),
        "today": today,
        "copied_on": copied_on(),
        "own_list": getattr(request, "own_list", ()),
        "guidelines": SimpleLazyObject(lambda: guidelines_of(directory_of(request))),
    }


def directory_of(request: HttpRequest) -> Directory:
    """The directory that a request is answered from: the newest, and the same for all of a page.

    Looked for again where the request is read from another database than before.
    """
    here = reading.alias()
    if getattr(request, "directory_is_of", None) != here:
        request.directory = sets.current(timezone.localdate())  # type: ignore[attr-defined]
        request.directory_is_of = here  # type: ignore[attr-defined]
    return request.directory  # type: ignore[attr-defined,no-any-return]


def read_before(request: HttpRequest) -> Any:
    """The entry that a page is of, where whoever has it made has read many at once; else None."""
    return getattr(request, "entry", None)


def helplines(directory: Directory, language: str) -> tuple[Helpline, ...]:
    """The curated helplines that have a number, in the words of `language`, known hours first.

    Read once for each edition and language.
    """
    return directory.remembered(
        ("helplines", language), lambda: _read_helplines(directory, language)
    )


def _read_helplines(directory: Directory, language: str) -> tuple[Helpline, ...]:
    running = [pk for pk in directory.helplines if pk in directory.offered]
    found = filter(None, (_helpline(resource, language) for resource in loading.load(running)))
    return tuple(sorted(found, key=lambda line: not line.hours))


def _helpline(resource: Resource, language: str) -> Helpline | None:
    phone = cards.main_phone(resource)
    if phone is None:
        return None
    languages = phone.languages if phone.languages is not None else resource.languages or None
    return Helpline(
        name=translations.wording(resource, "name", resource.name, language),
        url=resource.get_absolute_url(),
        number=phone.number,
        href=phone.href,
        hours=hours_of(phone, language),
        cost=cards.cost(phone),
        spoken=_spoken(languages),
    )


def _spoken(languages: list[str] | None) -> str:
    if languages is None:
        # Translators: in Spanish say how: "no sabemos si hablan español: diga “Spanish, please”".
        return pgettext("helpline, language not known", "Spanish: ask for it")
    return cards.spoken(languages)


def other_languages(request: HttpRequest, language: str) -> list[OtherLanguage]:
    """This page, its filters included, in each other language; its home where there is no page."""
    return [
        OtherLanguage(code, get_language_info(code)["name_local"], _in_language(request, code))
        for code, _name in settings.LANGUAGES
        if code != language
    ]


def _in_language(request: HttpRequest, code: str) -> str:
    if request.resolver_match is None:
        with override(code):
            return reverse("home")
    here = request.get_full_path()
    there = translate_url(here, code)
    if there != here:
        return there
    with override(code):  # a page that stands once
        return reverse("home")


def alternates(request: HttpRequest) -> list[tuple[str, str]]:
    """(language, absolute address) of this page in every language, for `hreflang`; no query."""
    if request.resolver_match is None:
        return []
    absolute = request.build_absolute_uri(request.path)
    found = [(code, translate_url(absolute, code)) for code, _name in settings.LANGUAGES]
    if len({address for _code, address in found}) == 1:
        return []  # it stands once
    return [*found, ("x-default", found[0][1])]
