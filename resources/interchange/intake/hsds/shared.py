"""What organisations and services have alike: sources, tags, translations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from resources.documents import Document
from resources.interchange.intake.hsds.fields import Fields
from resources.interchange.intake.terms import Ours, Terms, Theirs
from resources.interchange.intake.texts import fitting, room_in
from resources.models import ResourceSource

SAYS = room_in(ResourceSource, "says")


def sources_of(
    record: Fields, own: Fields, addresses: Iterable[str], source: str
) -> list[Document]:
    """The pages that its facts came from: those that our profile names, else its own pages."""
    provenance = own.inner("provenance")
    named = [
        _source(row.address("url"), row.text("page_date"), row.text("says"))
        for row in provenance.rows("sources")
    ]
    if not named:
        day = record.day("last_modified")
        says = f"Taken from {source}"
        urls = dict.fromkeys(filter(None, addresses))
        named = [_source(url, day.isoformat() if day else "", says) for url in urls]
    found = [row for row in named if row["url"]]
    return [{"position": place, **row} for place, row in enumerate(found)]


def _source(url: str, day: str, says: str) -> Document:
    return {"url": url, "page_date": day, "says": fitting(says, SAYS)}


def tags_of(record: Fields, terms: Terms) -> dict[str, list[str]]:
    """Slugs of our terms by kind, for the attributes of a record that we have terms for."""
    found: dict[str, list[str]] = {}
    for ours in _ours(record, terms):
        slugs = found.setdefault(ours.kind, [])
        if ours.slug not in slugs:
            slugs.append(ours.slug)
    return found


def _ours(record: Fields, terms: Terms) -> Iterator[Ours]:
    for row in record.rows("attributes"):
        term = row.inner("taxonomy_term")
        theirs = Theirs(
            term.text("taxonomy") or row.text("label") or term.text("taxonomy_id"),
            term.text("id") or row.text("taxonomy_term_id"),
            term.text("name") or row.text("value"),
        )
        ours = terms.ours(theirs)
        if ours is not None:
            yield ours


def translations_of(own: Fields) -> list[Document]:
    """Its texts in other languages, confirmed by nobody here."""
    return [
        {
            "field": row.text("field"),
            "language": row.text("language"),
            "text": str(row.raw("text")),
            "english_digest": row.text("of"),
            "confirmed_by": None,
            "confirmed_at": None,
        }
        for row in own.rows("translations")
    ]


def chosen(value: str, choices: Any, default: str = "") -> str:
    """The value where it is one of the choices, else the default."""
    return value if value in choices.values else default


def own_of(record: Fields) -> Fields:
    """What our profile says of a record, in a version that we know; empty for others."""
    own = record.inner("support_directory")
    return (
        own if own.text("profile_version").split(".")[0] == "1" else Fields({}, own.notes, name="")
    )


def cut_name(name: str, length: int, record: Fields) -> str:
    """A name that is not too long; the whole of a longer one is told as guessed."""
    if len(name) > length:
        record.notes.guessed.append(f"the name, cut to {length} characters")
    return fitting(name, length)
