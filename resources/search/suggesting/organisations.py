"""Organisations whose names begin with what is typed, or have its words, from the database.

However many organisations there are: their names stand in order in an index (`KeyField`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from resources.models import Organisation, OrganisationName, PublicationState, SearchName
from resources.search import text as text_index
from resources.search.ambiguous import is_everyday
from resources.search.names import keys_in
from resources.search.stop_words import STOP_WORDS
from resources.search.suggesting.suggestion import LAST, Fit, Suggestion, says_more
from resources.search.words import MOST_WORDS, Typed, Word, typed_words

KIND = _("Organization")

# What is shown of an organisation, and of the one that it goes on as.
OWN = ("name", "slug", "status", "publication_state", "successor")
COLUMNS = (*OWN, *(f"successor__{column}" for column in OWN))

# Where fewer names begin with what is typed, those that have it within are suggested as well.
FEW = 3

# Several names of an organisation may begin alike: so many rows are read for each that is wanted.
ROWS = 3


class _Hit(NamedTuple):
    """How an organisation was found: by the key of one of its names, or (no key) by its words."""

    fit: Fit
    key: str


def suggest_organisations(typed: Sequence[Typed], limit: int) -> list[Suggestion]:
    """At most `limit` published organisations; each leads to its page, or that of its new name."""
    hits = _beginning_with(keys_in(typed), limit)
    if len(hits) < FEW:
        hits = _with_words(typed, limit) | hits
    rows = Organisation.objects.published().filter(pk__in=hits).order_by().only(*COLUMNS)
    found = rows.select_related("successor").prefetch_related("names")
    # Where an organisation and its old entry are found by one name, its own entry tells of it.
    own_first = sorted(found, key=lambda one: (one.status == Organisation.Status.RENAMED, one.pk))
    made = [_suggestion(organisation, hits[organisation.pk]) for organisation in own_first]
    pages: dict[str, Suggestion] = {}
    for suggestion in sorted(made, key=lambda one: (one.fit, one.name)):
        pages.setdefault(suggestion.url, suggestion)
    return list(pages.values())[:limit]


def _beginning_with(keys: Sequence[str], limit: int) -> dict[int, _Hit]:
    """The organisations that have a name with this beginning: the first ones in order."""
    hits: dict[int, _Hit] = {}
    for start in keys:
        names = SearchName.objects.filter(key__gte=start, key__lt=start + LAST)
        rows = names.order_by("key", "organisation_pk").values_list("key", "organisation_pk")
        for key, pk in rows[: ROWS * limit]:
            is_whole = key == start and not is_everyday(key)
            hits.setdefault(pk, _Hit(Fit.WHOLE if is_whole else Fit.BEGINS, key))
    return dict(list(hits.items())[:limit])


def _with_words(typed: Sequence[Typed], limit: int) -> dict[int, _Hit]:
    """Organisations that have all these very words in their names, in no order."""
    if all(STOP_WORDS.issuperset(parts) for _word, parts in typed):
        return {}
    words = [Word(word, (tuple(parts),)) for word, parts in typed[:MOST_WORDS]]
    try:
        with text_index.patience():
            pks = text_index.found(words, kind=Organisation.KIND, in_names=True, limit=limit)
    except text_index.Unavailable:
        return {}
    return dict.fromkeys(pks, _Hit(Fit.WITHIN, ""))


def _suggestion(organisation: Organisation, hit: _Hit) -> Suggestion:
    heir = _new_name(organisation)
    shown = heir or organisation
    return Suggestion(
        fit=hit.fit,
        name=shown.name,
        note=_was(organisation.name) if heir else ", ".join(_notes(organisation, hit.key)),
        kind=KIND,
        url=shown.get_absolute_url(),
    )


def _new_name(organisation: Organisation) -> Organisation | None:
    """The organisation that this is the old entry of, if it has a page."""
    heir = organisation.heir() if organisation.status == Organisation.Status.RENAMED else None
    is_public = heir and heir.publication_state == PublicationState.PUBLISHED
    return heir if is_public else None


def _notes(organisation: Organisation, key: str) -> Iterator[str]:
    """The name that it was found by, if that is another one, and what became of it."""
    other = _other_name(organisation, key)
    if other and says_more(other.name, than=organisation.name):
        is_former = other.sort == OrganisationName.Sort.FORMER
        yield _was(other.name) if is_former else other.name
    if organisation.is_gone:
        yield organisation.get_status_display()


def _other_name(organisation: Organisation, key: str) -> OrganisationName | None:
    if not key or key in _keys_of(organisation.name):
        return None
    return next((name for name in organisation.names.all() if key in _keys_of(name.name)), None)


def _keys_of(name: str) -> list[str]:
    return keys_in(list(typed_words(name)))


def _was(name: str) -> str:
    # Translators: a former name of an organization: "was: Leukemia & Lymphoma Society".
    return gettext("was: %(name)s") % {"name": name}
