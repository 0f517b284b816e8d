"""What goes into the text index and what comes out of it, the same for every database."""

from __future__ import annotations

from dataclasses import dataclass, field

# Where a word stands decides how much it counts: names, organisation, terms, texts.
COLUMNS = ("names", "organisation", "terms", "texts")
WEIGHTS = (10.0, 6.0, 3.0, 1.0)

# An entry's row in the index: its primary key and its kind in one number.
KINDS = ("resource", "organisation")


@dataclass(frozen=True, slots=True)
class TextDocument:
    """The tokens that an entry is found by, column by column."""

    kind: str
    id: int
    names: list[str]
    organisation: list[str]
    terms: list[str]
    texts: list[str]

    @property
    def row(self) -> int:
        """Its number in the index."""
        return row_of(self.kind, self.id)

    def keys(self, column: str) -> list[str]:
        """The tokens of a column as the databases get them, each once."""
        return list(dict.fromkeys(map(key, getattr(self, column))))


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


def row_of(kind: str, pk: int) -> int:
    """The number in the index of an entry of this kind."""
    return pk * len(KINDS) + KINDS.index(kind)


def key(token: str) -> str:
    """A token in ASCII letters and digits, so that no database has an opinion of its own about it."""
    return (
        token if token.isascii() and token.isalnum() else f"u{token.encode(errors='replace').hex()}"
    )
