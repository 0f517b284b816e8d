"""What became of each cell, counted by column: understood, guessed, kept in words, or left."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from resources.interchange.intake.tables.language import Column

SHOWN = 60  # characters of a cell that a sentence quotes


class Outcome(IntEnum):
    """What became of a cell. Of several, the greatest counts."""

    LEFT = 0
    IN_WORDS = 1
    UNDERSTOOD = 2
    GUESSED = 3


@dataclass(slots=True)
class Notes:
    """What is to be told of one record, and what became of the cells that it was made from."""

    guessed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    outcomes: dict[Column, Outcome] = field(default_factory=dict)

    def mark(self, columns: Iterable[Column], outcome: Outcome) -> None:
        """Note what became of these cells."""
        for column in columns:
            self.outcomes[column] = max(outcome, self.outcomes.get(column, Outcome.LEFT))

    def guess(self, columns: Iterable[Column], why: str) -> None:
        """Note that something was read into these cells."""
        named = list(columns)
        self.mark(named, Outcome.GUESSED)
        _add(self.guessed, _sentence(named, why))

    def leave(self, columns: Iterable[Column], text: str, why: str) -> None:
        """Note that something in these cells has no place with us."""
        named = list(columns)
        self.mark(named, Outcome.LEFT)
        _add(self.left, _sentence(named, f"“{shown(text)}” {why}"))


def shown(text: str) -> str:
    """The beginning of a text, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN]}…"


def _sentence(columns: list[Column], why: str) -> str:
    named = ", ".join(map(str, columns))
    return f"{named}: {why}" if named else why


def _add(sentences: list[str], sentence: str) -> None:
    if sentence not in sentences:
        sentences.append(sentence)


@dataclass(slots=True)
class Tally:
    """The count over all records, by file and column; and what the mapping does not name."""

    counts: defaultdict[tuple[str, str], Counter[Outcome]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    # Columns by file, with the number of filled cells.
    ignored: dict[str, dict[str, int]] = field(default_factory=dict)
    unnamed: dict[str, dict[str, int]] = field(default_factory=dict)
    _joined: defaultdict[tuple[str, str], dict[str, Outcome]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    def add(self, file: str, outcomes: Mapping[str, Outcome]) -> None:
        """Count the cells of a row that is read once."""
        for column, outcome in outcomes.items():
            self.counts[file, column][outcome] += 1

    def add_joined(self, file: str, row: str, outcomes: Mapping[str, Outcome]) -> None:
        """Count the cells of a row that several others may look up: once, as the greatest."""
        kept = self._joined[file, row]
        for column, outcome in outcomes.items():
            if column in kept:
                if outcome <= kept[column]:
                    continue
                self.counts[file, column][kept[column]] -= 1
            kept[column] = outcome
            self.counts[file, column][outcome] += 1

    def of(self, file: str, column: str) -> tuple[int, int, int, int]:
        """How many cells were understood, guessed, kept in words, left."""
        count = self.counts[file, column]
        order = (Outcome.UNDERSTOOD, Outcome.GUESSED, Outcome.IN_WORDS, Outcome.LEFT)
        understood, guessed, words, left = (count[outcome] for outcome in order)
        return understood, guessed, words, left

    def rows(self) -> Iterator[tuple[str, str, int]]:
        """For a report: what became of them, the file and column, how many cells."""
        for (file, column), count in self.counts.items():
            for outcome, times in sorted(count.items(), reverse=True):
                if times:
                    told = outcome.name.lower().replace("_", " ")
                    yield f"cells {told}", f"{file}: {column}", times
        for told, files in (("cells ignored", self.ignored), ("cells not named", self.unnamed)):
            for file, columns in files.items():
                yield from ((told, f"{file}: {name}", times) for name, times in columns.items())

    def sentences(self) -> Iterator[str]:
        """The count in lines for a terminal."""
        files = dict.fromkeys([*(file for file, _ in self.counts), *self.unnamed, *self.ignored])
        for file in files:
            yield f"{file}: filled cells understood, guessed, in words, left, by column"
            for column in [name for of, name in self.counts if of == file]:
                figures = "".join(f"{figure:7}" for figure in self.of(file, column))
                yield f"{figures}  {column}"
            yield from _listed("Left out on purpose (filled cells)", self.ignored.get(file, {}))
            yield from _listed("The mapping does not name", self.unnamed.get(file, {}))


def _listed(heading: str, columns: Mapping[str, int]) -> Iterator[str]:
    if columns:
        named = ", ".join(f"{column} ({filled})" for column, filled in columns.items())
        yield f"  {heading}: {named}"
