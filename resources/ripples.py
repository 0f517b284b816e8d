"""What else names an entry: texts, their Spanish, telephones, words of the vocabularies.

When an organisation is renamed, closes or changes its number, each of these may say something that
is not true any more. They are shown beside the change and mended with it, as one batch.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
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
# What of a term is no word of its own.
NO_WORDS = frozenset({"icd10", "open_eligibility"})
# What is no text for a reader.
NO_TEXT = frozenset({"slug", "fund_status_precision", "email"})


@dataclass(frozen=True, slots=True)
class Mention:
    """One text of an entry, or the words of a term, that name what changes.

    `row`: its place in a part, -1 for a field. Several words stand one a line: `is_list`.
    """

    entry: Recorded
    field: str
    row: int
    column: str
    text: str
    is_list: bool = False

    @property
    def key(self) -> str:
        """By which a form knows it again."""
        return f"{self.entry.KIND}-{self.entry.pk}-{self.field}-{self.row}-{self.column}"

    def mended(self, replaced: Mapping[str, str]) -> str:
        """The text with these written in place of those.

        The words of a term get the new ones besides: people go on to ask by the old.
        """
        pattern = _pattern(replaced)
        if not pattern:
            return self.text
        text = pattern.sub(lambda found: replaced[found[0]], self.text)
        return "\n".join(_each_once([self.text, text])) if self.is_list else text


@dataclass(frozen=True, slots=True)
class Ripple:
    """Everything that names it and can be mended with it; `helplines`: those that are among it."""

    mentions: Sequence[Mention]
    helplines: Sequence[Recorded]

    def __bool__(self) -> bool:
        return bool(self.mentions)


def of_names(names: Iterable[str], *, apart_from: Entry) -> Ripple:
    """What names any of these in its texts, besides the entry itself."""
    wanted = [name for name in dict.fromkeys(names) if len(name) >= SHORTEST]
    pattern = _pattern(wanted, re.IGNORECASE)
    if not pattern:
        return Ripple([], [])
    found = chain(_in_texts(wanted, pattern, apart_from), _in_terms(pattern))
    mentions = list(islice(found, MOST))
    return Ripple(mentions, _helplines(mentions))


def _pattern(names: Iterable[str], flags: int = 0) -> re.Pattern[str] | None:
    """Any of the names as whole words, the longest first; None for no names."""
    longest_first = sorted(names, key=len, reverse=True)
    either = "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in longest_first)
    return re.compile(either, flags) if either else None


def _each_once(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(line for text in texts for line in text.split("\n")))


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
    return Ripple(mentions, _helplines(mentions))


def edits_of(mentions: Iterable[Mention], mended: Mapping[str, str]) -> list[Edit]:
    """The edits that write these texts (`Mention.key` -> text) where they are something else."""
    of_entry: dict[Recorded, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mended.get(mention.key, mention.text) != mention.text:
            of_entry[mention.entry].append(mention)
    return [
        Edit(entry, _changes(entry, found, mended), entry.version)
        for entry, found in of_entry.items()
    ]


def _changes(entry: Recorded, mentions: Sequence[Mention], mended: Mapping[str, str]) -> Document:
    document = documents.read(entry)
    changes: Document = {}
    for mention in mentions:
        text = mended[mention.key]
        if mention.is_list:
            words = (line.strip() for line in text.split("\n"))
            changes[mention.field] = list(dict.fromkeys(filter(None, words)))
        elif mention.row < 0:
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


def _in_terms(pattern: re.Pattern[str]) -> Iterator[Mention]:
    """Of every term: they are some hundreds, and databases disagree on how to look in lists."""
    for model in TERMS:
        for term in model._default_manager.order_by("pk"):
            for field in _words(model):
                value = getattr(term, field)
                text = "\n".join(value) if isinstance(value, list) else value
                if pattern.search(text):
                    yield Mention(term, field, -1, "", text, is_list=isinstance(value, list))


def _words(model: type[Recorded]) -> list[str]:
    """The fields of a term that people read, or are understood by."""
    return [
        field.name
        for field in documents.plain_fields(model)
        if type(field) in (models.CharField, models.TextField, models.JSONField)
        and not field.choices
        and field.name not in NO_WORDS
    ]


def _helplines(mentions: Iterable[Mention]) -> list[Recorded]:
    """Those among them that readers are told to call from every page."""
    entries = dict.fromkeys(mention.entry for mention in mentions)
    return [entry for entry in entries if getattr(entry, "takes_anyone", False)]


def _dial(number: str) -> str:
    try:
        return dialable(number)
    except ValueError:
        return ""
