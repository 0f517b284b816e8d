"""Files of records: a JSON list of objects, each field of a declared shape.

Reading goes on past a problem, so that one look at the report is enough to mend a whole file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from .refusal import Problem

Record: TypeAlias = dict[str, Any]
# What a value has to look like: the cure where it does not, None where it does.
Shape: TypeAlias = Callable[[Any], str | None]


class Reading:
    """The reading of a folder of files: what they hold, and every problem on the way."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []

    def problem(self, file: str, record: str, field: str, cure: str) -> None:
        """Note that this field of this record of this file has to be mended."""
        self.problems.append(Problem(file, record, field, cure))

    def json(self, file: str) -> Any:
        """What the JSON file holds; None, and a problem noted, where it cannot be read."""
        try:
            return json.loads((self.folder / file).read_text(encoding="utf-8"))
        except FileNotFoundError:
            self.problem(file, "", "", f"The file is missing. Put it into {self.folder}.")
        except UnicodeDecodeError:
            self.problem(file, "", "", "The file is not UTF-8. Save it as UTF-8.")
        except json.JSONDecodeError as error:
            self.problem(file, f"line {error.lineno}", "", f"This is not JSON: {error.msg}.")
        return None

    def mapping(self, file: str) -> dict[str, Any]:
        """The JSON object that the file holds; empty, and a problem noted, where it holds none."""
        found = self.json(file)
        if found is not None and not isinstance(found, dict):
            self.problem(file, "", "", "The file must hold one object: { … }.")
        return found if isinstance(found, dict) else {}

    def records(
        self, file: str, shapes: Mapping[str, Shape], *, key: str, needed: Iterable[str]
    ) -> list[Record]:
        """The well-formed records of a file, a field left out being null; the others are problems.

        `key` is the field that names a record, once a file; `needed` must be there and not empty.
        """
        found = self.json(file)
        if found is None:
            return []
        if not isinstance(found, list):
            self.problem(file, "", "", "The file must hold a list of records: [ { … }, … ].")
            return []
        self._refuse_twins(file, found, key)
        return [
            {**dict.fromkeys(shapes), **record}
            for place, record in enumerate(found, 1)
            if self._is_well_formed(file, place, record, shapes, [key, *needed], key)
        ]

    def _refuse_twins(self, file: str, found: list[Any], key: str) -> None:
        seen: set[str] = set()
        for record in found:
            name = record.get(key) if isinstance(record, dict) else None
            if not isinstance(name, str):
                continue
            if name in seen:
                self.problem(file, name, key, "Another record has this already. Keep one of them.")
            seen.add(name)

    def _is_well_formed(
        self,
        file: str,
        place: int,
        record: Any,
        shapes: Mapping[str, Shape],
        needed: list[str],
        key: str,
    ) -> bool:
        if not isinstance(record, dict):
            self.problem(file, f"record {place}", "", "A record must be an object: { … }.")
            return False
        name = record.get(key)
        name = name if isinstance(name, str) and name else f"record {place}"
        cures = list(_cures(record, shapes, needed))
        for field, cure in cures:
            self.problem(file, name, field, cure)
        return not cures


def _cures(
    record: Record, shapes: Mapping[str, Shape], needed: list[str]
) -> Iterable[tuple[str, str]]:
    for field in needed:
        if record.get(field) in (None, "", []):
            yield field, "This is missing. Every record needs it."
    for field, value in record.items():
        if field not in shapes:
            yield field, f"There is no such field. Known are: {', '.join(shapes)}."
        elif value is not None and (cure := shapes[field](value)) is not None:
            yield field, cure


def text(value: Any) -> str | None:
    """Words."""
    return None if isinstance(value, str) and value.strip() else "Write words in quotes, or null."


def texts(value: Any) -> str | None:
    """A list of words or phrases."""
    fits = isinstance(value, list) and all(text(item) is None for item in value)
    return None if fits else 'Write a list of words in quotes: ["…", "…"], or [].'


def whole_number(value: Any) -> str | None:
    """A whole number from nought up."""
    fits = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return None if fits else "Write a whole number, or null."


def yes_no(value: Any) -> str | None:
    """True or false."""
    return None if isinstance(value, bool) else "Write true or false."


def one_of(choices: Iterable[str]) -> Shape:
    """One word of a closed list."""
    known = list(choices)
    return lambda value: None if value in known else f"“{value}” is not one of: {', '.join(known)}."


def some_of(choices: Iterable[str]) -> Shape:
    """A list of words of a closed list."""
    known = list(choices)

    def shape(value: Any) -> str | None:
        odd = [item for item in value if item not in known] if isinstance(value, list) else [value]
        return f"“{odd[0]}” is not one of: {', '.join(known)}." if odd else None

    return shape


def rows(shapes: Mapping[str, Shape], *, needed: Iterable[str]) -> Shape:
    """A list of small records."""
    required = list(needed)

    def shape(value: Any) -> str | None:
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            return "Write a list of objects: [ { … }, … ], or []."
        cures = (
            f"{place}: {field}: {cure}"
            for place, row in enumerate(value, 1)
            for field, cure in _cures(row, shapes, required)
        )
        return next(iter(cures), None)

    return shape
