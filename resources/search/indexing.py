"""What the text index holds of each published entry, and how it is kept current.

The index follows the record: it listens to `published` inside the transaction that publishes, so
that text and tables never differ. `rebuild()` makes it anew (`manage.py rebuild_search`).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import chain
from typing import Any, TypeAlias

from django.db import DatabaseError, transaction
from django.db.models import Q
from django.dispatch import receiver
from django.utils.translation import override

from resources.batches import batched
from resources.models import Condition, Organisation, Publication, PublicationState, Resource, State
from resources.publishing import published
from resources.search import names, text
from resources.search.text import TextDocument
from resources.search.text.documents import NOTHING, Piece, Pieces, Standing
from resources.search.words import LONGEST_TEXT, name_tokens, tokens
from resources.translations import TRANSLATED_FIELDS

BATCH = 500

# A text and its language.
Text: TypeAlias = tuple[str, str]

# The many-to-many fields of a resource whose terms can be searched for, by the term's kind.
TERM_FIELDS = {
    "need": "needs",
    "condition": "conditions",
    "medicine": "medicines",
    "insurance": "insurance",
    "state": "states",
}


@receiver(published)
def follow(publications: list[Publication], **kwargs: Any) -> None:
    """Bring the index up to what these rows changed. Drafts change nothing that it holds."""
    changed: dict[str, list[Any]] = {}
    for row in publications:
        if row.edition is not None:
            changed.setdefault(row.kind, []).append(row.public_id)
    organisations = Organisation.objects.filter(public_id__in=changed.get("organisation", []))
    resources = Resource.objects.filter(_touched(changed)).distinct()
    index_organisations(organisations.values_list("pk", flat=True))
    index_resources(resources.values_list("pk", flat=True))


def _touched(changed: dict[str, list[Any]]) -> Q:
    """The resources whose texts name something that changed."""
    own = changed.get("resource", [])
    touched = Q(public_id__in=own) | Q(part_of__public_id__in=own)
    touched |= Q(organisation__public_id__in=changed.get("organisation", []))
    for kind, field in TERM_FIELDS.items():
        if kind in changed:
            touched |= Q(**{f"{field}__public_id__in": changed[kind]})
    return touched


@transaction.atomic
def rebuild() -> int:
    """Make the whole index anew. Returns how many entries it holds.

    Searches go on with the old one until it is done; one that is damaged is thrown away at once.
    """
    try:
        with transaction.atomic():
            text.clear()
    except DatabaseError:
        text.make_anew()
    names.clear()
    index_organisations(Organisation.objects.published().values_list("pk", flat=True))
    index_resources(Resource.objects.published().values_list("pk", flat=True))
    return text.count()


def index_organisations(pks: Iterable[int]) -> None:
    """Put the published ones of these into the index, and the others out of it."""
    for batch in batched(pks, BATCH):
        rows = Organisation.objects.filter(pk__in=batch).prefetch_related("names", "translations")
        _put("organisation", rows, organisation_document)


def index_resources(pks: Iterable[int]) -> None:
    """Put the published ones of these into the index, and the others out of it."""
    words = _TermWords()
    for batch in batched(pks, BATCH):
        rows = Resource.objects.filter(pk__in=batch).select_related("organisation", "part_of")
        rows = rows.prefetch_related(
            *TERM_FIELDS.values(), "translations", "organisation__names", "part_of__conditions"
        )
        _put("resource", rows, lambda resource: resource_document(resource, words))


def _put(kind: str, rows: Any, document: Any) -> None:
    shown: list[Any] = []
    hidden: list[Any] = []
    for row in rows:
        public = row.publication_state == PublicationState.PUBLISHED
        (shown if public else hidden).append(row)
    text.remove(kind, [row.pk for row in hidden])
    text.replace([document(row) for row in shown])
    if kind == "organisation":
        names.remove([row.pk for row in hidden])
        names.replace(shown)


def organisation_document(organisation: Organisation) -> TextDocument:
    """The words that an organisation is found by."""
    return organisation_text(
        organisation.pk,
        names=_names(organisation),
        category=organisation.category,
        city=organisation.city,
        texts=_texts(organisation),
    ).document()


def resource_document(resource: Resource, words: _TermWords) -> TextDocument:
    """The words that a resource is found by: its own, its organisation's names, its terms'."""
    return resource_text(
        resource.pk,
        names=[resource.name, *_spanish(resource, "name")],
        organisation=_names(resource.organisation),
        category=resource.organisation.category,
        terms=words.of(resource),
        texts=_texts(resource),
    ).document()


def organisation_text(
    pk: int,
    *,
    names: Iterable[str],
    category: str,
    city: str,
    texts: Iterable[Text],
    standing: Standing = NOTHING,
) -> Pieces:
    """The words of an organisation with these names, texts and so on, and what is `standing`."""
    return Pieces(
        kind="organisation",
        id=pk,
        names=_of_names(names),
        organisation=[],
        terms=[_of_label(category), _of_text(city, "en")],
        texts=_of_texts(texts),
        standing=standing,
    )


def resource_text(
    pk: int,
    *,
    names: Iterable[str],
    organisation: Iterable[str],
    category: str,
    terms: Iterable[Piece],
    texts: Iterable[Text],
    standing: Standing = NOTHING,
) -> Pieces:
    """The words of a resource with these names, texts and so on.

    `organisation` are the names of the one that offers it, `category` is that one's; `terms` is
    what its terms bring; `standing` is what else it has of both.
    """
    return Pieces(
        kind="resource",
        id=pk,
        names=_of_names(names),
        organisation=_of_names(organisation),
        terms=[*terms, _of_label(category)],
        texts=_of_texts(texts),
        standing=standing,
    )


def standing(*, terms: Iterable[Piece], texts: Iterable[Text]) -> Standing:
    """What terms and texts bring that are the same in many entries."""
    return Standing(terms=_joined(terms), texts=_joined(_of_texts(texts)))


def _joined(pieces: Iterable[Piece]) -> Piece:
    return tuple(dict.fromkeys(chain(*pieces)))


def _names(organisation: Organisation) -> list[str]:
    return [organisation.name, *(name.name for name in organisation.names.all())]


@cache
def _of_label(category: str) -> Piece:
    """What a category is called in English and in Spanish."""
    label = Organisation.Category(category).label
    found: list[str] = []
    for language in ("en", "es"):
        with override(language):
            found += [token for read_as in ("en", "es") for token in tokens(str(label), read_as)]
    return tuple(found)


def _texts(entry: Organisation | Resource) -> list[Text]:
    fields = TRANSLATED_FIELDS[entry.KIND]
    english = [(getattr(entry, field), "en") for field in fields if field != "name"]
    return english + [(row.text, "es") for row in entry.translations.all() if row.language == "es"]


def _of_texts(texts: Iterable[Text]) -> list[Piece]:
    return [_of_text(text, language) for text, language in texts if text]


# Words come again and again, and in a large sample so do most texts: each is cut up once.
@lru_cache(maxsize=20_000)
def _of_text(text: str, language: str) -> Piece:
    words = text[:LONGEST_TEXT].split()
    return tuple(token for word in words for token in _of_word(word, language))


@lru_cache(maxsize=50_000)
def _of_word(word: str, language: str) -> Piece:
    return tuple(tokens(word, language))


def _of_names(names: Iterable[str]) -> list[Piece]:
    words = dict.fromkeys(word for name in names for word in name[:LONGEST_TEXT].split())
    return list(map(_of_word_in_name, words))


@lru_cache(maxsize=50_000)
def _of_word_in_name(word: str) -> Piece:
    return tuple(name_tokens([word]))


def _spanish(resource: Resource, field: str) -> list[str]:
    return [row.text for row in resource.translations.all() if row.field == field]


def brought_by_terms() -> dict[str, dict[str, Piece]]:
    """What each term brings to what is tagged with it: field of a resource -> term -> tokens.

    Terms are called as in documents: by their slugs, states by their codes.
    """
    words = _TermWords()
    return {
        field: {
            _called(term): _joined(words.brought_by(field, [term])) for term in _terms_of(field)
        }
        for field in TERM_FIELDS.values()
    }


def _terms_of(field: str) -> list[Any]:
    model: Any = Resource._meta.get_field(field).related_model
    return list(model._default_manager.all())


def _called(term: Any) -> str:
    return str(term.code if isinstance(term, State) else term.slug)


class _TermWords:
    """The tokens of the terms that a resource is tagged with, each term's made once.

    A condition brings its ancestors' words, so that "leukemia" finds a fund for CML.
    """

    def __init__(self) -> None:
        self._pieces: dict[tuple[str, int], Piece] = {}
        self._conditions: dict[int, Condition] = {}

    def of(self, resource: Resource) -> list[Piece]:
        found: list[Piece] = []
        for field in TERM_FIELDS.values():
            terms = list(getattr(resource, field).all())
            if field == "conditions":
                terms = terms or self._inherited(resource)
            found += self.brought_by(field, terms)
        return found

    def brought_by(self, field: str, terms: list[Any]) -> list[Piece]:
        """What these terms bring by standing in this field."""
        return list(
            map(self._words, self._with_ancestors(terms) if field == "conditions" else terms)
        )

    def _inherited(self, resource: Resource) -> list[Any]:
        return list(resource.part_of.conditions.all()) if resource.part_of else []

    def _words(self, term: Any) -> Piece:
        key = (term.KIND, term.pk)
        if key not in self._pieces:
            english = [*term.english_words, *getattr(term, "brands", [])]
            self._pieces[key] = (
                *(token for word in english for token in tokens(word, "en")),
                *(token for word in term.spanish_words for token in tokens(word, "es")),
            )
        return self._pieces[key]

    def _with_ancestors(self, conditions: list[Any]) -> list[Any]:
        if not self._conditions:
            every = Condition.objects.prefetch_related("also_under")
            self._conditions = {condition.pk: condition for condition in every}
        found: dict[int, Any] = {}
        ahead = [condition.pk for condition in conditions]
        while ahead:
            condition = self._conditions[ahead.pop()]
            if condition.pk not in found:
                found[condition.pk] = condition
                ahead += [above.pk for above in condition.also_under.all()]
                ahead += [condition.parent_id] if condition.parent_id else []
        return list(found.values())
