"""The difference between two documents of one thing, for a person to read.

Field by field under their labels, parts row by row, lists item by item, texts word by word: what
went away in `<del>`, what came in `<ins>`. Knows documents and models; sees no request.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from resources import documents
from resources.documents import Document
from resources.languages import LANGUAGE_NAMES
from resources.models import Recorded, Resource, State

# What a row keeps for the machine: it changes with what is shown, or says nothing to a reader.
NOT_SHOWN = frozenset({"position", "dial", "english_digest"})

# By which column two versions of a row are known to be the same row.
ROW_KEYS = ("url", "number", "name", "household_size", "county", "field")

# The codes in lists, by the field that holds them, as the reader knows them.
LIST_LABELS: Mapping[str, Mapping[str, Any]] = {
    "how_to_apply": dict(Resource.HowToApply.choices),
    "who_may_apply": dict(Resource.Applicant.choices),
    "languages": LANGUAGE_NAMES,
}

MARKS = {"del": "<del>{}</del>", "ins": "<ins>{}</ins>"}
NOTHING = SafeString("")

# Word by word is only readable, and only cheap, up to here.
MOST_WORDS = 1_500


@dataclass(frozen=True, slots=True)
class Difference:
    """One field, or one row of a part, as it was and as it is; empty where it was or is not."""

    field: str
    label: str
    before: SafeString
    after: SafeString


def between(model: type[Recorded], old: Document, new: Document) -> list[Difference]:
    """What differs between two documents of this model, in the order of its fields."""
    names = _Names(model, [old, new])
    found: list[Difference] = []
    for field in documents.differing(old, new):
        if field in documents.part_relations(model):
            found += _rows(model, field, old.get(field) or [], new.get(field) or [], names)
        else:
            before, after = _values(model, field, old.get(field), new.get(field), names)
            found.append(Difference(field, label_of(model, field), before, after))
    return found


def stated(model: type[Recorded], document: Document) -> list[Difference]:
    """Everything that a document says, as what it added to nothing; what is empty is left out."""
    return [each for each in between(model, {}, document) if each.after]


def label_of(model: type[models.Model], field: str) -> str:
    """What a curator calls this field or these parts."""
    relations = documents.part_relations(model)
    if field in relations:
        return capfirst(str(relations[field].model._meta.verbose_name_plural))
    known = {each.name: each for each in model._meta.get_fields() if hasattr(each, "verbose_name")}
    return capfirst(str(known[field].verbose_name)) if field in known else field


def labels_of(model: type[models.Model], fields: Iterable[str]) -> list[str]:
    """The labels of these fields, for a sentence such as "Summary, Phones"."""
    return [label_of(model, field) for field in fields]


def shown_rows(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows of a part without what no reader sees."""
    return [{name: row[name] for name in row if name not in NOT_SHOWN} for row in rows]


class _Names:
    """The names behind the references of some documents, one query for each model."""

    def __init__(self, model: type[models.Model], all_of: Sequence[Document]) -> None:
        wanted: dict[type[Recorded], set[str]] = {}
        for target, reference in _references(model, all_of):
            wanted.setdefault(target, set()).add(reference)
        self.known = {
            (target, reference): name
            for target, references in wanted.items()
            for reference, name in _found(target, references)
        }

    def of(self, target: type[Recorded], reference: str) -> str:
        return self.known.get((target, reference), reference)


def _references(
    model: type[models.Model], all_of: Iterable[Mapping[str, Any]]
) -> Iterator[tuple[type[Recorded], str]]:
    targets = _targets(model)
    parts = documents.part_relations(model)
    for document in all_of:
        for field, value in document.items():
            if field in targets and value:
                yield from (
                    (targets[field], each)
                    for each in ([value] if isinstance(value, str) else value)
                )
            elif field in parts:
                yield from _references(parts[field].model, value)


@cache
def _targets(model: type[models.Model]) -> dict[str, type[Recorded]]:
    """The fields of a model that refer to something with a name: field -> what it refers to."""
    fields = [
        field for field in model._meta.get_fields() if field.many_to_one or field.many_to_many
    ]
    return {
        field.name: field.related_model
        for field in fields
        if isinstance(field.related_model, type) and issubclass(field.related_model, Recorded)
    }


def _found(target: type[Recorded], references: set[str]) -> Iterator[tuple[str, str]]:
    key = "code" if target is State else "slug"
    for found in target._default_manager.filter(**{f"{key}__in": references}):
        yield getattr(found, key), str(found)


def _values(
    model: type[models.Model], field: str, old: Any, new: Any, names: _Names
) -> tuple[SafeString, SafeString]:
    """One field as it was and as it is, what differs highlighted."""
    if isinstance(old, list) or isinstance(new, list):
        before, after = _items(model, field, old, names), _items(model, field, new, names)
        return _listed(before, set(after), "del"), _listed(after, set(before), "ins")
    before_text, after_text = _text(model, field, old, names), _text(model, field, new, names)
    if before_text == after_text:
        return format_html("{}", before_text), format_html("{}", after_text)
    if not isinstance(model._meta.get_field(field), models.CharField | models.TextField):
        return _whole(before_text, "del"), _whole(after_text, "ins")
    return _words(before_text, after_text)


def _items(model: type[models.Model], field: str, values: Any, names: _Names) -> list[str]:
    if values is None:
        return []
    target = _targets(model).get(field)
    if target is not None:
        return [names.of(target, value) for value in values]
    return [str(LIST_LABELS.get(field, {}).get(value, value)) for value in values]


