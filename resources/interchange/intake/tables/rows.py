"""Files into the stage: each row once, by its id, with the columns that the mapping names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from resources.interchange.intake.stage import Raw, Stage
from resources.interchange.intake.tables.language import Column, Table, TableMapping, folded
from resources.interchange.refusal import Problem, Refused
from resources.interchange.spreadsheets import cells
from resources.interchange.spreadsheets.files import Cells, Unreadable, cells_of
from resources.interchange.spreadsheets.files.bounds import MOST_BYTES
from resources.models import Origin

MOST_ROWS = 100_000
LONGEST_ID = Origin.LONGEST_IDENTIFIER


@dataclass(slots=True)
class Fetched:
    """What is known of the files besides their rows, which are in the stage.

    `unnamed` and `ignored` hold filled cells by column; `file_of` the file of each table.
    """

    file_of: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    unnamed: dict[str, dict[str, int]] = field(default_factory=dict)
    ignored: dict[str, dict[str, int]] = field(default_factory=dict)


def fetch(source: Path, mapping: TableMapping, stage: Stage) -> Fetched:
    """Put the rows of all tables into the stage.

    Raises `Refused` where a file is missing, cannot be read, or lacks a column that the mapping
    names: then it is another file than the mapping was made for, and nothing of it is taken.
    What is wrong with single rows is noted in the stage.
    """
    problems: list[Problem] = []
    fetched = Fetched()
    for table in mapping.tables.values():
        path = _path(source, table, problems)
        if path is None:
            continue
        fetched.file_of[table.name] = path.name
        try:
            _fetch_table(path, table, mapping, stage, fetched, problems)
        except Unreadable as error:
            problems.append(Problem(path.name, "", "", str(error)))
        except OSError as error:
            cure = f"The file cannot be read ({error.strerror}). Give a path that can."
            problems.append(Problem(path.name, "", "", cure))
    _tell_unnamed(mapping, fetched)
    if problems:
        raise Refused(problems)
    return fetched


def _path(source: Path, table: Table, problems: list[Problem]) -> Path | None:
    """Where a table lies: the source itself, or a file in it."""
    if source.is_file():
        if not table.file or folded(table.file) == folded(source.name):
            return source
        cure = f"The mapping speaks of {table.file} too. Give the folder in which both lie."
        problems.append(Problem(source.name, "", "", cure))
        return None
    if not source.is_dir():
        problems.append(Problem(str(source), "", "", "There is no such file or folder."))
        return None
    if not table.file:
        cure = f"The mapping does not say which file is the table “{table.name}”. Add file = …"
        problems.append(Problem(source.name, "", "", cure))
        return None
    path = source / table.file
    if not path.is_file():
        cure = f"The file is missing. Put it into {source}, or mend “file” in the mapping."
        problems.append(Problem(table.file, "", "", cure))
        return None
    return path


def _fetch_table(
    path: Path,
    table: Table,
    mapping: TableMapping,
    stage: Stage,
    fetched: Fetched,
    problems: list[Problem],
) -> None:
    if path.stat().st_size > MOST_BYTES:
        raise Unreadable(f"The file has more than {MOST_BYTES >> 20} MB. Split it.")
    named = mapping.columns_of(table)
    with ExitStack() as stack:
        file = stack.enter_context(path.open("rb"))
        rows = cells_of(file, frozenset(column.key for column in named))
        stack.callback(rows.close)  # type: ignore[attr-defined]
        heading = next(rows, None)
        if heading is None or not any(heading.texts):
            raise Unreadable("The file is empty. Its first row has to name the columns.")
        fetched.notes += [f"{path.name}: {note}" for note in heading.notes]
        names = [" ".join(text.strip("\ufeff").split()) for text in heading.texts]
        places = _places(path.name, names, named, mapping, problems)
        if len(places) < len(named):
            return
        ignored = {column.key for column in table.ignore}
        filled: Counter[str] = Counter()
        for row in _numbered(rows):
            body = _body(row, places, mapping.source.blank)
            filled.update(
                names[at]
                for at, text in enumerate(row.texts[: len(names)])
                if text.strip()
                and (folded(names[at]) not in places or folded(names[at]) in ignored)
            )
            _put(path.name, table, row, body, len(names), places, stage)
        unnamed = [name for name in names if name and folded(name) not in places]
        fetched.unnamed[table.name] = {name: filled[name] for name in unnamed}
        fetched.ignored[table.name] = {
            name: filled[name] for name in names if folded(name) in ignored
        }


def _tell_unnamed(mapping: TableMapping, fetched: Fetched) -> None:
    """A file of two tables: what one of them names is named."""
    for one in mapping.tables.values():
        file = fetched.file_of.get(one.name)
        keys = {
            column.key
            for other in mapping.tables.values()
            if fetched.file_of.get(other.name) == file
            for column in mapping.columns_of(other)
        }
        unnamed = fetched.unnamed.get(one.name, {})
        fetched.unnamed[one.name] = {
            name: filled for name, filled in unnamed.items() if folded(name) not in keys
        }


def _places(
    file: str,
    names: list[str],
    named: list[Column],
    mapping: TableMapping,
    problems: list[Problem],
) -> dict[str, int]:
    """Where each column stands that the mapping names; problems where one does not, or twice."""
    found = [folded(name) for name in names]
    places: dict[str, int] = {}
    for column in named:
        match found.count(column.key):
            case 1:
                places[column.key] = found.index(column.key)
            case 0:
                cure = (
                    f"The first row has no such column, which {mapping.file} names. "
                    f"It has: {', '.join(filter(None, names))}. Mend the mapping or the file."
                )
                problems.append(Problem(file, "row 1", str(column), cure))
            case _:
                cure = "The first row has this column twice. Give one of them another name."
                problems.append(Problem(file, "row 1", str(column), cure))
    return places


def _numbered(rows: Iterator[Cells]) -> Iterator[Cells]:
    """The rows that say something, so many at most."""
    read = 0
    for row in rows:
        if not any(text.strip() for text in row.texts) and not row.troubles:
            continue
        read += 1
        if read > MOST_ROWS:
            raise Unreadable(f"The file has more than {MOST_ROWS:,} rows. Split it.")
        yield row


def _body(row: Cells, places: dict[str, int], blank: frozenset[str]) -> dict[str, str]:
    texts = {
        key: cells.whole(cells.tidy(row.texts[at])).strip() if at < len(row.texts) else ""
        for key, at in places.items()
    }
    return {key: "" if folded(text) in blank else text for key, text in texts.items()}


def _put(
    file: str,
    table: Table,
    row: Cells,
    body: dict[str, str],
    width: int,
    places: dict[str, int],
    stage: Stage,
) -> None:
    """Put a row into the stage, or note why not."""
    parts = [" ".join(body[column.key].split()) for column in table.id]
    identifier = " / ".join(parts) if all(parts) else ""
    raw = Raw(table.name, identifier, body, file, f"row {row.number}")
    name_of = {at: key for key, at in places.items()}
    wrong = [(name_of[at], told) for at, told in row.troubles.items() if at in name_of]
    for key, text in body.items():
        if len(text) > cells.LONGEST_CELL:
            told = (
                f"It has {len(text):,} characters; {cells.LONGEST_CELL:,} are the most. Shorten it."
            )
            wrong.append((key, told))
    if any(text.strip() for text in row.texts[width:]):
        told = (
            "The row has more cells than the first row has names. Put texts with commas in quotes."
        )
        wrong.append(("", told))
    if not identifier:
        named = ", ".join(map(str, table.id))
        wrong.append((named, "This row has no id, by which it would be known again. Give it one."))
    elif len(identifier) > LONGEST_ID:
        wrong.append(
            (
                str(table.id[0]),
                f"An id has at most {LONGEST_ID} characters. Shorten it.",
            )
        )
        identifier = ""
    for field_name, cure in wrong:
        record = " ".join(filter(None, [table.name, identifier, f"(row {row.number})"]))
        stage.refuse(Problem(file, record, field_name, cure))
    if not wrong:
        stage.put(raw, is_whole=not table.repeats)
