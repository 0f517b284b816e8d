"""The rows of a document that organisations and resources share: phones, sources, translations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from resources.documents import Document
from resources.models import dialable, digest_of

from .records import Record, Shape, rows, text

SOURCES: Shape = rows({"url": text, "page_date": text, "says": text}, needed=["url"])


def sources(record: Record) -> list[Document]:
    """The pages that the record's facts came from."""
    return [
        {
            "position": place,
            "url": source["url"],
            "page_date": source.get("page_date") or "",
            "says": source.get("says") or "",
        }
        for place, source in enumerate(record["sources"] or [])
    ]


def phone(place: int, number: str, **said: Any) -> Document:
    """A telephone number and what is known of it; languages are not known unless said."""
    row: dict[str, Any] = {
        "extension": "",
        "purpose": "",
        "hours": "",
        "time_zone": "",
        "languages": None,
        "is_tty": False,
        "note": "",
    }
    return {"position": place, "number": number, "dial": _dial(number), **row, **said}


def _dial(number: str) -> str:
    """Blank where nobody could dial it: the model's own check then says so, with the cure."""
    try:
        return dialable(number)
    except ValueError:
        return ""


def spanish_rows(texts: Iterable[tuple[str, str, str]]) -> list[Document]:
    """Unconfirmed translation rows from (field, English, Spanish); blank ones are left out."""
    found: Mapping[tuple[str, str], Document] = {
        (field, digest_of(english)): {
            "field": field,
            "language": "es",
            "text": spanish,
            "english_digest": digest_of(english),
            "confirmed_by": None,
            "confirmed_at": None,
        }
        for field, english, spanish in texts
        if english and spanish
    }
    return sorted(found.values(), key=lambda row: row["field"])
