"""A resource of the starter data as a document."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any

from resources.documents import Document
from resources.models import Resource
from resources.translations import TRANSLATED_FIELDS

from . import parts
from .records import Record, Shape, one_of, rows, some_of, text, texts, whole_number, yes_no

NATIONAL = "national"
AS_OF = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2}))?(?:-(?P<day>\d{2}))?")


def area(value: Any) -> str | None:
    """`national`, or a list of state codes."""
    fits = value == NATIONAL or (isinstance(value, list) and value and texts(value) is None)
    return None if fits else 'Write "national", or the codes of the states: ["OH", "PA"].'


def counties(value: Any) -> str | None:
    """Names of counties by state code, each once."""
    fits = isinstance(value, dict) and all(
        texts(names) is None and len(set(names)) == len(names) for names in value.values()
    )
    return (
        None if fits else 'Write the counties by state, each once: {"TX": ["Maverick"]}, or null.'
    )


def dollar_table(value: Any) -> str | None:
    """A year or null, and dollars by household size."""
    fits = isinstance(value, dict) and all(
        (name == "year" or re.fullmatch(r"[1-9]\d?", name)) and whole_number(figure) is None
        for name, figure in value.items()
        if not (name == "year" and figure is None)
    )
    return (
        None
        if fits
        else 'Write {"year": 2026 or null, "1": dollars for one person, "2": …}, or null.'
    )


def as_of(value: Any) -> str | None:
    """A day, a month or a year."""
    try:
        seen_on(value)
    except (TypeError, ValueError):
        return "Write a day, a month or a year: 2026-05-17, 2026-05 or 2026, or null."
    return None


def seen_on(value: str) -> tuple[dt.date, str]:
    """The first day that "2026", "2026-05" or "2026-05-17" may mean, and its precision."""
    found = AS_OF.fullmatch(value)
    if found is None:
        raise ValueError(value)
    known = Resource.Precision.DAY if found["day"] else Resource.Precision.MONTH
    precision = known if found["month"] else Resource.Precision.YEAR
    day = dt.date(int(found["year"]), int(found["month"] or 1), int(found["day"] or 1))
    return day, precision.value


FIELDS: Mapping[str, Shape] = {
    "slug": text,
    "organisation": text,
    "part_of": text,
    "name": text,
    "summary": text,
    "needs": texts,
    "lifecycle": one_of(Resource.Lifecycle.values),
    "urgent": yes_no,
    "takes_anyone": yes_no,
    "conditions": texts,
    "conditions_note": text,
    "condition_partial": yes_no,
    "medicines": texts,
    "medicines_note": text,
    "area": area,
    "area_partial": yes_no,
    "area_note": text,
    "counties": counties,
    "insurance_rule": one_of(Resource.InsuranceRule.values),
    "insurance": texts,
    "insurance_required": yes_no,
    "income_rule": one_of(Resource.IncomeRule.values),
    "income_limit_fpl_percent": whole_number,
    "dollar_table": dollar_table,
    "income_note": text,
    "age_min": whole_number,
    "age_max": whole_number,
    "immigration_rule": one_of(Resource.ImmigrationRule.values),
    "residency_note": text,
    "treatment_note": text,
    "eligibility_notes": text,
    "award": text,
    "paid_to": one_of(Resource.PaidTo.values),
    "how_to_apply": some_of(Resource.HowToApply.values),
    "who_may_apply": some_of(Resource.Applicant.values),
    "clinic_must_apply": yes_no,
    "apply_url": text,
    "status_page_url": text,
    "url": text,
    "phones": rows({"number": text, "purpose": text, "languages": texts}, needed=["number"]),
    "documents": texts,
    "languages": texts,
    "languages_note": text,
    "windows": text,
    "renewal": text,
    "use_by": text,
    "decision_time": text,
    "fund_status": one_of(Resource.FundStatus.values),
    "fund_status_as_of": as_of,
    "year_of_facts": whole_number,
    "sources": parts.SOURCES,
}
NEEDED = ["organisation", "name", "summary", "needs", "area", "lifecycle", "fund_status", "sources"]

# Carried over as they are: words, blank where null.
WORDS = (
    "conditions_note",
    "medicines_note",
    "area_note",
    "income_note",
    "immigration_rule",
    "residency_note",
    "treatment_note",
    "eligibility_notes",
    "award",
    "paid_to",
    "apply_url",
    "status_page_url",
    "url",
    "languages_note",
    "windows",
    "renewal",
    "use_by",
    "decision_time",
)
AS_THEY_ARE = ("slug", "organisation", "part_of", "name", "summary", "lifecycle", "fund_status")
NUMBERS = ("age_min", "age_max", "year_of_facts")
YES_NO = (
    "urgent",
    "takes_anyone",
    "condition_partial",
    "area_partial",
    "insurance_required",
    "clinic_must_apply",
)
LISTS = ("how_to_apply", "documents", "languages")
TAGS = ("needs", "conditions", "medicines", "insurance")
# The file has no words about costs; it calls the other texts as the model does.
TRANSLATED = tuple(name for name in TRANSLATED_FIELDS["resource"] if name != "costs")
# The Spanish of these is a list, item by item.
TRANSLATED_LISTS = {"documents": "documents", "phones": "phone_purpose"}

# Field of the document -> what the file calls it.
CALLED = {
    "income_limit_percent": "income_limit_fpl_percent",
    "income_limit_year": "dollar_table",
    "dollar_limits": "dollar_table",
    "area_kind": "area",
    "states": "area",
    "area_parts": "counties",
    "fund_status_seen_on": "fund_status_as_of",
    "fund_status_precision": "fund_status_as_of",
}


def document(record: Record, spanish: Mapping[str, Any]) -> Document:
    """What the directory should say of a resource. `spanish` holds its texts by field."""
    return {
        **{name: record[name] for name in (*AS_THEY_ARE, *NUMBERS, "who_may_apply")},
        **{name: record[name] or "" for name in WORDS},
        **{name: bool(record[name]) for name in YES_NO},
        **{name: record[name] or [] for name in LISTS},
        **{name: sorted(record[name] or []) for name in TAGS},
        **_area(record),
        **_rules(record),
        **_sighting(record),
        "phones": [
            parts.phone(
                place,
                row["number"],
                purpose=row.get("purpose") or "",
                languages=row.get("languages"),
            )
            for place, row in enumerate(record["phones"] or [])
        ],
        "sources": parts.sources(record),
        "translations": parts.spanish_rows(_translated(record, spanish)),
    }


def _area(record: Record) -> Document:
    is_national = record["area"] == NATIONAL
    kind = Resource.AreaKind.NATIONAL if is_national else Resource.AreaKind.STATES
    named = [
        (state, county) for state, names in (record["counties"] or {}).items() for county in names
    ]
    return {
        "area_kind": kind.value,
        "states": [] if is_national else sorted(set(record["area"])),
        "area_parts": [
            {"position": place, "state": state, "county": county}
            for place, (state, county) in enumerate(named)
        ],
    }


def _rules(record: Record) -> Document:
    table = record["dollar_table"] or {}
    sizes = sorted(int(size) for size in table if size != "year")
    return {
        "insurance_rule": record["insurance_rule"] or Resource.InsuranceRule.NOT_STATED.value,
        "income_rule": record["income_rule"] or Resource.IncomeRule.NOT_STATED.value,
        "income_limit_percent": record["income_limit_fpl_percent"],
        "income_limit_year": table.get("year"),
        "dollar_limits": [{"household_size": size, "dollars": table[str(size)]} for size in sizes],
    }


def _sighting(record: Record) -> Document:
    if record["fund_status_as_of"] is None:
        return {"fund_status_seen_on": None, "fund_status_precision": ""}
    day, precision = seen_on(record["fund_status_as_of"])
    return {"fund_status_seen_on": day.isoformat(), "fund_status_precision": precision}


def _translated(record: Record, spanish: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name in TRANSLATED:
        yield name, record[name] or "", spanish.get(name) or ""
    for name, field in TRANSLATED_LISTS.items():
        for english, words in zip(
            english_list(record, name), spanish.get(name) or [], strict=False
        ):
            yield field, english, words or ""


def english_list(record: Record, name: str) -> list[str]:
    """What a list of Spanish texts translates, in order: documents, or phones' purposes."""
    if name == "phones":
        return [row.get("purpose") or "" for row in record["phones"] or []]
    return list(record[name] or [])
