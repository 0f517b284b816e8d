"""Words that mean something already, at the desk: told before they are saved, kept knowingly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from resources.documents import Document
from resources.languages import LANGUAGE_NAMES
from resources.models import Organisation, Publication, Recorded
from resources.search.clashes import Clash, Edited, clashes, short_names
from resources.search.lexicon import Meaning
from resources.search.sets.terms import VOCABULARIES
from resources.search.spans import ORGANISATION

# What a form sends where its words are to be kept: the marks of the clashes that it was told of.
KEEP = "keep_clashing"

LONGEST_NOTE = Publication._meta.get_field("note").max_length or 0
# What a curator writes for the history leaves room for the words that were kept.
LONGEST_WORD = LONGEST_NOTE - 100

# Where each value of a facet is found: the model, and the field that has the value.
FOUND_BY: Mapping[str, tuple[type[Recorded], str]] = {
    **VOCABULARIES,
    ORGANISATION: (Organisation, "pk"),
}


@dataclass(frozen=True, slots=True)
class Meant:
    """Something that a word means: its name, what kind of thing it is, its page at the desk."""

    name: str
    kind: str
    url: str


@dataclass(frozen=True, slots=True)
class Told:
    """A word, what it means already, and sentences on what the search does with it."""

    word: str
    means: Sequence[Meant]
    says: Sequence[str]


@dataclass(frozen=True, slots=True)
class Clashing:
    """The clashes of one edit, as its page tells them; `is_kept`: all that there are may be saved.

    `marks` is what the form sends back once its curator knows. `hints` are sentences on names
    that may be saved without asking.
    """

    words: Sequence[Told] = ()
    marks: str = ""
    is_kept: bool = True
    hints: Sequence[str] = ()

    def noted(self, note: str) -> str:
        """The word for the history, with what was kept; as long as such a note may be."""
        if not self.words:
            return note
        kept = _("Kept knowingly: %s.") % "; ".join(map(_briefly, self.words))
        room = LONGEST_NOTE - len(note) - (1 if note else 0)
        return " ".join(filter(None, [note, Truncator(kept).chars(room)]))


def of_edit(
    thing: Recorded, before: Document, after: Document, sent: Mapping[str, str]
) -> Clashing:
    """What the words that an edit adds mean already, and whether the form says to keep them.

    `before` and `after` are the documents of the saved thing, `sent` is what its form sent.
    """
    return of_edits([Edited(thing, before, after)], sent)


def of_edits(edits: Sequence[Edited], sent: Mapping[str, str]) -> Clashing:
    """The same of several that one form saves."""
    found = [clash for of_one in clashes(edits) for clash in of_one]
    marks = [_mark(clash) for clash in found]
    meant = _looked_up(meaning for clash in found for meaning in clash.others)
    return Clashing(
        words=[_told(clash, meant) for clash in found],
        marks=" ".join(marks),
        is_kept=set(marks) <= set(sent.get(KEEP, "").split()),
        hints=[_of_short(name) for edit in edits for name in short_names(*edit)],
    )


def refusal() -> str:
    """What stands at the top of a form with words that nobody has said to keep."""
    return _(
        "Some of these words mean something else already, or are words of every day. Read below "
        "what search will do with them. Then change them, or say that they stay."
    )


def _mark(clash: Clash) -> str:
    """Stands for a word and what it was told to mean: where it means more by now, that is new."""
    return sha256(f"{clash.word} {sorted(clash.others)}".encode()).hexdigest()[:12]


def _looked_up(meanings: Iterable[Meaning]) -> dict[Meaning, Meant]:
    """Each meaning with its name and address."""
    wanted: dict[str, set[str]] = {}
    for facet, value in meanings:
        wanted.setdefault(facet, set()).add(value)
    return {
        Meaning(facet, value): meant
        for facet, values in wanted.items()
        for value, meant in _of_facet(facet, values).items()
    }


def _of_facet(facet: str, values: set[str]) -> dict[str, Meant]:
    if facet not in FOUND_BY:
        return {code: Meant(str(LANGUAGE_NAMES[code]), _("language"), "") for code in values}
    model, field = FOUND_BY[facet]
    rows = model._default_manager.filter(**{f"{field}__in": values})
    change = f"admin:resources_{model._meta.model_name}_change"
    found = {
        str(getattr(row, field)): Meant(
            str(row), str(model._meta.verbose_name), reverse(change, args=[row.pk])
        )
        for row in rows
    }
    # A ZIP code is an area that has no row.
    return {value: found.get(value) or Meant(value, "", "") for value in values}


def _told(clash: Clash, meant: Mapping[Meaning, Meant]) -> Told:
    says = [_what_search_reads(clash, meant)] if clash.others else []
    if clash.is_everyday:
        says.append(_of_everyday(clash))
    return Told(clash.word, [meant[meaning] for meaning in clash.others], says)


def _what_search_reads(clash: Clash, meant: Mapping[Meaning, Meant]) -> str:
    """Which of its meanings the search takes, and which it passes over."""
    lost = [meaning for meaning in clash.others if meaning not in clash.read_as]
    if not clash.is_found:
        if not clash.read_as:
            return _("As it is written here, search reads it as none of them.")
        return _("Search reads it as %s, and not as this one.") % _names(clash.read_as, meant)
    if not lost:
        return _("Search reads it as this one as well, and finds all of them.")
    if not clash.read_as:
        return _("Search reads it as this one, and not as %s.") % _names(lost, meant)
    return _("Search reads it as this one and %(read)s, but not as %(lost)s.") % {
        "read": _names(clash.read_as, meant),
        "lost": _names(lost, meant),
    }


def _names(meanings: Sequence[Meaning], meant: Mapping[Meaning, Meant]) -> str:
    return ", ".join(meant[meaning].name for meaning in meanings)


def _of_everyday(clash: Clash) -> str:
    if clash.is_one_word:
        return _(
            "It is a word of every day. Search reads it in capitals; in small letters mostly as "
            "an ordinary word."
        )
    return _("It is made of words of every day: search reads it in every question that has them.")


def _of_short(name: str) -> str:
    told = _(
        "“%s” is a short name. Search takes it for this organization in capitals, by itself, or "
        "beside another word that it knows."
    )
    return told % name


def _briefly(told: Told) -> str:
    """A word with its other meanings, for a line in the history."""
    means = ", ".join(meant.name for meant in told.means) or _("a word of every day")
    return f"“{told.word}” ({means})"
