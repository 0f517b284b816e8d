"""An HSDS service as a document of ours.

Where a service speaks our profile, that says more than HSDS can, and is believed. The words of
others are kept as words: nothing is made into a rule that was not said as one.
"""

from __future__ import annotations

from collections.abc import Iterator

from resources.documents import Document
from resources.interchange.intake.hsds import profile
from resources.interchange.intake.hsds.areas import Places
from resources.interchange.intake.hsds.fields import Fields
from resources.interchange.intake.hsds.phones import language_of, phones_of
from resources.interchange.intake.hsds.shared import (
    cut_name,
    own_of,
    sources_of,
    tags_of,
    translations_of,
)
from resources.interchange.intake.terms import FIELDS, Terms
from resources.interchange.intake.texts import fitting, room_in
from resources.models import Resource

NAME, WAIT, COSTS, LANGUAGES = (
    room_in(Resource, name) for name in ("name", "decision_time", "costs", "languages_note")
)
OLDEST = 120

Lifecycle = Resource.Lifecycle
LIFECYCLES = {"inactive": Lifecycle.UNCONFIRMED, "defunct": Lifecycle.ENDED}
# Of our own documents; said by others, an address of any other name is left.
APPLY = ("where to apply", "apply", "apply online", "application", "application form")
STATUS_PAGE = "its own page about open and closed funds"
THIS_ENTRY = "this entry in the directory"


def document_of(record: Fields, terms: Terms, places: Places, source: str) -> Document:
    """What we would say of it; `organisation` and `part_of` hold their ids there."""
    own = own_of(record)
    is_ours = bool(own.text("profile_version"))
    pages, tags = _pages(record), tags_of(record, terms)
    area = places.read(record)
    hours = "" if is_ours else _hours(record)
    url = record.address("url")
    document: Document = {
        "organisation": record.text("organization_id") or record.inner("organization").text("id"),
        "name": cut_name(record.text("name") or record.text("alternate_name"), NAME, record),
        "summary": record.text("description"),
        "url": url,
        "apply_url": pages.get("apply", ""),
        "status_page_url": pages.get("status", ""),
        "area_kind": "national" if area.is_national else "states",
        "states": [] if area.is_national else area.states,
        "area_parts": [
            {"position": place, "state": state, "county": county}
            for place, (state, county) in enumerate(area.counties)
        ],
        "area_partial": area.is_partial,
        "area_note": area.note,
        "phones": phones_of(_phone_rows(record), hours),
        "documents": _documents(record),
        "languages": [code for code in map(language_of, record.rows("languages")) if code],
        "age_min": _age(record, "minimum_age"),
        "age_max": _age(record, "maximum_age"),
        "decision_time": fitting(record.text("wait_time"), WAIT),
        "costs": fitting(record.text("fees_description") or record.text("fees"), COSTS),
        **{field: sorted(tags.get(kind, [])) for kind, field in FIELDS.items()},
        "translations": translations_of(own),
    }
    if is_ours:
        record.pass_over("eligibility_description", "application_process", "schedules", "alert")
        record.pass_over("cost_options", "program", "program_id", "service_at_locations", "status")
        document |= profile.said(own, document)
    else:
        document |= _of_others(record, document, hours)
        _guess_where(record, document, places)
        if any("addresses" in location for location in _locations(record)):
            record.notes.left.append("the street address of a place")
    website = record.inner("organization").address("website")
    document["sources"] = sources_of(record, own, [url or website], source)
    record.pass_over("organization", "assured_date", "assurer_email", "last_modified")
    record.pass_over("service_at_locations", "program", "program_id")
    record.leave_the_rest()
    return document


