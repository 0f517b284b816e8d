"""The vocabularies, from the files in `resources/data/vocabulary`: what each file wants.

`ambiguous_terms.json` lies there too: it is for understanding what people type, and is read by
the search.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.text import slugify

from resources import publishing
from resources.cycles import cycles
from resources.documents import Document
from resources.models import (
    Condition,
    Edition,
    Insurance,
    Medicine,
    Need,
    PovertyGuideline,
    State,
    Term,
)

from .loading import Wanted
from .records import Reading, Record, Shape, one_of, text, texts, yes_no

FOLDER = Path(__file__).resolve().parent.parent / "data" / "vocabulary"

TREE: Mapping[str, Shape] = {"slug": text, "name": text, "parent": text}
SPANISH: Mapping[str, Shape] = {"spanish_name": text, "spanish_synonyms": texts}

NEED: Mapping[str, Shape] = {
    **TREE,
    **SPANISH,
    "question": text,
    "spanish_question": text,
    "synonyms": texts,
    "open_eligibility": text,
}
CONDITION: Mapping[str, Shape] = {
    **TREE,
    "also_under": texts,
    "related": texts,
    "synonyms": texts,
    "spanish": texts,
    "icd10": texts,
    "checked": yes_no,
}
INSURANCE: Mapping[str, Shape] = {
    **TREE,
    **SPANISH,
    "also_under": texts,
    "synonyms": texts,
    "checked": yes_no,
}
MEDICINE: Mapping[str, Shape] = {
    "slug": text,
    "generic": text,
    "brands": texts,
    "maker": text,
    "conditions": texts,
    "generic_available": yes_no,
    "generic_kind": one_of(Medicine.GenericKind.values),
    "spanish": texts,
    "checked": yes_no,
}
STATE: Mapping[str, Shape] = {
    "code": text,
    "name": text,
    "spanish": text,
    "kind": one_of(State.Sort.values),
    "synonyms": texts,
    "fpl_table": text,
    "note": text,
    "code_is_ambiguous": yes_no,
}


class Vocabulary:
    """Every vocabulary file of a folder, read and checked against each other."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self.reading = reading = Reading(folder)
        self.needs = reading.records("needs.json", NEED, key="slug", needed=["name"])
        self.conditions = reading.records("conditions.json", CONDITION, key="slug", needed=["name"])
        self.insurance = reading.records("insurance.json", INSURANCE, key="slug", needed=["name"])
        self.medicines = reading.records("medicines.json", MEDICINE, key="slug", needed=["generic"])
        self.states = reading.records("states.json", STATE, key="code", needed=["name", "kind"])
        self.guidelines = _guidelines(reading)
        self.slugs: dict[type[Term], set[str]] = {
            Need: {need["slug"] for need in self.needs},
            Condition: {condition["slug"] for condition in self.conditions},
            Insurance: {insurance["slug"] for insurance in self.insurance},
            Medicine: {medicine["slug"] for medicine in self.medicines},
            State: {state["code"] for state in self.states},
        }
        # A record that is not well-formed is no term: what refers to it would be told twice.
        if not reading.problems:
            self._check()

    def _check(self) -> None:
        _check_tree(self.reading, "needs.json", self.needs, ["parent"])
        _check_two_levels(self.reading, self.needs)
        _check_tree(self.reading, "conditions.json", self.conditions, ["parent", "also_under"])
        _check_tree(self.reading, "insurance.json", self.insurance, ["parent", "also_under"])
        conditions = self.slugs[Condition]
        _check_references(self.reading, "conditions.json", self.conditions, "related", conditions)
        _check_references(self.reading, "medicines.json", self.medicines, "conditions", conditions)
        _check_guideline_tables(self.reading, self.states, self.guidelines)

    def wanted(self) -> list[Wanted]:
        """Every term as a document, those that others refer to first."""
        return [
            *_wanted(Need, "needs.json", self.needs, _need),
            *_wanted(Condition, "conditions.json", self.conditions, _condition),
            *_wanted(Insurance, "insurance.json", self.insurance, _insurance),
            *_wanted(Medicine, "medicines.json", self.medicines, _medicine),
            *_wanted(State, "states.json", self.states, _state),
        ]


def _wanted(
    model: type[Term], file: str, records: list[Record], document: Callable[[Record, int], Document]
) -> Iterable[Wanted]:
    called = {
        "generic": "name",
        "spanish_name": "spanish",
        "sort": "kind",
        "guideline_table": "fpl_table",
    }
    called = called if model in (Medicine, State) else {}
    for position, record in enumerate(records):
        yield Wanted(model, document(record, position), file, called=called)


def _need(record: Record, position: int) -> Document:
    return {
        **_tree_and_words(record),
        "question": record["question"] or "",
        "spanish_question": record["spanish_question"] or "",
        "open_eligibility": record["open_eligibility"] or "",
        "position": position,
    }


def _insurance(record: Record, position: int) -> Document:
    also_under = sorted(record["also_under"] or [])
    return {**_tree_and_words(record), "also_under": also_under, "position": position}


