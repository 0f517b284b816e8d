"""What else names an entry: texts, their Spanish, telephones, words of the vocabularies.

When an organisation is renamed, closes or changes its number, each of these may say something that
is not true any more. They are shown beside the change and mended with it, as one batch.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q

from resources import documents
from resources.documents import Document
from resources.edits import MODELS, Edit
from resources.models import (
    Condition,
    Entry,
    Insurance,
    Medicine,
    Need,
    PublicationState,
    Recorded,
    dialable,
    digest_of,
)

# So many are shown; whoever is named more often is mended in steps.
MOST = 200
SHORTEST = 3  # letters of a name that is looked for
TERMS: tuple[type[Recorded], ...] = (Need, Condition, Medicine, Insurance)
# What is no text for a reader.
NO_TEXT = frozenset({"slug", "fund_status_precision", "email"})


@dataclass(frozen=True, slots=True)
class Mention:
    """One text of an entry that names what changes. `row`: its place in a part, -1 for a field."""

    entry: Entry
    field: str
    row: int
    column: str
    text: str

    @property
    def key(self) -> str:
        """By which a form knows it again."""
        return f"{self.entry.KIND}-{self.entry.pk}-{self.field}-{self.row}-{self.column}"


@dataclass(frozen=True, slots=True)
class Ripple:
    """Everything that names it: what can be mended with it, and words to be looked at."""

    mentions: Sequence[Mention]
    terms: Sequence[Recorded]
    helplines: Sequence[Entry]

    def __bool__(self) -> bool:
        return bool(self.mentions or self.terms)


def of_names(names: Iterable[str], *, apart_from: Entry) -> Ripple:
    """What names any of these in its texts, besides the entry itself."""
    wanted = [name for name in dict.fromkeys(names) if len(name) >= SHORTEST]
    if not wanted:
        return Ripple([], [], [])
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in wanted), re.I)
    mentions = list(_in_texts(wanted, pattern, apart_from))[:MOST]
    return Ripple(mentions, list(_terms(wanted, pattern)), _helplines(mentions))


def of_number(dial: str, *, apart_from: Entry) -> Ripple:
    """Who else is reached under this number, or writes it in a text."""
    mentions = [
        Mention(entry, "phones", row, "number", phone["number"])
        for model in MODELS
        for entry, document in _documents(
            model, _present(model).filter(phones__dial=dial).distinct(), apart_from
        )
        for row, phone in enumerate(document["phones"])
        if _dial(phone["number"]) == dial
    ][:MOST]
    return Ripple(mentions, [], _helplines(mentions))


def edits_of(mentions: Iterable[Mention], mended: Mapping[str, str]) -> list[Edit]:
    """The edits that write these texts (`Mention.key` -> text) where they are something else."""
    of_entry: dict[Entry, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mended.get(mention.key, mention.text) != mention.text:
            of_entry[mention.entry].append(mention)
    return [
        Edit(entry, _changes(entry, found, mended), entry.version)
        for entry, found in of_entry.items()
    ]


def _changes(entry: Entry, mentions: Sequence[Mention], mended: Mapping[str, str]) -> Document:
    document = documents.read(entry)
    changes: Document = {}
    for mention in mentions:
        text = mended[mention.key]
        if mention.row < 0:
            changes[mention.field] = text
        else:
            rows = changes.setdefault(mention.field, [dict(row) for row in document[mention.field]])
            rows[mention.row][mention.column] = text
    _follow_english(changes, document)
    return changes


def _follow_english(changes: Document, document: Document) -> None:
    """Let the Spanish of a text that was mended with it belong to the new English."""
    was = {row["field"]: row for row in document.get("translations", [])}
    for row in changes.get("translations", []):
        english = changes.get(row["field"])
        old = was.get(row["field"])
        if isinstance(english, str) and old and row["text"] != old["text"]:
            row["english_digest"] = digest_of(english)


def _present(model: type[Entry]) -> Any:
    return model._default_manager.exclude(publication_state=PublicationState.WITHDRAWN)


def _documents(
    model: type[Entry], rows: Any, apart_from: Entry
) -> Iterator[tuple[Entry, Document]]:
    found = {entry.pk: entry for entry in rows.order_by("pk")[:MOST]}
    if isinstance(apart_from, model):
        found.pop(apart_from.pk, None)
    said = documents.read_many(model, found)
    return ((entry, said[pk]) for pk, entry in found.items())


def _in_texts(
    names: Sequence[str], pattern: re.Pattern[str], apart_from: Entry
) -> Iterator[Mention]:
    for model in MODELS:
        paths = [*_texts(model), "translations__text"]
        named = Q(
            *((f"{path}__icontains", name) for path in paths for name in names), _connector=Q.OR
        )
        rows = _present(model).filter(named).distinct()
        for entry, document in _documents(model, rows, apart_from):
            for field in _texts(model):
                if pattern.search(document[field] or ""):
                    yield Mention(entry, field, -1, "", document[field])
            for number, row in enumerate(document["translations"]):
                if pattern.search(row["text"]):
                    yield Mention(entry, "translations", number, "text", row["text"])


def _texts(model: type[Entry]) -> list[str]:
    """The fields of an entry that are words for a reader."""
    return [
        field.name
        for field in documents.plain_fields(model)
        if type(field) in (models.CharField, models.TextField)
        and not field.choices
        and field.name not in NO_TEXT
    ]


def _terms(names: Sequence[str], pattern: re.Pattern[str]) -> Iterator[Recorded]:
    for model in TERMS:
        lists = [
            field.name
            for field in model._meta.concrete_fields
            if field.name in ("name", "synonyms", "spanish_name", "spanish_synonyms")
        ]
        named = Q(
            *((f"{path}__icontains", name) for path in lists for name in names), _connector=Q.OR
        )
        for term in model._default_manager.filter(named)[:MOST]:
            if any(pattern.search(str(getattr(term, name))) for name in lists):
                yield term


def _helplines(mentions: Iterable[Mention]) -> list[Entry]:
    """Those among them that readers are told to call from every page."""
    entries = dict.fromkeys(mention.entry for mention in mentions)
    return [entry for entry in entries if getattr(entry, "takes_anyone", False)]


def _dial(number: str) -> str:
    try:
        return dialable(number)
    except ValueError:
        return ""
