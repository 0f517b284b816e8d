"""Languages, by code (ISO 639): the one a page is read in, and those that help is given in.

And how each of them lists things.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

LANGUAGE_NAMES = {
    "en": _("English"),
    "es": _("Spanish"),
    "am": _("Amharic"),
    "ar": _("Arabic"),
    "ase": _("American Sign Language"),
    "bn": _("Bengali"),
    "fa": _("Farsi"),
    "fr": _("French"),
    "gu": _("Gujarati"),
    "hi": _("Hindi"),
    "hmn": _("Hmong"),
    "ht": _("Haitian Creole"),
    "hy": _("Armenian"),
    "it": _("Italian"),
    "ja": _("Japanese"),
    "km": _("Khmer"),
    "ko": _("Korean"),
    "nv": _("Navajo"),
    "pl": _("Polish"),
    "pt": _("Portuguese"),
    "ru": _("Russian"),
    "so": _("Somali"),
    "tl": _("Tagalog"),
    "uk": _("Ukrainian"),
    "ur": _("Urdu"),
    "vi": _("Vietnamese"),
    "yi": _("Yiddish"),
    "zh": _("Chinese"),
}


def language_name(code: str) -> str:
    """The language's name in the language of the page; the code itself where we have no name."""
    return str(LANGUAGE_NAMES.get(code, code))


@cache
def _codes() -> Mapping[str, str]:
    with override("en"):
        return {str(name).casefold(): code for code, name in LANGUAGE_NAMES.items()}


def code_of(name: str) -> str | None:
    """The code of the language of this English name, however it is written; None: not known."""
    return _codes().get(" ".join(name.split()).casefold())


def language_of_page() -> str:
    """The language that this page is read in: "en" or "es"."""
    return (get_language() or "en").split("-")[0]


def one_of(words: Sequence[str]) -> str:
    """Several as a choice, in the language of the page: "rides, lodging or flights"."""
    if len(words) < 2:
        return "".join(words)
    return gettext("%(names)s or %(last)s") % {"names": ", ".join(words[:-1]), "last": words[-1]}
