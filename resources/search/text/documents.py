"""What goes into the text index and what comes out of it, the same for every database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TypeAlias

from resources.search.words import LONGEST_TOKEN, SPANISH, Word

# Where a word stands decides how much it counts: names, organisation, terms, texts.
COLUMNS = ("names", "organisation", "terms", "texts")
WEIGHTS = (10.0, 6.0, 3.0, 1.0)

# Each kind has a table of its own, so that a few organisations are found without passing by all
# the resources that have the same words.
TABLES = {"resource": "search_text_resource", "organisation": "search_text_organisation"}

# No entry comes near it; a tsvector ends at a mebibyte.
LONGEST_COLUMN = 30_000

# A word's groups of tokens, any one of which counts as the word.
Clause = list[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class TextDocument:
    """The tokens that an entry is found by, column by column."""

    kind: str
    id: int
    names: Sequence[str]
    organisation: Sequence[str]
    terms: Sequence[str]
    texts: Sequence[str]

    def tokens(self, column: str) -> list[str]:
        """The tokens of a column as the databases get them: each once, letters and digits only."""
        return within_column(getattr(self, column))


# The tokens of one text, name or term.
Piece: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """What many documents have in common: tokens of their terms, and of their texts."""

    terms: Piece = ()
    texts: Piece = ()


NOTHING = Standing()


@dataclass(frozen=True, slots=True)
class Pieces:
    """A document still in pieces, for whoever makes very many.

    What a database makes of a piece, or of what is standing, it can keep for the next document.
    """

    kind: str
    id: int
    names: Sequence[Piece]
    organisation: Sequence[Piece]
    terms: Sequence[Piece]
    texts: Sequence[Piece]
    standing: Standing = NOTHING

    def document(self) -> TextDocument:
        """The document that they make."""
        return TextDocument(
            self.kind,
            self.id,
            names=list(chain(*self.names)),
            organisation=list(chain(*self.organisation)),
            terms=list(chain(self.standing.terms, *self.terms)),
            texts=list(chain(self.standing.texts, *self.texts)),
        )


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that was found. Higher ranks are better; `named`: all words are in its names."""

    id: int
    rank: float
    named: bool = False


@dataclass(frozen=True, slots=True)
class Matches:
    """What was found; `capped` where there is more than was ranked."""

    hits: list[Match] = field(default_factory=list)
    capped: bool = False


def clauses(words: Iterable[Word]) -> list[Clause]:
    """What has to be there for each word, fit to be written into a query.

    Only groups of letters and digits are left, whatever a word was made from: no token can be read
    as an operator or be more than a database takes. A clause without a group can never be met.
    """
    return [
        [group for group in word.alternatives if group and all(map(_fits, group))] for word in words
    ]


def any_of(words: Iterable[Word]) -> Word:
    """A word that is there where any of these is."""
    return Word("", tuple(group for word in words for group in word.alternatives))


def _fits(token: str) -> bool:
    """Whether a token can be one of `resources.search.words`."""
    return token.isalnum() and len(token) <= len(SPANISH) + LONGEST_TOKEN


def within_column(tokens: Iterable[str]) -> list[str]:
    """Those of the tokens that fit, each once, while they are not too long in all."""
    return list(_within(LONGEST_COLUMN, filter(_fits, tokens)))


def _within(longest: int, tokens: Iterable[str]) -> Iterator[str]:
    for token in dict.fromkeys(tokens):
        longest -= len(token)
        if longest < 0:
            return
        yield token
