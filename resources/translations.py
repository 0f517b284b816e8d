"""The words of an entry in the language of the page, or in English where they must be.

A translation is shown only while it translates the present English (its digest fits). Where there
is none the reader gets the English, marked with its `lang`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from resources.models import Entry, Translation, digest_of


@dataclass(frozen=True, slots=True)
class Wording:
    """A text as shown: its language code, and whether a person has read the translation."""

    text: str
    language: str
    reviewed: bool = True

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


def wording(entry: Entry, field: str, english: str, language: str) -> Wording:
    """This English text of the entry in `language`, or the English itself.

    `field` is a field's name, or one of `LISTED_FIELDS`. Prefetch `translations` to ask for many.
    """
    if language != "en" and english:
        digest = digest_of(english)
        for row in entry.translations.all():  # type: ignore[attr-defined]
            if (row.field, row.language, row.english_digest) == (field, language, digest):
                return Wording(row.text, language, row.confirmed_at is not None)
    return Wording(english, "en")


def english_texts(entry: Entry) -> dict[str, list[str]]:
    """Every text of an entry that has words to translate: field -> its texts in English."""
    texts = {name: [getattr(entry, name)] for name in TRANSLATED_FIELDS[entry.KIND]}
    if entry.KIND == "resource":
        texts["documents"] = list(entry.documents)  # type: ignore[attr-defined]
    phones = list(entry.phones.all())  # type: ignore[attr-defined]
    for field in PHONE_FIELDS:
        texts[field] = [getattr(phone, field.removeprefix("phone_")) for phone in phones]
    found = {field: [text for text in values if text] for field, values in texts.items()}
    return {field: values for field, values in found.items() if values}


def outdated(entry: Entry) -> list[Translation]:
    """The translations of an entry whose English is there no more."""
    present = {
        (field, digest_of(text)) for field, texts in english_texts(entry).items() for text in texts
    }
    rows = entry.translations.all()  # type: ignore[attr-defined]
    return [row for row in rows if (row.field, row.english_digest) not in present]


def with_outdated(model: type[Any]) -> list[int]:
    """The primary keys of the entries with a translation whose English has changed since.

    A first version has come with its translations, so only later ones are looked at.
    """
    changed = model._default_manager.filter(version__gt=1, translations__isnull=False).distinct()
    entries = changed.prefetch_related("phones", "translations").iterator(chunk_size=500)
    return [entry.pk for entry in entries if outdated(entry)]


# The fields that are one text each.
TRANSLATED_FIELDS = {
    "organisation": ("summary", "status_note"),
    "resource": (
        "name",
        "summary",
        "eligibility_notes",
        "award",
        "residency_note",
        "income_note",
        "treatment_note",
        "area_note",
        "renewal",
        "windows",
        "conditions_note",
        "medicines_note",
        "decision_time",
        "use_by",
        "languages_note",
        "costs",
    ),
}

# Those of several texts, each of which is translated by itself.
PHONE_FIELDS = ("phone_purpose", "phone_note", "phone_hours")
LISTED_FIELDS = {"organisation": PHONE_FIELDS, "resource": ("documents", *PHONE_FIELDS)}