def _of_others(record: Fields, document: Document, hours: str) -> Document:
    """What HSDS says in words, or with words of its own."""
    status = record.text("status")
    if not document["summary"]:
        record.notes.guessed.append("the summary, from the name")
    fund: Document = {}
    if status == "temporarily closed":
        day = record.day("last_modified") or record.day("assured_date")
        if day is not None:
            fund = {
                "fund_status": Resource.FundStatus.CLOSED.value,
                "fund_status_seen_on": day.isoformat(),
                "fund_status_precision": Resource.Precision.DAY.value,
            }
            record.notes.guessed.append("the day on which it was seen closed")
    lifecycle = LIFECYCLES.get(status, Lifecycle.RUNNING)
    words = {
        "": record.text("eligibility_description"),
        "How to apply": record.text("application_process"),
        "Please note": record.text("alert"),
        "Hours": "" if document["phones"] else hours,
        "Costs": _costs(record),
        "Email": record.text("email"),
    }
    told = [f"{label}: {text}" if label else text for label, text in words.items() if text]
    interpreted = record.text("interpretation_services")
    return {
        **fund,
        "summary": document["summary"] or f"{document['name']}.",
        "lifecycle": lifecycle.value,
        "eligibility_notes": "\n".join(told),
        "languages_note": fitting(interpreted, LANGUAGES),
    }


def _guess_where(record: Fields, document: Document, places: Places) -> None:
    """Where nothing is said of an area: the states of its locations, and that one has to ask."""
    if document["area_kind"] == "national" or document["states"] or document["area_parts"]:
        return
    states = [
        places.state(address.text("state_province"))
        for location in _locations(record)
        for address in location.rows("addresses")
    ]
    document["states"] = sorted(set(filter(None, states)))
    document["area_partial"] = True
    if not document["states"]:
        # Whoever looks in a state finds it, and is told to ask.
        document["area_kind"] = "national"
        document["area_note"] = document["area_note"] or "The source does not say where."
    record.notes.guessed.append("the area, from its locations, or from nothing")


def _locations(record: Fields) -> Iterator[Fields]:
    for place in record.rows("service_at_locations"):
        place.pass_over("description", "location_id", "service_areas", "phones", "schedules")
        yield place.inner("location")


def _phone_rows(record: Fields) -> Iterator[Fields]:
    """Its own telephones, else those of the places where it is given."""
    own = list(record.rows("phones"))
    yield from own
    if not own:
        for place in record.rows("service_at_locations"):
            yield from place.rows("phones")
            yield from place.inner("location").rows("phones")


def _hours(record: Fields) -> str:
    """When it is open, as the source says it: in words, or from its fields."""
    return "; ".join(dict.fromkeys(filter(None, map(_schedule, record.rows("schedules")))))


def _schedule(row: Fields) -> str:
    about = row.text("description")
    opens, closes, days = row.text("opens_at"), row.text("closes_at"), row.text("byday")
    if about or not (opens or days):
        return about
    return f"{days} {opens[:5]}–{closes[:5]}".strip()


def _costs(record: Fields) -> str:
    found = []
    for row in record.rows("cost_options"):
        amount, currency = row.text("amount"), row.text("currency")
        said = [row.text("option"), f"{amount} {currency}".strip(), row.text("amount_description")]
        found.append(", ".join(filter(None, said)))
    return "; ".join(filter(None, found))


def _documents(record: Fields) -> list[str]:
    found = []
    for row in record.rows("required_documents"):
        found += [row.text("document"), row.address("uri")]
    return list(dict.fromkeys(filter(None, found)))


def _pages(record: Fields) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in record.rows("additional_urls"):
        label = row.text("label").casefold()
        if label in APPLY:
            found.setdefault("apply", row.address("url"))
        elif label == STATUS_PAGE:
            found.setdefault("status", row.address("url"))
        elif label != THIS_ENTRY:
            record.notes.left.append("a further web address")
    return found


def _age(record: Fields, name: str) -> int | None:
    age = record.number(name)
    if age is None or 0 <= age <= OLDEST:
        return age
    record.notes.left.append(f"{name}: no age of a person")
    return None
