"""Which of our terms a term of theirs is.

Our own are known by their ids. For others there is a table that a person has read: CSV with the
columns below. What the table leaves open is told, and nothing is tagged with it.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from resources.interchange.refusal import Problem, Refused
from resources.models import Condition, Insurance, Medicine, Need, Organisation, public_id_for
from resources.search.names import keys_of_names

COLUMNS = ("taxonomy", "term", "name", "kind", "ours", "times")
CATEGORY = "category"
# What a kind of term is called in a document of ours.
FIELDS = {
    Need.KIND: "needs",
    Condition.KIND: "conditions",
    Medicine.KIND: "medicines",
    Insurance.KIND: "insurance",
}
NOT_OURS = "-"


class Ours(NamedTuple):
    """A term of ours: its kind ("need", "category") and its slug."""

    kind: str
    slug: str


class Theirs(NamedTuple):
    """A term of theirs, as a record names it."""

    taxonomy: str
    id: str
    name: str


class Terms:
    """Finds our term for theirs; counts those that it does not know."""

    def __init__(self, table: Path | None = None) -> None:
        self._by_id: dict[str, Ours] = {}
        self._by_name: dict[str, list[Ours]] = {}
        known = set()
        for ours, public_id, names in _all_of_ours():
            known.add(ours)
            self._by_id[public_id] = ours
            for key in keys_of_names(names):
                self._by_name.setdefault(key, []).append(ours)
        self._table = _read(table, known) if table else {}
        self.unknown: Counter[Theirs] = Counter()

    def ours(self, theirs: Theirs) -> Ours | None:
        """The term of ours; None where there is none, or nobody has said which."""
        found = self._by_id.get(theirs.id)
        if found is not None:
            return found
        key = _key(theirs)
        if key not in self._table:
            self.unknown[theirs] += 1
        return self._table.get(key)

    def write(self, path: Path) -> None:
        """Write the table that says what is unknown, with a guess where a name is ours too.

        A person reads it, corrects the columns "kind" and "ours" ("-": none of ours) and gives it
        back. What an earlier table has said stays.
        """
        with path.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(COLUMNS)
            for (taxonomy, own), ours in self._table.items():
                said = ours or Ours("", NOT_OURS)
                rows.writerow([taxonomy, own, "", *said, ""])
            for theirs, times in self.unknown.most_common():
                rows.writerow([*theirs, *(self._guess(theirs) or ("", "")), times])

    def _guess(self, theirs: Theirs) -> Ours | None:
        found = [
            ours for key in keys_of_names([theirs.name]) for ours in self._by_name.get(key, [])
        ]
        return found[0] if len(set(found)) == 1 else None


def _all_of_ours() -> Iterator[tuple[Ours, str, Iterable[str]]]:
    models: list[Any] = [Need, Condition, Medicine, Insurance]
    for model in models:
        for row in model.objects.all():
            names = [*row.english_words, *getattr(row, "brands", [])]
            yield Ours(model.KIND, row.slug), str(row.public_id), names
    for value, label in Organisation.Category.choices:
        yield Ours(CATEGORY, value), str(public_id_for(CATEGORY, value)), [str(label)]


def _key(theirs: Theirs) -> tuple[str, str]:
    return theirs.taxonomy, theirs.id or theirs.name


def _read(path: Path, known: set[Ours]) -> dict[tuple[str, str], Ours | None]:
    """What the table says. Raises `Refused` with every line that cannot be."""
    found: dict[tuple[str, str], Ours | None] = {}
    problems: list[Problem] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        cure = f"The table cannot be read ({error}). Save it as CSV in UTF-8."
        raise Refused([Problem(path.name, "", "", cure)]) from error
    for line, row in enumerate(rows, 2):
        missing = [name for name in ("taxonomy", "term", "kind", "ours") if row.get(name) is None]
        if missing:
            cure = f"The columns must be: {', '.join(COLUMNS)}."
            problems.append(Problem(path.name, f"line {line}", missing[0], cure))
            break
        kind, slug = row["kind"].strip(), row["ours"].strip()
        key = row["taxonomy"], row["term"] or (row.get("name") or "")
        if not slug:
            continue
        ours = None if slug == NOT_OURS else Ours(kind, slug)
        if ours is not None and ours not in known:
            cure = (
                f"There is no {kind or 'term'} “{slug}”. Correct it, or write - for none of ours."
            )
            problems.append(Problem(path.name, f"line {line}", "ours", cure))
        found[key] = ours
    if problems:
        raise Refused(problems)
    return found
