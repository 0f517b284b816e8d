"""Fetch from a file, a folder or a zip: records as JSON, a line each, or as tables of HSDS."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, TextIO

from resources.interchange.intake.progress import Progress
from resources.interchange.intake.sources import building, csv_files
from resources.interchange.intake.sources.building import Found, Outline, Root
from resources.interchange.intake.sources.circles import circles
from resources.interchange.intake.sources.entities import (
    OWNERS,
    PASSED_OVER,
    WHOLE,
    entity_called,
    entity_of,
)
from resources.interchange.intake.sources.letters import BROKEN, Letters
from resources.interchange.intake.sources.members import Member, members_of
from resources.interchange.intake.sources.placing import Placing
from resources.interchange.intake.sources.tables import Row, Tables
from resources.interchange.intake.sources.values import Unfit, parsed
from resources.interchange.intake.stage import Stage
from resources.interchange.refusal import Problem, Refused

JSON, LINES, TABLE = frozenset({".json"}), frozenset({".ndjson", ".jsonl"}), frozenset({".csv"})
DESCRIPTION = "datapackage.json"
MOST_OF_DESCRIPTION = 10 * 2**20  # bytes
CONTENTS = "contents"  # the list of a page of an API
PARTS = frozenset({*OWNERS, "attribute", "unit"})


@dataclass(slots=True)
class Reading:
    """What is read, and where it goes: into the stage, or aside to be put together first."""

    stage: Stage
    show: TextIO | None
    tables: Tables
    placing: Placing
    passed_over: list[str] = field(default_factory=list)

    @contextmanager
    def letters(self, member: Member, tell: Callable[[int], None]) -> Iterator[Letters]:
        """A member, opened. Raises `Refused`."""
        try:
            file = member.open()
        except BROKEN as error:
            cure = f"It cannot be read ({error}). Fetch it again."
            raise Refused([Problem(member.name, "", "", cure)]) from None
        with file:
            yield Letters(file, member.name, tell)

    def progress(self, members: list[Member], what: str) -> Progress:
        """A line about bytes of these members."""
        sizes = [member.size for member in members]
        total = None if None in sizes else sum(size or 0 for size in sizes)
        return Progress(total, f"bytes {what}", self.show)


def bring_in_files(
    path: Path, stage: Stage, show: TextIO | None
) -> tuple[Counter[str], tuple[str, ...]]:
    """Put what a path holds into the stage; what was left of which entity, what was passed over.

    Raises `Refused` where something cannot be read at all.
    """
    with ExitStack() as opened:
        members = opened.enter_context(members_of(path))
        tables, waiting = (opened.enter_context(Tables()) for _of in range(2))
        reading = Reading(stage, show, tables, Placing(stage, waiting))
        sheets = _sheets(reading, members)
        if sheets:
            _read_sheets(reading, sheets)
        else:
            _read_documents(reading, members, path.name)
        if tables.count:
            _put_together(reading)
        reading.placing.settle()
        for problem in list(circles(stage, reading.placing.parents)):
            stage.refuse(problem)
        return reading.placing.left, tuple(reading.passed_over)


def _sheets(reading: Reading, members: list[Member]) -> list[tuple[Member, str]]:
    """The tables of HSDS among them, each with what it holds."""
    entities: dict[str, str] = {}
    for member in members:
        if PurePosixPath(member.name).name.lower() == DESCRIPTION:
            entities |= _described(reading, member)
    found = []
    for member in members:
        name = PurePosixPath(member.name).name.lower()
        if member.ending in TABLE and (entity := entities.get(name) or entity_called(member.stem)):
            found.append((member, entity))
    if found:
        read = {member.name for member, _entity in found}
        reading.passed_over += [member.name for member in members if member.name not in read]
    return found


def _described(reading: Reading, member: Member) -> dict[str, str]:
    """What the files of a data package hold, as it describes itself; nothing where it does not."""
    with reading.letters(member, lambda count: None) as letters:
        text = bytearray()
        for piece in letters.pieces():
            text += piece
            if len(text) > MOST_OF_DESCRIPTION:
                letters.refuse("It is too large for a description of tables. Leave it out.")
    found = {}
    try:
        for one in parsed(text.decode())["resources"]:
            if entity := entity_called(one["name"]):
                found[PurePosixPath(one["path"]).name.lower()] = entity
    except (Unfit, LookupError, TypeError, AttributeError):
        cure = "It does not describe tables as a data package does. They were read by their names."
        reading.stage.refuse(Problem(member.name, "", "resources", cure))
    return found


def _read_sheets(reading: Reading, sheets: list[tuple[Member, str]]) -> None:
    progress = reading.progress([member for member, _entity in sheets], "read")
    for member, entity in sheets:
        with reading.letters(member, progress.advance) as letters:
            for place, record in csv_files.rows(letters):
                if entity in PASSED_OVER:
                    reading.placing.left[entity] += 1
                elif isinstance(record, Unfit):
                    reading.placing.refuse(Row(entity, {}, member.name, place), record)
                else:
                    reading.tables.add(Row(entity, record, member.name, place))
    progress.done()


def _read_documents(reading: Reading, members: list[Member], name: str) -> None:
    documents = _documents(reading, members)
    if not documents:
        cure = (
            "There is nothing of HSDS in it: no JSON, no NDJSON, no tables such as services.csv "
            "and organizations.csv."
        )
        raise Refused([Problem(name, "", "", cure)])
    names = [name for member, outline in documents for name in _names(member, outline)]
    entities = {entity_called(name) or name for name in names}
    reading.placing.has_services = "service" in entities
    put = reading.placing.put if PARTS.isdisjoint(entities) else reading.tables.add
    progress = reading.progress([member for member, _outline in documents], "read")
    for member, outline in sorted(documents, key=lambda document: _turn(document[0])):
        with reading.letters(member, progress.advance) as letters:
            for found in _found(letters, outline):
                _take(reading, member, found, put)
    progress.done()


def _documents(reading: Reading, members: list[Member]) -> list[tuple[Member, Outline | None]]:
    """The documents of JSON with what is in them; those of a record a line without."""
    progress = reading.progress(members, "looked through")
    found: list[tuple[Member, Outline | None]] = []
    for member in members:
        kind = _kind(reading, member, is_alone=len(members) == 1)
        if kind is LINES:
            found.append((member, None))
        elif kind is JSON:
            with reading.letters(member, progress.advance) as letters:
                outline = building.outline(letters)
            if outline.root is Root.LISTS and not _lists(outline):
                if len(members) == 1:
                    cure = "There is no list of HSDS in it, such as “services” or “contents”."
                    raise Refused([Problem(member.name, "", "", cure)])
                reading.passed_over.append(member.name)
                continue
            unknown = outline.lists if outline.root is Root.LISTS else ()
            reading.passed_over += [
                f"{member.name}: {name}" for name in unknown if name not in _lists(outline)
            ]
            found.append((member, outline))
        else:
            reading.passed_over.append(member.name)
    progress.done()
    return found


def _kind(reading: Reading, member: Member, *, is_alone: bool) -> frozenset[str] | None:
    """Whether a member is JSON or has a record on each line; None for what is neither."""
    if member.ending in LINES:
        return LINES
    if member.ending not in JSON and not is_alone:
        return None
    with reading.letters(member, lambda count: None) as letters:
        begins = next(letters.pieces(), b"").lstrip()
    if not begins:
        letters.refuse("The file is empty.")
    if not begins.startswith((b"{", b"[")):
        letters.refuse(
            "This is no HSDS: neither JSON nor a table that HSDS knows. A spreadsheet of your own "
            "is read with a mapping."
        )
    first, _end, rest = begins.partition(b"\n")
    if not rest.lstrip().startswith(b"{"):
        return JSON
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return JSON
    return LINES


def _lists(outline: Outline) -> frozenset[str]:
    """Which lists of a document are read."""
    return frozenset(name for name in outline.lists if name == CONTENTS or entity_called(name))


def _names(member: Member, outline: Outline | None) -> tuple[str, ...]:
    """The names of the lists in a document, or its own where it is one."""
    if outline is not None and outline.root is not Root.LIST:
        return outline.lists if outline.root is Root.LISTS else ()
    return (member.stem,)


def _turn(member: Member) -> int:
    """When it is read: organizations before services, if it is named for what it holds."""
    entity = entity_called(member.stem)
    return WHOLE.index(entity) if entity in WHOLE else WHOLE.index("organization")


def _found(letters: Letters, outline: Outline | None) -> Iterator[Found]:
    if outline is not None:
        yield from building.records(letters, outline.root, _lists(outline))
        return
    for number, line in letters.lines():
        if line.strip():
            place = f"line {number}"
            try:
                yield Found("", place, parsed(line))
            except Unfit as unfit:
                yield Found("", place, unfit=unfit)


def _take(reading: Reading, member: Member, found: Found, put: Callable[[Row], None]) -> None:
    name = "" if found.name == CONTENTS else found.name
    entity = entity_called(name or member.stem) or entity_of(found.value)
    value: Any = found.value
    row = Row(entity or "record", value, member.name, found.place)
    if found.unfit:
        reading.placing.refuse(row, found.unfit)
    elif not isinstance(value, dict):
        reading.placing.refuse(row, Unfit("", "Here should be an object. Write it anew."))
    elif entity is None:
        told = "Nothing tells what this is. Name the file for it, such as services.json."
        reading.placing.refuse(row, Unfit("", told))
    elif entity in PASSED_OVER:
        reading.placing.left[entity] += 1
    else:
        put(row)


def _put_together(reading: Reading) -> None:
    progress = Progress(None, "records put together", reading.show)
    for row in reading.tables.assembled():
        progress.advance()
        if isinstance(row, Problem):
            reading.stage.refuse(row)
        else:
            reading.placing.put(row)
    for problem in reading.tables.problems():
        reading.stage.refuse(problem)
    reading.placing.left += reading.tables.unattached()
    progress.done()
