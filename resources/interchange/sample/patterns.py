"""The starter's organisations with their resources, made ready to be varied over and over."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any, NamedTuple

from resources.documents import Document, part_relations, plain_fields
from resources.interchange import parts, starter
from resources.interchange.records import Record
from resources.interchange.vocabulary import Vocabulary
from resources.models import Organisation, Recorded, Resource, digest_of
from resources.translations import TRANSLATED_FIELDS

ANY = frozenset({"any-illness", "any-cancer"})

# Field, English, Spanish.
Text = tuple[str, str, str]


@dataclass(frozen=True, eq=False)
class Pattern:
    """An entry to be varied: its whole document, and those of its texts that a move changes.

    Most texts name neither the house nor its town nor an illness. They and their translations are
    the same in every variation, and need to be looked at only here.
    """

    kind: str
    document: Document  # with the translations of texts that no move changes
    moving: Sequence[Text]

    @classmethod
    def of(cls, model: type[Recorded], document: Document, movable: Collection[str]) -> Pattern:
        """The pattern that a document makes; `movable` are the words that a move exchanges."""
        texts = list(_texts(document))
        moving = [text for text in texts if _moves(text, movable)]
        standing = [text for text in texts if text not in moving]
        translations = parts.spanish_rows(standing)
        return cls(model.KIND, _whole(model, document, translations), moving)

    @cached_property
    def moving_fields(self) -> frozenset[str]:
        """The fields of the texts that a move changes."""
        return frozenset(field for field, _english, _spanish in self.moving)

    def new_translations(self, texts: Sequence[Text]) -> list[Document]:
        """The translations of these texts, without those that are standing already."""
        rows = parts.spanish_rows(texts)
        return [row for row in rows if _translated(row) not in self._standing_texts]

    @cached_property
    def _standing_texts(self) -> set[tuple[str, str]]:
        return set(map(_translated, self.document["translations"]))


def _translated(row: Document) -> tuple[str, str]:
    """What a translation is of: a field, and the digest of its English."""
    return row["field"], row["english_digest"]


def _moves(text: Text, movable: Collection[str]) -> bool:
    field, english, spanish = text
    return field == "name" or any(word in english or word in spanish for word in movable)


def _whole(model: type[Recorded], document: Document, translations: Sequence[Document]) -> Document:
    """The document with all that the model has, in the order in which `documents.read` gives it."""
    document = {**document, "translations": translations}
    return {
        **{
            field.name: document.get(field.name, field.get_default())
            for field in plain_fields(model)
        },
        **{field.name: sorted(document[field.name]) for field in model._meta.many_to_many},
        **{accessor: document[accessor] for accessor in part_relations(model)},
    }


def _texts(document: Document) -> Iterator[Text]:
    spanish = {
        (row["field"], row["english_digest"]): row["text"] for row in document["translations"]
    }
    for field, english in _english(document):
        if english:
            yield field, english, spanish.get((field, digest_of(english)), "")


def _english(document: Document) -> Iterator[tuple[str, str]]:
    kind = Resource.KIND if "organisation" in document else Organisation.KIND
    for name in TRANSLATED_FIELDS[kind]:
        yield name, document.get(name, "")
    yield from (("documents", text) for text in document.get("documents", []))
    yield from (("phone_purpose", phone["purpose"]) for phone in document["phones"])
    yield from (("phone_hours", phone["hours"]) for phone in document["phones"])


class Varied(NamedTuple):
    """A variation of a pattern: what it says otherwise, and the translations it has besides.

    All variations of one pattern say the same fields otherwise.
    """

    pattern: Pattern
    changes: Document
    translations: Sequence[Document]

    def says(self, field: str) -> Any:
        """What stands in a field. Not for the translations."""
        return self.changes[field] if field in self.changes else self.pattern.document[field]

    @property
    def document(self) -> Document:
        """The whole of it, as `documents.read` gives it."""
        translations = [*self.pattern.document["translations"], *self.translations]
        return {
            **self.pattern.document,
            **self.changes,
            "translations": sorted(translations, key=itemgetter("field")),
        }


@dataclass(frozen=True)
class House:
    """An organisation of the starter with its resources, programmes before their funds."""

    organisation: Pattern
    resources: Sequence[Pattern]
    illnesses: Sequence[str]  # that its resources are for, those in `ANY` among them
    home: str | None  # the one state that it works in, if there is such a one


def houses(vocabulary: Vocabulary) -> list[House]:
    """The starter's organisations with what they offer that the public sees."""
    wanted = [
        one
        for one in starter.Starter(starter.FOLDER, vocabulary).wanted()
        if one.state == "published"
    ]
    offered: dict[str, list[Document]] = {}
    for one in wanted:
        if one.model is Resource:
            offered.setdefault(one.document["organisation"], []).append(one.document)
    words = _Words(vocabulary)
    return [
        _house(one.document, sorted(offered.get(one.slug, []), key=_is_fund), words)
        for one in wanted
        if one.model is Organisation
    ]


def _is_fund(document: Document) -> bool:
    return document["part_of"] is not None


class _Words:
    """What states and illnesses are called in texts."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.states = {row["code"]: state_words(row) for row in vocabulary.states}
        self.illnesses = {row["slug"]: illness_words(row) for row in vocabulary.conditions}


def state_words(state: Record) -> tuple[str, str]:
    """What a state is called in an English and in a Spanish text."""
    return state["name"], state["spanish"]


def illness_words(illness: Record) -> tuple[str, str]:
    """What an illness is called within an English and a Spanish sentence.

    "Breast cancer (any stage)" is "breast cancer" there.
    """
    name: str = illness["name"]
    return name[:1].lower() + name.split(" (")[0][1:], illness["spanish"][0]


def _house(organisation: Document, resources: Sequence[Document], words: _Words) -> House:
    illnesses = sorted({slug for row in resources for slug in row["conditions"]})
    states = {code for row in resources for code in row["states"]}
    home = next(iter(states)) if len(states) == 1 else None
    movable = {
        organisation["name"],
        *filter(None, [organisation["city"]]),
        *(words.states[home] if home else ()),
        *(word for slug in illnesses if slug not in ANY for word in words.illnesses[slug]),
    }
    return House(
        organisation=Pattern.of(Organisation, organisation, movable),
        resources=[Pattern.of(Resource, row, movable) for row in resources],
        illnesses=illnesses,
        home=home,
    )
