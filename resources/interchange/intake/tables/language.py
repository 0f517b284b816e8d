"""What a mapping says, as values. A mapping is data: it names changes, and holds no code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

from resources.models import Organisation, Resource

MODELS: Mapping[str, type[Organisation] | type[Resource]] = {
    model.KIND: model for model in (Organisation, Resource)
}

# What a condition asks of a cell: one of these texts, folded; or that it is filled, or blank.
Wanted: TypeAlias = frozenset[str] | bool
Texts: TypeAlias = tuple[str, ...]

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")  # a column in words


def folded(text: str) -> str:
    """Without capitals and with single spaces: by this, columns and texts of cells are compared."""
    return " ".join(text.split()).casefold()


@lru_cache(maxsize=2000)
def _key(name: str) -> str:
    return folded(name)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the row itself, or of the row that it is joined to under `join`."""

    name: str
    join: str = ""

    @property
    def key(self) -> str:
        """What a row keeps it under."""
        return _key(self.name)

    def __str__(self) -> str:
        return f"{self.join}:{self.name}" if self.join else self.name


@dataclass(frozen=True, slots=True)
class Template:
    """Words with columns in them: "Hours: {Hours of operation}". `columns` stand in its order."""

    text: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """How one field of ours is filled; `where` is its place in the mapping, for messages.

    It takes the first filled one of `columns`, or `words`, or `value`; see docs/importing.md.
    """

    where: str
    columns: tuple[Column, ...] = ()
    words: tuple[Template, ...] = ()
    value: Texts | None = None
    when: Mapping[Column, Wanted] = field(default_factory=dict)
    unless: Mapping[Column, Wanted] = field(default_factory=dict)
    unless_same: Column | None = None
    remove: re.Pattern[str] | None = None
    split: re.Pattern[str] | None = None
    read_as: str = ""
    map: Mapping[str, Texts] | None = None
    otherwise: Texts | None = None
    say: str = ""
    guess: str = ""
    extras: Mapping[str, str | Texts | bool | int] = field(default_factory=dict)

    @property
    def is_in_words(self) -> bool:
        """Whether what it gives is for a reader, rather than a value that is known."""
        return bool(self.words or self.say)

    @property
    def taken_columns(self) -> list[Column]:
        """Those that it takes its texts from, once each."""
        inside = [column for template in self.words for column in template.columns]
        return list(dict.fromkeys([*self.columns, *inside]))

    def every_column(self) -> list[Column]:
        """All that it names, once each."""
        same = [self.unless_same] if self.unless_same else []
        return list(dict.fromkeys([*self.taken_columns, *self.when, *self.unless, *same]))


Rules: TypeAlias = Mapping[str, tuple[Rule, ...]]


@dataclass(frozen=True, slots=True)
class Join:
    """Another table, and the column of this one that holds the id of a row there."""

    table: str
    by: Column


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the source. What makes nothing is only looked up by others.

    Where several entries of one organisation have the same name, `tell_apart` is put behind it.
    """

    name: str
    file: str
    id: tuple[Column, ...]
    makes: str = ""
    repeats: bool = False
    joins: Mapping[str, Join] = field(default_factory=dict)
    rules: Rules = field(default_factory=dict)
    # The organisation of a row where no table makes it.
    missing_organisation: Rules = field(default_factory=dict)
    tell_apart: Column | None = None
    ignore: tuple[Column, ...] = ()

    def every_rule(self) -> list[Rule]:
        """All rules, those for an organisation that is in no table among them."""
        every = [*self.rules.values(), *self.missing_organisation.values()]
        return [rule for rules in every for rule in rules]

    def rule_columns(self) -> list[Column]:
        """Every column that a rule names, joined ones among them."""
        named = [column for rule in self.every_rule() for column in rule.every_column()]
        named += [self.tell_apart] if self.tell_apart else []
        return list(dict.fromkeys(named))


@dataclass(frozen=True, slots=True)
class Source:
    """Whose tables these are. Identifiers follow from `name`: another name, other entries.

    `url`, `date` and `says` are the source of every entry; in `state` places are looked up.
    `blank` are texts, folded, that stand for an empty cell.
    """

    name: str
    url: str
    date: str = ""
    says: str = ""
    state: str = ""
    blank: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TableMapping:
    """A whole mapping: the file it was read from, the source and its tables by name."""

    file: str
    source: Source
    tables: Mapping[str, Table]

    def making(self, kind: str) -> list[Table]:
        """The tables that make entries of this kind."""
        return [table for table in self.tables.values() if table.makes == kind]

    def columns_of(self, table: Table) -> list[Column]:
        """Every column of this table that the mapping names, by whichever table, once each."""
        own = [column for column in table.rule_columns() if not column.join]
        joined = [
            Column(column.name)
            for other in self.tables.values()
            for column in other.rule_columns()
            if column.join and other.joins[column.join].table == table.name
        ]
        by = [join.by for join in table.joins.values()]
        return list(dict.fromkeys([*table.id, *by, *own, *joined, *table.ignore]))
