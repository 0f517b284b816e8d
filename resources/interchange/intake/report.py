"""What became of each record that was taken in."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from resources.interchange.refusal import Problem
from resources.interchange.spreadsheets.cells import harmless

# So many of each kind are named on a terminal; a report in a file has them all.
NAMED = 20


@dataclass(slots=True)
class Report:
    """Labels of records by what became of them, and how often something was guessed or left."""

    new: list[str] = field(default_factory=list)
    drafts: int = 0  # of the new ones
    changed: list[str] = field(default_factory=list)
    proposed: list[str] = field(default_factory=list)
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)  # ours differs, and stays: why is said
    gone: list[str] = field(default_factory=list)  # taken once, no longer at the source
    refused: list[Problem] = field(default_factory=list)
    guessed: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    unknown_terms: Counter[str] = field(default_factory=Counter)

    def sentences(self, *, preview: bool) -> list[str]:
        """What happened, or would happen, in lines for a terminal."""
        lines = [
            f"{len(self.new)} new, {len(self.changed)} changed, {len(self.proposed)} proposed,"
            f" {self.unchanged} as before, {len(self.kept)} left as they are here,"
            f" {len(self.refused)} refused."
        ]
        if preview:
            lines.insert(0, "This is a preview. Nothing was saved.")
        drafts = f", {self.drafts} of them drafts until somebody publishes them"
        lines += _some("New", self.new, drafts if self.drafts else "")
        lines += _some("Changed: written into entries that nobody here has touched", self.changed)
        lines += _some("Proposed: a publisher decides", self.proposed)
        lines += _some("Left as they are here", self.kept)
        lines += _some("No longer at the source; nothing was taken away", self.gone)
        lines += _some("Refused", list(map(str, self.refused)))
        lines += _counted("Guessed, look at these", self.guessed)
        lines += _counted("Left out, no place for it", self.left)
        lines += _counted("Terms that the table does not know", self.unknown_terms)
        return lines

    def write(self, file: IO[str]) -> None:
        """All of it as CSV: what became of it, and which record or what it is about."""
        rows = csv.writer(file)
        rows.writerow(["outcome", "what", "times"])
        rows.writerows((*map(harmless, row), times) for *row, times in self._rows())

    def _rows(self) -> Iterator[tuple[str, str, int]]:
        for outcome in ("new", "changed", "proposed", "kept", "gone"):
            yield from ((outcome, label, 1) for label in getattr(self, outcome))
        yield from (("refused", str(problem), 1) for problem in self.refused)
        for outcome in ("guessed", "left", "unknown_terms"):
            counted = getattr(self, outcome).most_common()
            yield from ((outcome, what, times) for what, times in counted)


def _some(heading: str, labels: list[str], about: str = "") -> list[str]:
    if not labels:
        return []
    rest = len(labels) - NAMED
    more = [f"  … and {rest} more (--report FILE writes them all)"] if rest > 0 else []
    return [
        f"{heading} ({len(labels)}{about}):",
        *(f"  {label}" for label in labels[:NAMED]),
        *more,
    ]


def _counted(heading: str, counts: Counter[str]) -> list[str]:
    if not counts:
        return []
    rest = len(counts) - NAMED
    more = [f"  … and {rest} more kinds (--report FILE writes them all)"] if rest > 0 else []
    found = [f"  {times} × {what}" for what, times in counts.most_common(NAMED)]
    return [f"{heading} ({sum(counts.values())}):", *found, *more]
