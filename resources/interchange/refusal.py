"""Why a file was not loaded: every problem with its place and its cure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: where it stands (file, record, field) and what to do about it.

    `record` and `field` are empty where the problem is the file's or the record's as a whole.
    """

    file: str
    record: str
    field: str
    cure: str

    def __str__(self) -> str:
        return ": ".join(filter(None, [self.file, self.record, self.field, self.cure]))


class Refused(Exception):
    """A file, or a set of files, that cannot be loaded. Nothing of it was saved."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(map(str, self.problems)))
