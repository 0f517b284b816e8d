"""Small files to load: one valid record of each kind, to be changed in one way by a test."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from resources.interchange import starter
from resources.interchange.loading import Report
from resources.interchange.refusal import Refused

Record = dict[str, Any]

NEEDS: list[Record] = [
    {"slug": "travel", "name": "Getting to treatment", "parent": None},
    {"slug": "rides", "name": "Rides", "parent": "travel", "question": "Who can drive me?"},
]
CONDITIONS: list[Record] = [
    {"slug": "any-cancer", "name": "Any cancer", "spanish": ["cualquier cáncer", "cáncer"]},
    {"slug": "leukemia", "name": "Leukemia", "parent": "any-cancer"},
]
INSURANCE: list[Record] = [{"slug": "medicare", "name": "Medicare"}]
MEDICINES: list[Record] = [
    {"slug": "imatinib", "generic": "imatinib", "brands": ["Gleevec"], "conditions": ["leukemia"]}
]
STATES: list[Record] = [
    {"code": "OH", "name": "Ohio", "kind": "state", "fpl_table": "48+DC"},
    {"code": "PR", "name": "Puerto Rico", "kind": "territory", "fpl_table": None},
]
GUIDELINES: Record = {
    "2026": {
        "effective": "2026-01-13",
        "source": "91 FR 1797",
        "tables": {"48+DC": {"first_person": 15960, "each_additional": 5680}},
    }
}
SOURCES = [{"url": "https://example.org/about", "page_date": "2024", "says": "what they do"}]


def organisation(**changes: Any) -> Record:
    """A record of organisations.json."""
    record: Record = {
        "slug": "road-house",
        "name": "Road House",
        "category": "cancer_society",
        "status": "active",
        "phone": "614-555-0100",
        "sources": SOURCES,
    }
    return {**record, **changes}


def resource(**changes: Any) -> Record:
    """A record of resources.json."""
    record: Record = {
        "slug": "road-house-rides",
        "organisation": "road-house",
        "name": "Rides",
        "summary": "Drives you to treatment.",
        "needs": ["rides"],
        "area": "national",
        "lifecycle": "running",
        "fund_status": "not_applicable",
        "sources": SOURCES,
    }
    return {**record, **changes}


def write(folder: Path, **files: Any) -> Path:
    """Write a whole set of files; `needs=[…]` and the like take the place of the usual ones."""
    usual = {
        "needs": NEEDS,
        "conditions": CONDITIONS,
        "insurance": INSURANCE,
        "medicines": MEDICINES,
        "states": STATES,
        "poverty_guidelines": GUIDELINES,
        "organisations": [organisation()],
        "resources": [resource()],
        "spanish": {},
    }
    for name, content in {**usual, **files}.items():
        raw = content if isinstance(content, str) else json.dumps(content)
        (folder / f"{name}.json").write_text(raw, encoding="utf-8")
    return folder


def load(folder: Path, **files: Any) -> Report:
    """Write the files and load them."""
    write(folder, **files)
    return starter.load(folder, folder)


def refusal(folder: Path, **files: Any) -> list[str]:
    """Write the files, expect them to be refused, and return what is said about each problem."""
    try:
        load(folder, **files)
    except Refused as refused:
        return [str(problem) for problem in refused.problems]
    raise AssertionError("The files were loaded.")
