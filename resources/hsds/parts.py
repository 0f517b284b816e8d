"""The parts of a document: phones with their languages and hours, areas, addresses of pages."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from resources.hsds import profile
from resources.hsds.telling import Document, part_id, without_blanks
from resources.languages import language_name
from resources.models import Resource
from resources.models.entry import Phone
from resources.pages.sheet.hours import hours_of


def phones(owner: UUID, entity: str, rows: Iterable[Phone]) -> list[Document]:
    """Telephones of an entity (its HSDS name), in a form that can be dialled."""
    return [_phone(owner, entity, phone) for phone in rows]


def _phone(owner: UUID, entity: str, phone: Phone) -> Document:
    own = _phone_id(owner, phone)
    extension = phone.extension
    spoken = None if phone.languages is None else languages(own, "phone", phone.languages)
    return without_blanks(
        {
            "id": str(own),
            f"{entity}_id": str(owner),
            "number": phone.dial or phone.number,
            # HSDS has numbers only: leading zeros and "option 2" are said in words below.
            "extension": int(extension) if extension.isdecimal() else None,
            "type": "tty" if phone.is_tty else "voice",
            "description": _about(phone),
            "languages": spoken,
            "support_directory": profile.of_phone(phone),
        }
    )


def _phone_id(owner: UUID, phone: Phone) -> UUID:
    return UUID(part_id(owner, f"phone {phone.number} {phone.extension} {phone.purpose}"))


def _about(phone: Phone) -> str:
    is_plain = phone.extension == "" or str(phone.extension).lstrip("0") == phone.extension
    extension = "" if is_plain else f"extension {phone.extension}"
    hours = hours_of(phone, "en").text if phone.hours else ""
    return "; ".join(filter(None, [phone.purpose, hours, extension, phone.note]))


def languages(owner: UUID, entity: str, codes: Iterable[str], note: str = "") -> list[Document]:
    """Languages by code, of an entity (its HSDS name)."""
    return [
        without_blanks(
            {
                "id": part_id(owner, f"language {code}"),
                f"{entity}_id": str(owner),
                "name": language_name(code),
                "code": code,
                "note": note,
            }
        )
        for code in codes
    ]


def schedules(owner: UUID, rows: Iterable[Phone]) -> list[Document]:
    """When the telephones of a service are answered, in words."""
    return [
        {
            "id": part_id(_phone_id(owner, phone), "schedule"),
            "service_id": str(owner),
            "description": hours_of(phone, "en").text,
            "attending_type": "phone",
            "notes": f"{phone.number} is answered then.",
        }
        for phone in rows
        if phone.hours
    ]


def service_areas(resource: Resource) -> list[Document]:
    """Where it helps: the country, states, or counties; a note where it is narrower than that."""
    return [
        without_blanks(
            {
                "id": part_id(resource.public_id, f"area {extent}"),
                "service_id": str(resource.public_id),
                "name": name,
                "description": _area_note(resource),
                "extent": extent,
                "extent_type": "text",
            }
        )
        for name, extent in _areas(resource)
    ]


def _areas(resource: Resource) -> list[tuple[str, str]]:
    """Names and codes (ISO 3166; a county's name after its state's code)."""
    if resource.area_kind == Resource.AreaKind.NATIONAL:
        return [("United States", "US")]
    counties = [
        (f"{part.county}, {part.state.code}", f"US-{part.state.code} {part.county}")
        for part in resource.area_parts.all()
    ]
    named = {part.state_id for part in resource.area_parts.all()}
    states = resource.who_states("states").states.all()
    whole = [(state.name, f"US-{state.code}") for state in states if state.pk not in named]
    return [*whole, *counties]


def _area_note(resource: Resource) -> str:
    note = resource.who_states("area_note", "states").area_note
    return note or ("Not in all of this area: ask." if resource.area_partial else "")


def required_documents(resource: Resource) -> list[Document]:
    """What to have ready."""
    return [
        {
            "id": part_id(resource.public_id, f"document {paper}"),
            "service_id": str(resource.public_id),
            "document": paper,
        }
        for paper in resource.inherited("documents")
    ]


def cost_options(resource: Resource) -> list[Document]:
    """What it costs, in words; none where that is not stated."""
    costs = resource.inherited("costs")
    if not costs:
        return []
    return [
        {
            "id": part_id(resource.public_id, "cost"),
            "service_id": str(resource.public_id),
            "option": "What it costs",
            "amount_description": costs,
        }
    ]
