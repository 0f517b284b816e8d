"""Rows of the text index as PostgreSQL reads them in binary, for very many of them.

They hold what `resources.search.text.postgresql` makes the database itself read from text, which
takes it several times as long.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from struct import pack
from typing import NamedTuple

from resources.search.text.documents import (
    COLUMNS,
    LONGEST_COLUMN,
    NOTHING,
    Piece,
    Pieces,
    Standing,
    within_column,
)

ROW = ("id", "named", "words")

# A set of columns has a bit for each; these are the ones with names in them.
NAMES, ORGANISATION, TERMS, TEXTS = (1 << number for number in range(len(COLUMNS)))

# Token -> the columns that it stands in.
Places = dict[str, int]


def row(pieces: Pieces) -> tuple[int, bytes, bytes]:
    """The columns of `ROW`: the entry's key and its two vectors."""
    standing, places = _prepared(pieces.standing), _places(pieces)
    if standing.length + sum(map(len, places)) > LONGEST_COLUMN:
        standing, places = _prepared(NOTHING), _places_within(pieces)
    named = [_lexeme(token, 0) for token, held in places.items() if held & (NAMES | ORGANISATION)]
    again = places.keys() & standing.places.keys()
    replaced = {standing.lexemes[token] for token in again}
    places |= {token: places[token] | standing.places[token] for token in again}
    lexemes = [lexeme for lexeme in standing.in_order if lexeme not in replaced]
    lexemes += map(_lexeme, places, places.values())
    return pieces.id, _vector(named), _vector(lexemes)


class _Prepared(NamedTuple):
    """What many documents have in common, as it goes into the vectors of each."""

    places: Places
    lexemes: dict[str, bytes]
    in_order: list[bytes]
    length: int


@lru_cache(maxsize=5_000)
def _prepared(standing: Standing) -> _Prepared:
    places: Places = {}
    _put(places, [standing.terms], TERMS)
    _put(places, [standing.texts], TEXTS)
    lexemes = {token: _lexeme(token, held) for token, held in places.items()}
    return _Prepared(places, lexemes, sorted(lexemes.values()), sum(map(len, places)))


def _places(pieces: Pieces) -> Places:
    """The tokens that are not standing."""
    places: Places = {}
    _put(places, pieces.names, NAMES)
    _put(places, pieces.organisation, ORGANISATION)
    _put(places, pieces.terms, TERMS)
    _put(places, pieces.texts, TEXTS)
    return places


def _places_within(pieces: Pieces) -> Places:
    """All tokens, each column cut to its length, as there may be too many."""
    places: Places = {}
    document = pieces.document()
    for number, column in enumerate(COLUMNS):
        _put(places, [tuple(document.tokens(column))], 1 << number)
    return places


def _put(places: Places, pieces: Iterable[Piece], column: int) -> None:
    for token in chain(*map(_fitting, pieces)):
        places[token] = places.get(token, 0) | column


@lru_cache(maxsize=50_000)
def _fitting(piece: Piece) -> Piece:
    return tuple(within_column(piece))


# In binary, a vector is how many lexemes, and each of them in order. A lexeme is its text, a zero,
# how many positions, and each in two bytes, the upper two bits of which are its weight: 3 for A.


def _vector(lexemes: list[bytes]) -> bytes:
    return pack("!i", len(lexemes)) + b"".join(sorted(lexemes))


@lru_cache(maxsize=100_000)
def _lexeme(token: str, columns: int) -> bytes:
    """The lexeme of a token that stands once in each of the columns."""
    numbers = [number for number in range(len(COLUMNS)) if columns & 1 << number]
    positions = [(len(COLUMNS) - 1 - number) << 14 | (number + 1) for number in numbers]
    return token.encode() + b"\0" + pack(f"!{1 + len(positions)}H", len(positions), *positions)
