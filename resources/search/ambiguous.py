"""What is known to be ambiguous: `data/vocabulary/ambiguous_terms.json`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from resources.search.stop_words import STOP_WORDS
from resources.search.words import fold, typed_words

LISTED = Path(__file__).resolve().parent.parent / "data" / "vocabulary" / "ambiguous_terms.json"
EVERYDAY = "everyday word"


@cache
def targets() -> Mapping[str, frozenset[str]]:
    """What each listed term is known to mean: `plain` term -> "need:copay", "state:MS"."""
    return {plain(row["term"]): frozenset(row["targets"]) for row in _rows()}


def plain(term: str) -> str:
    """The folded parts of a term: "cll sll" for "CLL/SLL"."""
    return " ".join(part for _word, parts in typed_words(term) for part in parts)


@cache
def everyday_words() -> frozenset[str]:
    """The listed terms, folded, that people write without meaning any of this: "net", "ship"."""
    return frozenset(fold(row["term"]) for row in _rows() if EVERYDAY in row["why"])


def is_everyday(word: str) -> bool:
    """Whether people write this folded word without meaning any term or name by it."""
    return word in STOP_WORDS or word in everyday_words()


def _rows() -> Iterator[dict[str, Any]]:
    yield from json.loads(LISTED.read_text(encoding="utf-8"))
