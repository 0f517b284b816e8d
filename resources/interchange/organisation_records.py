"""An organisation of the starter data as a document."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from resources.documents import Document
from resources.models import Organisation, OrganisationName

from . import parts
from .phone_notes import Said, understand
from .records import Record, Shape, one_of, text, texts

Sort = OrganisationName.Sort

FIELDS: Mapping[str, Shape] = {
    "slug": text,
    "name": text,
    "also_known_as": texts,
    "category": one_of(Organisation.Category.values),
    "status": one_of(Organisation.Status.values),
    "successor": text,
    "status_note": text,
    "summary": text,
    "website": text,
    "phone": text,
    "phone_note": text,
    "email": text,
    "city": text,
    "state": text,
    "makers": texts,
    "sources": parts.SOURCES,
}
NEEDED = ["name", "category", "status", "sources"]
TRANSLATED = ("summary", "status_note", "phone_note")

# Field of the document -> what the file calls it.
CALLED = {"names": "also_known_as", "phones": "phone"}


def document(record: Record, spanish: Mapping[str, Any], former: Collection[str]) -> Document:
    """What the directory should say of an organisation.

    `spanish` holds its texts by field; `former` the names, folded, of those that it goes on from.
    """
    note, said = record["phone_note"] or "", Said()
    if record["phone"]:
        said = understand(note, spanish.get("phone_note") or "")
    return {
        "slug": record["slug"],
        "name": record["name"],
        "category": record["category"],
        "status": record["status"],
        "successor": record["successor"],
        "status_note": record["status_note"] or "",
        "summary": record["summary"] or "",
        "website": record["website"] or "",
        "email": record["email"] or "",
        "city": record["city"] or "",
        "state": record["state"],
        "makers": record["makers"] or [],
        "names": _names(record, former),
        "phones": _phones(record, said) if record["phone"] else [],
        "sources": parts.sources(record),
        "translations": parts.spanish_rows(
            [
                *(
                    (name, record[name] or "", spanish.get(name) or "")
                    for name in ("summary", "status_note")
                ),
                ("phone_note", said.note, said.spanish_note),
                ("phone_hours", said.hours, said.spanish_hours),
            ]
        ),
    }


def _names(record: Record, former: Collection[str]) -> list[Document]:
    names = dict.fromkeys(record["also_known_as"] or [])
    return [
        {"position": place, "name": name, "sort": sort_of(name, former)}
        for place, name in enumerate(names)
    ]


def sort_of(name: str, former: Collection[str]) -> str:
    """The kind of another name: a former one, an abbreviation, or just another."""
    if name.isupper() and name.isalnum() and len(name) <= 6:
        return Sort.ABBREVIATION.value
    return (Sort.FORMER if name.casefold() in former else Sort.ALSO).value


def _phones(record: Record, said: Said) -> list[Document]:
    own = parts.phone(
        0,
        record["phone"],
        hours=said.hours,
        time_zone=said.time_zone,
        languages=said.languages,
        note=said.note,
    )
    further = [
        *([parts.phone(1, said.in_spanish, languages=["es"])] if said.in_spanish else []),
        *([parts.phone(1, said.tty, is_tty=True)] if said.tty else []),
    ]
    return [own, *({**row, "position": place} for place, row in enumerate(further, 1))]
