"""Telephones of HSDS records."""

from __future__ import annotations

from collections.abc import Iterable

from resources.documents import Document
from resources.interchange import parts
from resources.interchange.intake.hsds.fields import Fields
from resources.interchange.intake.texts import fitting, plain, room_in
from resources.languages import LANGUAGE_NAMES, code_of
from resources.models import Phone, ResourcePhone, dialable

NUMBER, EXTENSION, PURPOSE, HOURS, NOTE = (
    room_in(ResourcePhone, name) for name in ("number", "extension", "purpose", "hours", "note")
)


def phones_of(rows: Iterable[Fields], hours: str = "") -> list[Document]:
    """The numbers that can be dialled, each once. `hours`: when they are answered, in words."""
    found: dict[tuple[str, str], Document] = {}
    for row in rows:
        phone = _phone(len(found), row, hours)
        if phone is not None:
            found.setdefault((phone["number"], phone["extension"]), phone)
    return list(found.values())


def _phone(place: int, row: Fields, hours: str) -> Document | None:
    own = row.inner("support_directory")
    plain_number, plain_extension = row.text("number").strip('"'), _extension(row)
    number = own.text("number") or plain_number
    about, extension = row.text("description"), own.text("extension") or plain_extension
    languages = _languages(row)
    is_tty = row.text("type").lower() in ("tty", "textphone", "tdd")
    row.leave_the_rest()
    try:
        dialable(number)
    except ValueError:
        row.notes.left.append("a phone number that nobody can dial")
        return None
    if len(number) > NUMBER or len(extension) > EXTENSION:
        row.notes.left.append("a phone number that is too long")
        return None
    if row.raw("support_directory"):
        zone = own.text("time_zone")
        said = {
            "purpose": own.text("purpose"),
            "hours": own.text("hours"),
            "time_zone": zone if zone in Phone.Zone.values else "",
            "note": own.text("note"),
        }
    else:
        said = {"hours": fitting(hours, HOURS)}
        said["note" if len(about) > PURPOSE else "purpose"] = fitting(about, NOTE)
    return parts.phone(
        place, number, extension=extension, languages=languages, is_tty=is_tty, **said
    )


def _extension(row: Fields) -> str:
    number = row.number("extension")
    return "" if number is None else str(number)


def _languages(row: Fields) -> list[str] | None:
    """The codes that we know; None where nothing is said."""
    codes = [code for code in map(language_of, row.rows("languages")) if code]
    return codes or None


def language_of(row: Fields) -> str:
    """The code of a language that we have a name for, else nothing; the rest is told as left."""
    code, name = row.text("code").lower().split("-")[0], row.text("name").casefold()
    found = code if code in LANGUAGE_NAMES else code_of(name) or ""
    if not found:
        row.notes.left.append(f"the language “{plain(name or code)}”")
    return found
