"""What the rules of a mapping give for one row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from resources.interchange.intake.tables.changes import CHANGES, NotUnderstood
from resources.interchange.intake.tables.fields import Field, Kind
from resources.interchange.intake.tables.language import (
    PLACEHOLDER,
    Column,
    Rule,
    Rules,
    Template,
    Texts,
    Wanted,
    folded,
)
from resources.interchange.intake.tables.plain import one_line, plain
from resources.interchange.intake.tables.tally import Notes, Outcome
from resources.interchange.intake.tables.values import Reading, Terms

# What a row gives: for each field that anything was said of, its values.
Values = dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by folded column, and the rows that it is joined to."""

    cells: Mapping[str, str]
    joined: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def says(self, column: Column) -> str:
        """The text of a cell, as it came; blank where the joined row is not there."""
        cells = self.joined.get(column.join, {}) if column.join else self.cells
        return cells.get(column.key, "")


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads rows by rules. `home` is the state in which places are looked up."""

    terms: Terms
    home: str = ""

    def values(self, rules: Rules, fields: Mapping[str, Field], row: Row, notes: Notes) -> Values:
        """What the rules give for a row, by field; what became of its cells goes into the notes."""
        found: Values = {}
        for name, listed in rules.items():
            for rule in listed:
                values = self._given(rule, fields[name], row, notes)
                if values:
                    found.setdefault(name, []).extend(values)
                    if not fields[name].holds_many:
                        break
        return found

    def _given(self, rule: Rule, field: Field, row: Row, notes: Notes) -> list[Any]:
        if not _applies(rule, row, notes):
            return []
        columns = _taken_from(rule, row)
        texts = _texts(rule, row, columns, notes)
        if field.kind is Kind.WORDS and len(texts) > 1:
            texts = [" ".join(texts) if rule.words else ", ".join(texts)]
        reading = Reading(field, rule.extras, self.terms, self.home)
        values = reading.values(texts)
        if len(values) > 1 and not field.holds_many:
            reading.left.append(
                (", ".join(texts), "holds several values, of which one has a place")
            )
            values = []
        for text, why in reading.left:
            notes.leave(columns, text, why)
        if values or (texts and not reading.left):
            notes.mark(columns, _outcome(rule, field))
            for why in reading.guessed:
                notes.guess(columns, why)
        if values and rule.guess:
            asked = [column for column in rule.when if row.says(column)]
            notes.guess(columns or asked, rule.guess)
        return values


def _outcome(rule: Rule, field: Field) -> Outcome:
    """What is made of a cell: a value that is known, or words for a reader."""
    is_prose = field.kind is Kind.WORDS and field.holds_many and not (rule.map or rule.read_as)
    return Outcome.IN_WORDS if is_prose or rule.is_in_words else Outcome.UNDERSTOOD


def _applies(rule: Rule, row: Row, notes: Notes) -> bool:
    """Whether its conditions hold. What they look at is understood, whichever way they go."""
    asked = [*rule.when, *rule.unless]
    notes.mark([column for column in asked if row.says(column)], Outcome.UNDERSTOOD)
    return all(
        _holds(wanted, row.says(column)) for column, wanted in rule.when.items()
    ) and not any(_holds(wanted, row.says(column)) for column, wanted in rule.unless.items())


def _holds(wanted: Wanted, text: str) -> bool:
    return bool(text) is wanted if isinstance(wanted, bool) else folded(text) in wanted


def _taken_from(rule: Rule, row: Row) -> list[Column]:
    """The filled columns that a rule takes its texts from."""
    if rule.words:
        inside = [column for template in rule.words for column in template.columns]
        return [column for column in dict.fromkeys(inside) if row.says(column)]
    return next(([column] for column in rule.columns if row.says(column)), [])


def _texts(rule: Rule, row: Row, columns: list[Column], notes: Notes) -> list[str]:
    if rule.value is not None:
        return list(rule.value)
    if rule.words:
        return [said for each in rule.words if (said := _filled(each, row, notes))]
    if not columns:
        return []
    text = _cell(columns[0], row, notes)
    if rule.unless_same and _bare(text) == _bare(row.says(rule.unless_same)):
        notes.mark([*columns, rule.unless_same], Outcome.UNDERSTOOD)
        return []
    if rule.remove:
        text = rule.remove.sub("", text).strip()
    pieces = rule.split.split(text) if rule.split else [text]
    pieces = [piece.strip() for piece in pieces if piece.strip()]
    if rule.read_as:
        pieces = [said for piece in pieces if (said := _changed(rule, piece, columns, notes))]
    if rule.map is not None:
        pieces = [said for piece in pieces for said in _mapped(rule, piece, columns, notes)]
    return [rule.say.replace("{}", ", ".join(pieces))] if rule.say and pieces else pieces


def _cell(column: Column, row: Row, notes: Notes) -> str:
    """The plain words of a cell."""
    found = plain(row.says(column))
    if found.had_html:
        notes.guess([column], "HTML was made plain words")
    for link in found.links:
        notes.leave([column], link, "was a link in HTML; only its words were kept")
    return found.text


def _filled(template: Template, row: Row, notes: Notes) -> str:
    """The words with what the row says in them; blank where it says nothing of any of it."""
    said = [one_line(_cell(column, row, notes)) for column in template.columns]
    if template.columns and not any(said):
        return ""
    texts = iter(said)
    return one_line(PLACEHOLDER.sub(lambda _: next(texts), template.text))


def _changed(rule: Rule, text: str, columns: list[Column], notes: Notes) -> str:
    try:
        changed = CHANGES[rule.read_as](text)
    except NotUnderstood as why:
        notes.leave(columns, text, str(why))
        return ""
    if changed.guessed:
        notes.guess(columns, changed.guessed)
    return changed.text


def _mapped(rule: Rule, text: str, columns: list[Column], notes: Notes) -> Texts:
    assert rule.map is not None  # noqa: S101 - asked by the caller
    meant = rule.map.get(folded(text), rule.otherwise)
    if meant is None:
        notes.leave(columns, text, "is not in the map of the mapping")
        return ()
    if not meant:
        # Said to be nothing, on purpose.
        notes.mark(columns, Outcome.UNDERSTOOD)
    return meant


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()
