"""What is suggested, whatever it was found in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from django.utils.functional import Promise
from rapidfuzz.distance import DamerauLevenshtein

from resources.search.stop_words import STOP_WORDS
from resources.search.words import Typed, english_stem, joined, typed_words

# Fewer letters say too little.
SHORTEST = 2

# Stands behind every other character, and so behind all that begins with what stands before it.
LAST = "\U0010ffff"

# From so many letters on, words that are one slip apart say the same: "leukemia", "lukemia".
SHORTEST_SLIP = 5


class Fit(IntEnum):
    """What was typed is a whole name, is how one begins, or stands within one; best first."""

    WHOLE = 0
    BEGINS = 1
    WITHIN = 2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A term or an organisation: its name, in `note` what else there is to say, and its kind.

    A term is the `value` of a facet, whose parameter in addresses is `parameter`; it is called
    `term` in full, and completes the words that were typed after those `before` it. An organisation
    has a page, `url`.
    """

    fit: Fit
    name: str
    note: str
    kind: str | Promise
    term: str = ""
    before: str = ""
    parameter: str = ""
    value: str = ""
    url: str = ""


def length(typed: Iterable[Typed]) -> int:
    """How many letters were typed."""
    return sum(len(part) for _word, parts in typed for part in parts)


def says_more(name: str, than: str) -> bool:
    """Whether a name has a word that the other has not, but for words that say little."""
    known = {form for _word, parts in typed_words(than) for form in (*parts, _whole(parts))}
    return not all(
        _is_among(_whole(parts), known)
        or all(part in STOP_WORDS or _is_among(part, known) for part in parts)
        for _word, parts in typed_words(name)
    )


def _whole(parts: list[str]) -> str:
    return joined(parts) or parts[0]


def _is_among(word: str, known: Iterable[str]) -> bool:
    """Whether this word is one of those, in singular or plural or a slip apart."""
    return any(english_stem(word) == english_stem(one) or _is_slip(word, one) for one in known)


def _is_slip(word: str, other: str) -> bool:
    is_long = min(len(word), len(other)) >= SHORTEST_SLIP
    return is_long and DamerauLevenshtein.distance(word, other, score_cutoff=1) <= 1