def _text(model: type[models.Model], name: str, value: Any, names: _Names) -> str:
    """A single value in words; empty where nothing is stated."""
    if value is None or value == "":
        return ""
    field = model._meta.get_field(name)
    target = _targets(model).get(name)
    if target is not None:
        return names.of(target, value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "field":
        return _translated_field(model, value)
    choices = dict(getattr(field, "flatchoices", None) or [])
    return str(choices[value]) if value in choices else _dated(field, value)


def _translated_field(model: type[models.Model], value: str) -> str:
    """The label of the entry's field that a translation row is for."""
    owner = next(
        f.related_model for f in model._meta.get_fields() if f.name in ("organisation", "resource")
    )
    return translated_label(owner, value)  # type: ignore[arg-type]


def translated_label(model: type[models.Model], field: str) -> str:
    """What a curator calls a text that is translated: a field, or a text of the phones."""
    match field:
        case "phone_purpose":
            return _("Phone: what for")
        case "phone_note":
            return _("Phone: note")
        case "phone_hours":
            return _("Phone: hours")
        case _:
            return label_of(model, field)


def _dated(field: Any, value: Any) -> str:
    if isinstance(field, models.DateTimeField):
        moment = dt.datetime.fromisoformat(value)
        return date_format(timezone.localtime(moment), "DATETIME_FORMAT")
    if isinstance(field, models.DateField):
        return date_format(dt.date.fromisoformat(value), "DATE_FORMAT")
    return str(value)


def _whole(text: str, tag: str) -> SafeString:
    return format_html(MARKS[tag], text) if text else NOTHING


def _listed(items: Sequence[str], others: set[str], tag: str) -> SafeString:
    if not items:
        return NOTHING
    lines = ((item if item in others else _whole(item, tag),) for item in items)
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", lines))


def _words(old: str, new: str) -> tuple[SafeString, SafeString]:
    """Both texts, the words that went marked in the one, those that came in the other."""
    before, after = re.split(r"(\s+)", old), re.split(r"(\s+)", new)
    if max(len(before), len(after)) > MOST_WORDS:
        return _whole(old, "del"), _whole(new, "ins")
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return (
        _marked(((tag, before[start:end]) for tag, start, end, _from, _to in steps), "del"),
        _marked(((tag, after[start:end]) for tag, _from, _to, start, end in steps), "ins"),
    )


def _marked(pieces: Iterable[tuple[str, Sequence[str]]], tag: str) -> SafeString:
    texts = ((kind, "".join(words)) for kind, words in pieces)
    return format_html_join(
        "", "{}", ((text if kind == "equal" else _whole(text, tag),) for kind, text in texts)
    )


def _rows(
    model: type[Recorded],
    accessor: str,
    old: Sequence[dict[str, Any]],
    new: Sequence[dict[str, Any]],
    names: _Names,
) -> list[Difference]:
    """The rows of a part that went, came or changed; and a line if only their order did."""
    if old == new:  # an older document that lacks the part, and one that has none of it
        return []
    part = documents.part_relations(model)[accessor].model
    pairs = [pair for pair in _paired(old, new) if not _same(*pair)]
    label = capfirst(str(part._meta.verbose_name))
    found = [
        Difference(accessor, label, *_row(part, before, after, names)) for before, after in pairs
    ]
    if not found:
        note = (
            _("Only the order changed.")
            if _moved(old, new)
            else _("They now belong to another English text.")
        )
        found = [
            Difference(accessor, label_of(model, accessor), NOTHING, format_html("<p>{}</p>", note))
        ]
    return found


def _moved(old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]) -> bool:
    return shown_rows(old) != shown_rows(new) or [r.get("position") for r in old] != [
        r.get("position") for r in new
    ]


def _same(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> bool:
    return old is not None and new is not None and shown_rows([old]) == shown_rows([new])


Pair = tuple[dict[str, Any] | None, dict[str, Any] | None]


def _paired(old: Sequence[dict[str, Any]], new: Sequence[dict[str, Any]]) -> list[Pair]:
    """Each row beside what it became: first those that are alike, then those with the same key."""
    left, pairs = list(old), []
    for row in new:
        match = next((each for each in left if _same(each, row)), None)
        pairs.append((match, row))
        if match is not None:
            left.remove(match)
    pairs = [pair if pair[0] is not None else (_take(left, pair[1]), pair[1]) for pair in pairs]
    return [*pairs, *((row, None) for row in left)]


def _take(left: list[dict[str, Any]], row: Mapping[str, Any]) -> dict[str, Any] | None:
    key = next((name for name in ROW_KEYS if name in row), None)
    found = next((each for each in left if key and each.get(key) == row[key]), None)
    if found is not None:
        left.remove(found)
    return found


def _row(
    part: type[models.Model],
    old: Mapping[str, Any] | None,
    new: Mapping[str, Any] | None,
    names: _Names,
) -> tuple[SafeString, SafeString]:
    """One row as two lists of its columns; of a changed row, its name and what changed."""
    columns = [name for name in (new or old or {}) if name not in NOT_SHOWN]
    key = next((name for name in ROW_KEYS if name in columns), None)
    if old is not None and new is not None:
        columns = [name for name in columns if name == key or old.get(name) != new.get(name)]
    cells = [
        (
            label_of(part, name),
            *_values(part, name, (old or {}).get(name), (new or {}).get(name), names),
        )
        for name in columns
    ]
    before = _cells((label, text) for label, text, _after in cells) if old is not None else NOTHING
    after = _cells((label, text) for label, _before, text in cells) if new is not None else NOTHING
    return before, after


def _cells(cells: Iterable[tuple[str, SafeString]]) -> SafeString:
    said = [(label, text) for label, text in cells if text]
    lines = format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", said)
    return format_html("<dl>{}</dl>", lines)
