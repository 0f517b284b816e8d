"""All of a source, record by record, as its mapping says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from resources.interchange.intake.stage import Raw, Stage
from resources.interchange.intake.tables.documents import ASSEMBLE
from resources.interchange.intake.tables.fields import fields_of
from resources.interchange.intake.tables.language import (
    MODELS,
    Column,
    Table,
    TableMapping,
    folded,
)
from resources.interchange.intake.tables.plain import one_line, plain
from resources.interchange.intake.tables.rows import Fetched
from resources.interchange.intake.tables.rules import Reader, Row, Values
from resources.interchange.intake.tables.tally import Notes, Outcome, Tally
from resources.interchange.intake.tables.values import Terms
from resources.interchange.intake.taken import Taken
from resources.interchange.intake.texts import fitting, room_in
from resources.models import Organisation

ORGANISATION, RESOURCE = "organisation", "resource"
LONGEST_NAME = room_in(Organisation, "name")


@dataclass(slots=True)
class _Pending:
    """An organisation that no table makes: the first row that names it, what each row tells."""

    first: Raw
    told: list[Values] = field(default_factory=list)


class Taking:
    """The records of a source whose rows are in the stage.

    `records` gives them one by one, organisations first; `problems`, `notes` (of whole files) and
    `tally` are complete when all have been asked for.
    """

    def __init__(self, mapping: TableMapping, stage: Stage, fetched: Fetched, terms: Terms) -> None:
        self.mapping = mapping
        self.problems = stage.problems()
        self.tally = Tally()
        self.notes = list(fetched.notes)
        self._stage = stage
        self._fetched = fetched
        self._reader = Reader(terms, mapping.source.state)
        self._looked_up: set[tuple[str, str]] = set()
        self._given: set[tuple[str, str]] = set()
        for table, file in fetched.file_of.items():
            for columns, told in (
                (fetched.unnamed, self.tally.unnamed),
                (fetched.ignored, self.tally.ignored),
            ):
                if columns.get(table):
                    told.setdefault(file, {}).update(columns[table])

    @property
    def total(self) -> int:
        """How many records there are."""
        made = [table.name for table in self.mapping.tables.values() if table.makes]
        return sum(map(self._stage.count, made)) + len(self._pending)

    @cached_property
    def _rows_of(self) -> Mapping[str, Mapping[str, Raw]]:
        """The rows of the tables that others look up, by their ids."""
        wanted = {
            join.table for table in self.mapping.tables.values() for join in table.joins.values()
        }
        return {name: {raw.id: raw for raw in self._stage.records(name)} for name in wanted}

    def records(self) -> Iterator[Taken]:
        """Organisations of tables, those that are only named, then resources."""
        for table in self.mapping.making(ORGANISATION):
            yield from self._of_table(table)
        for identifier, waiting in self._pending.items():
            yield self._placeholder(identifier, waiting)
        for table in self.mapping.making(RESOURCE):
            yield from self._of_table(table)
        self._tell_what_nobody_names()

    def _of_table(self, table: Table) -> Iterator[Taken]:
        fields = fields_of(MODELS[table.makes])
        for raw in self._stage.records(table.name):
            row, notes = self._row(table, raw), Notes()
            self._tell_dangling(table, raw, row, notes)
            values = self._reader.values(table.rules, fields, row, notes)
            if table.makes == RESOURCE:
                self._name_organisation(table, raw, values, notes)
                self._tell_apart(table, raw, row, values, notes)
            taken = self._taken(table.makes, raw.id, raw, values, notes)
            self._tell_unused(table, row, notes)
            self._count(table, raw, notes)
            if self._is_good(table, raw, taken):
                yield taken

    def _is_good(self, table: Table, raw: Raw, taken: Taken) -> bool:
        """Whether it can be handed on; a problem where it cannot."""
        key = (table.makes, raw.id)
        if "name" not in taken.document:
            named = ", ".join(str(column) for column in _columns_of(table, "name"))
            cure = "This row gives no name. Write one, or mend the rule in the mapping."
            self.problems.append(raw.problem(named, cure))
        elif key in self._given:
            cure = "Another table has this id already. The first was taken. Give one another id."
            self.problems.append(raw.problem("id", cure))
        else:
            self._given.add(key)
            return True
        return False

    def _row(self, table: Table, raw: Raw) -> Row:
        joined = {}
        for name, join in table.joins.items():
            there = self._rows_of[join.table].get(_id(raw.body.get(join.by.key, "")))
            if there is not None:
                joined[name] = there.body
                self._looked_up.add((join.table, there.id))
        return Row(raw.body, joined)

    def _tell_dangling(self, table: Table, raw: Raw, row: Row, notes: Notes) -> None:
        for name, join in table.joins.items():
            text = row.says(join.by)
            if name in row.joined:
                notes.mark([join.by], Outcome.UNDERSTOOD)
            elif text and self.mapping.tables[join.table].makes != ORGANISATION:
                file = self._fetched.file_of[join.table]
                notes.leave([join.by], text, f"is in no row of {file}")

    def _taken(self, kind: str, identifier: str, raw: Raw, values: Values, notes: Notes) -> Taken:
        return Taken(
            model=MODELS[kind],
            identifier=identifier,
            document=ASSEMBLE[kind](values, self.mapping.source, notes),
            file=raw.file,
            place=raw.place,
            guessed=notes.guessed,
            left=notes.left,
        )

    def _tell_unused(self, table: Table, row: Row, notes: Notes) -> None:
        """Cells of a column that the rules name, of which no rule took anything."""
        taken = (column for rule in table.every_rule() for column in rule.taken_columns)
        for column in dict.fromkeys(taken):
            if column not in notes.outcomes and (text := row.says(column)):
                notes.leave([column], text, "was taken by no rule")

    def _count(self, table: Table, raw: Raw, notes: Notes) -> None:
        file, own = raw.file, {}
        for column, outcome in notes.outcomes.items():
            if not column.join:
                own[column.name] = outcome
                continue
            join = table.joins[column.join]
            if self.mapping.tables[join.table].makes:
                continue  # counted where it is made
            there = self._rows_of[join.table].get(_id(raw.body.get(join.by.key, "")))
            if there is not None:
                self.tally.add_joined(there.file, there.id, {column.name: outcome})
        self.tally.add(file, own)

    def _tell_what_nobody_names(self) -> None:
        for name, rows in self._rows_of.items():
            table = self.mapping.tables[name]
            unnamed = sum((name, identifier) not in self._looked_up for identifier in rows)
            if unnamed and not table.makes:
                file = self._fetched.file_of[name]
                self.notes.append(
                    f"{file}: {unnamed} of {len(rows)} rows are named by no other row; not used."
                )

    # --- several of one name

    @cached_property
    def _called(self) -> Counter[tuple[str, str]]:
        """How often each name stands with each organisation."""
        called: Counter[tuple[str, str]] = Counter()
        fields = fields_of(MODELS[RESOURCE])
        for table in self.mapping.making(RESOURCE):
            rules = {name: table.rules[name] for name in ("name", "organisation")}
            for raw in self._stage.records(table.name):
                values = self._reader.values(rules, fields, self._row(table, raw), Notes())
                called[_named_in(table, raw, values), _name_in(values)] += 1
        return called

    def _tell_apart(self, table: Table, raw: Raw, row: Row, values: Values, notes: Notes) -> None:
        column, name = table.tell_apart, _name_in(values)
        if column and name and self._called[_named_in(table, raw, values), name] > 1:
            behind = plain(row.says(column)).text
            if behind:
                values["name"] = [f"{values['name'][0]} ({one_line(behind)})"]
                notes.guess([column], "it was put behind a name that several have")

    # --- organisations that no table makes

    def _name_organisation(self, table: Table, raw: Raw, values: Values, notes: Notes) -> None:
        identifier = _named_in(table, raw, values)
        values["organisation"] = [identifier]
        if not self._is_made(identifier):
            columns = _columns_of(table, "organisation")
            why = "the organization is in no table; a draft of it was made"
            notes.guess([column for column in columns if not column.join], why)

    def _is_made(self, identifier: str) -> bool:
        return any(
            self._stage.has(table.name, identifier) for table in self.mapping.making(ORGANISATION)
        )

    @cached_property
    def _pending(self) -> Mapping[str, _Pending]:
        """Those that no table makes, by their ids, with what each row tells that names them."""
        pending: dict[str, _Pending] = {}
        fields = fields_of(MODELS[RESOURCE])
        for table in self.mapping.making(RESOURCE):
            rules = {"organisation": table.rules["organisation"]}
            for raw in self._stage.records(table.name):
                row = self._row(table, raw)
                values = self._reader.values(rules, fields, row, Notes())
                identifier = _named_in(table, raw, values)
                if not self._is_made(identifier):
                    waiting = pending.setdefault(identifier, _Pending(raw))
                    waiting.told.append(self._told_of_it(table, raw, row))
        return pending

    def _told_of_it(self, table: Table, raw: Raw, row: Row) -> Values:
        notes = Notes()
        values = self._reader.values(
            table.missing_organisation, fields_of(Organisation), row, notes
        )
        self._count(table, raw, notes)
        return values

    def _placeholder(self, identifier: str, waiting: _Pending) -> Taken:
        """An organisation as the rows that name it tell it: what all of them agree on."""
        first, notes = waiting.told[0], Notes()
        values: Values = {
            name: found
            for name, found in first.items()
            if all(each.get(name) == found for each in waiting.told)
        }
        values["name"] = [_name_of(identifier, [each.get("name", []) for each in waiting.told])]
        notes.guess(
            [],
            "The organization is in no table; it was made as a draft, named after what the rows "
            "say of it. Look up its name",
        )
        return self._taken(ORGANISATION, identifier, waiting.first, values, notes)


def _id(text: str) -> str:
    return " ".join(text.split())


def _columns_of(table: Table, name: str) -> list[Column]:
    rules = table.rules.get(name, ())
    return list(dict.fromkeys(column for rule in rules for column in rule.every_column()))


def _named_in(table: Table, raw: Raw, values: Values) -> str:
    """The id of the organisation of a row; where it names none, one of its own."""
    found: list[Any] = values.get("organisation", [])
    return _id(found[0]) if found else f"of {table.name} {raw.id}"


def _name_in(values: Values) -> str:
    found: list[Any] = values.get("name", [])
    return folded(found[0]) if found else ""


def _name_of(identifier: str, told: list[list[str]]) -> str:
    """A name for an organisation that is known by its id only: the one that all rows tell."""
    called = {name for names in told for name in names}
    if len(called) == 1 and all(told):
        return called.pop()
    unnamed = f"Organization {identifier}, not in the file"
    named = f" ({', '.join(sorted(called, key=folded))})" if called else ""
    return fitting(unnamed + named, LONGEST_NAME)