def _tree_and_words(record: Record) -> Document:
    return {
        "slug": record["slug"],
        "name": record["name"],
        "parent": record["parent"],
        "synonyms": record["synonyms"] or [],
        "spanish_name": record["spanish_name"] or "",
        "spanish_synonyms": record["spanish_synonyms"] or [],
    }


def _condition(record: Record, _position: int) -> Document:
    name, others = _first_and_others(record["spanish"])
    return {
        "slug": record["slug"],
        "name": record["name"],
        "parent": record["parent"],
        "also_under": sorted(record["also_under"] or []),
        "related": sorted(record["related"] or []),
        "synonyms": record["synonyms"] or [],
        # The English names begin with a capital, as headings do.
        "spanish_name": name[:1].upper() + name[1:],
        "spanish_synonyms": others,
        "icd10": record["icd10"] or [],
    }


def _medicine(record: Record, _position: int) -> Document:
    name, others = _first_and_others(record["spanish"])
    return {
        "slug": record["slug"],
        "name": record["generic"],
        "brands": record["brands"] or [],
        "maker": record["maker"] or "",
        "conditions": sorted(record["conditions"] or []),
        "generic_available": record["generic_available"],
        "generic_kind": record["generic_kind"] or "",
        "spanish_name": name,
        "spanish_synonyms": others,
    }


def _state(record: Record, _position: int) -> Document:
    return {
        "slug": slugify(record["name"]),
        "code": record["code"],
        "name": record["name"],
        "sort": record["kind"],
        "synonyms": record["synonyms"] or [],
        "spanish_name": record["spanish"] or "",
        "guideline_table": record["fpl_table"] or "",
        "note": record["note"] or "",
    }


def _first_and_others(spanish: list[str] | None) -> tuple[str, list[str]]:
    first, *others = spanish or [""]
    return first, others


def _check_tree(reading: Reading, file: str, records: list[Record], fields: list[str]) -> None:
    known = {record["slug"] for record in records}
    for name in fields:
        _check_references(reading, file, records, name, known)
    above = {
        record["slug"]: [slug for name in fields for slug in _listed(record[name])]
        for record in records
    }
    for loop in cycles(above):
        way = " → ".join(loop)
        cure = f"This goes round in a circle: {way}. Take one out of another's {fields[0]}."
        reading.problem(file, loop[0], fields[0], cure)


def _check_references(
    reading: Reading, file: str, records: list[Record], name: str, known: set[str]
) -> None:
    for record in records:
        for slug in _listed(record[name]):
            if slug not in known:
                cure = f"There is no record “{slug}”. Correct the slug, or add the record."
                reading.problem(file, record["slug"], name, cure)


def _listed(value: Any) -> list[str]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _check_two_levels(reading: Reading, needs: list[Record]) -> None:
    below = {need["slug"] for need in needs if need["parent"] is not None}
    for need in needs:
        if need["parent"] in below:
            cure = (
                f"“{need['parent']}” has a parent itself. Needs have two levels: name that parent."
            )
            reading.problem("needs.json", need["slug"], "parent", cure)


def _guidelines(reading: Reading) -> list[PovertyGuideline]:
    """The poverty guidelines of every year and table, unsaved."""
    file, found = "poverty_guidelines.json", []
    for year, notice in reading.mapping(file).items():
        try:
            found += [_guideline(year, notice, table) for table in notice["tables"]]
        except (KeyError, TypeError, ValueError):
            cure = "Write {effective, source, tables: {…: {first_person, each_additional}}}."
            reading.problem(file, year, "", cure)
    return found


def _guideline(year: str, notice: Mapping[str, Any], table: str) -> PovertyGuideline:
    dollars = notice["tables"][table]
    effective = parse_date(notice["effective"])
    if effective is None:
        raise ValueError("not a day")
    return PovertyGuideline(
        year=int(year),
        table=table,
        first_person=int(dollars["first_person"]),
        each_additional=int(dollars["each_additional"]),
        effective=effective,
        source=str(notice["source"]),
        verified=not notice.get("unverified", False),
    )


def _check_guideline_tables(
    reading: Reading, states: list[Record], guidelines: list[PovertyGuideline]
) -> None:
    tables = {guideline.table for guideline in guidelines}
    for state in states:
        if state["fpl_table"] is not None and state["fpl_table"] not in tables:
            known = ", ".join(sorted(tables))
            cure = f"There is no guideline table “{state['fpl_table']}”. Known are: {known}."
            reading.problem("states.json", state["code"], "fpl_table", cure)


def save_guidelines(wanted: Iterable[PovertyGuideline]) -> list[str]:
    """Save the guidelines that are not there yet; return a note on each that stands differently.

    Guidelines are not published one by one, so nobody can tell a curator's correction from an old
    file: what is there stays.
    """
    notes, added = [], 0
    there = {(row.year, row.table): row for row in PovertyGuideline.objects.all()}
    for one in wanted:
        row = there.get((one.year, one.table))
        if row is None:
            one.save()
            added += 1
        elif (row.first_person, row.each_additional) != (one.first_person, one.each_additional):
            notes.append(f"poverty guideline {row}: differs from the file; left as it is")
    if added and Edition.current():  # else nothing has been public yet
        publishing.raise_edition()
    return notes
