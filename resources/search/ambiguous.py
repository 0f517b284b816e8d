"""What is known to be ambiguous: `data/vocabulary/ambiguous_terms.json`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from resources.search.words import fold

LISTED = Path(__file__).resolve().parent.parent / "data" / "vocabulary" / "ambiguous_terms.json"
EVERYDAY = "everyday word"


@cache
def targets() -> Mapping[str, frozenset[str]]:
    """What each listed term, folded, is known to mean: "need:copay", "state:MS"."""
    return {fold(row["term"]): frozenset(row["targets"]) for row in _rows()}


@cache
def everyday_words() -> frozenset[str]:
    """The listed terms, folded, that people write without meaning any of this: "net", "ship"."""
    return frozenset(fold(row["term"]) for row in _rows() if EVERYDAY in row["why"])


def _rows() -> Iterator[dict[str, Any]]:
    yield from json.loads(LISTED.read_text(encoding="utf-8"))
