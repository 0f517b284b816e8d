"""A search as one sentence, for titles and headings.

Every combination is a whole sentence of its own, so that a translator can put its parts in order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resources.languages import language_of_page, one_of

# Whether there are words, needs, somebody's illness or medicine, a place -> the sentence.
SENTENCES: dict[tuple[bool, ...], str | Promise] = {
    (False, False, False, False): gettext_lazy("All help"),
    (False, False, False, True): gettext_lazy("Help in %(area)s"),
    (False, False, True, False): gettext_lazy("Help for %(subject)s"),
    (False, False, True, True): gettext_lazy("Help for %(subject)s in %(area)s"),
    (False, True, False, False): gettext_lazy("%(needs)s"),
    (False, True, False, True): gettext_lazy("%(needs)s in %(area)s"),
    (False, True, True, False): gettext_lazy("%(needs)s for %(subject)s"),
    (False, True, True, True): gettext_lazy("%(needs)s for %(subject)s in %(area)s"),
    (True, False, False, False): gettext_lazy("“%(text)s”"),
    (True, False, False, True): gettext_lazy("“%(text)s”: help in %(area)s"),
    (True, False, True, False): gettext_lazy("“%(text)s”: help for %(subject)s"),
    (True, False, True, True): gettext_lazy("“%(text)s”: help for %(subject)s in %(area)s"),
    (True, True, False, False): gettext_lazy("“%(text)s”: %(needs)s"),
    (True, True, False, True): gettext_lazy("“%(text)s”: %(needs)s in %(area)s"),
    (True, True, True, False): gettext_lazy("“%(text)s”: %(needs)s for %(subject)s"),
    (True, True, True, True): gettext_lazy("“%(text)s”: %(needs)s for %(subject)s in %(area)s"),
}

# The facets that the sentences above name; the others follow in brackets.
IN_SENTENCE = frozenset({"need", "condition", "medicine", "area"})


def describe(text: str, names: Mapping[str, Sequence[str]]) -> str:
    """What is looked for, in the active language: its words, and each facet's values by name."""
    parts = {
        "text": text,
        "needs": one_of(_inside(names["need"])),
        "subject": _subject(one_of(names["medicine"]), one_of(_inside(names["condition"]))),
        "area": one_of(names["area"]),
    }
    there = tuple(map(bool, parts.values()))
    sentence = str(SENTENCES[there]) % parts
    return _with_details(sentence[0].upper() + sentence[1:], names)


def _inside(names: Sequence[str]) -> list[str]:
    """Names for inside a sentence. Spanish writes them small: "leucemia", but "VIH"."""
    if language_of_page() != "es":
        return list(names)
    return [name[0].lower() + name[1:] if name[1:2].islower() else name for name in names]


def _with_details(sentence: str, names: Mapping[str, Sequence[str]]) -> str:
    others = [one_of(held) for facet, held in names.items() if held and facet not in IN_SENTENCE]
    if not others:
        return sentence
    return _("%(sentence)s (%(details)s)") % {"sentence": sentence, "details": "; ".join(others)}


def _subject(medicine: str, condition: str) -> str:
    if medicine and condition:
        return _("%(medicine)s (%(illness)s)") % {"medicine": medicine, "illness": condition}
    return medicine or condition
