"""A mapping read from its file (TOML), with every mistake in it told at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from resources.interchange.intake.tables.changes import CHANGES
from resources.interchange.intake.tables.fields import Field, fields_of
from resources.interchange.intake.tables.language import (
    MODELS,
    PLACEHOLDER,
    Column,
    Join,
    Rule,
    Rules,
    Source,
    Table,
    TableMapping,
    Template,
    Texts,
    Wanted,
    folded,
)
from resources.interchange.intake.tables.section import Section
from resources.interchange.refusal import Problem, Refused
from resources.search.areas import CODES

SOURCE_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MOST_BYTES = 2**20


def read_mapping(path: Path) -> TableMapping:
    """The mapping in a TOML file. Raises `Refused` with every mistake, by table and key."""
    body = _toml(path)
    problems: list[Problem] = []
    whole = Section(path.name, "", body, problems)
    source = _source(whole.section("source", _table(whole, "source")))
    tables = {
        name: _read_table(name, section) for name, section in whole.sections("tables", needed=True)
    }
    whole.refuse_the_rest()
    mapping = TableMapping(path.name, source, tables)
    if not problems:
        _hold_together(mapping, problems)
    if problems:
        raise Refused(problems)
    return mapping


def _toml(path: Path) -> dict[str, Any]:
    def refused(cure: str) -> Refused:
        return Refused([Problem(path.name, "", "", cure)])

    try:
        if path.stat().st_size > MOST_BYTES:
            raise refused("A mapping has at most a megabyte. Is this the mapping?")
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise refused(f"The mapping cannot be read ({error.strerror}). Give its path.") from error
    except UnicodeDecodeError as error:
        raise refused("The mapping is not UTF-8. Save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise refused(f"This is not TOML: {error}.") from error


def _table(section: Section, key: str) -> dict[str, Any]:
    found = section.take(key)
    if not isinstance(found, dict):
        section.wrong(key, f"Write a table: [{key}].")
        return {}
    return found


def _source(section: Section) -> Source:
    source = Source(
        name=section.text("name", needed=True),
        url=section.text("url", needed=True),
        date=section.text("date"),
        says=section.text("says"),
        state=section.text("state"),
        blank=frozenset(map(folded, section.texts("blank"))),
    )
    if source.name and not SOURCE_NAME.fullmatch(source.name):
        section.wrong("name", "Write small letters, digits and hyphens: county-food-banks.")
    if source.url and not source.url.startswith(("https://", "http://")):
        section.wrong("url", "Write the whole address, beginning with https:// (or http://).")
    if source.date and not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", source.date):
        section.wrong("date", 'Write a year, a month or a day in quotes: "2019-01".')
    if source.state and source.state not in CODES:
        section.wrong("state", "Write the two letters of a state: IL.")
    section.refuse_the_rest()
    return source


def _read_table(name: str, section: Section) -> Table:
    makes = section.text("makes")
    if makes and makes not in MODELS:
        section.wrong("makes", f"“{makes}” is not one of: {', '.join(MODELS)}.")
        makes = ""
    apart = section.text("tell_apart")
    joins = {
        each: Join(
            inner.text("table", needed=True),
            Column(" ".join(inner.text("by", needed=True).split())),
        )
        for each, inner in _closed(section.sections("joins"), {"table", "by"})
    }
    table = Table(
        name=name,
        file=section.text("file"),
        id=tuple(_column(each, {}) for each in section.texts("id", needed=True)),
        makes=makes,
        repeats=section.yes("repeats"),
        joins=joins,
        rules=_rules(section, "fields", makes, joins),
        missing_organisation=_rules(section, "missing_organisation", "organisation", joins),
        tell_apart=_column(apart, joins) if apart else None,
        ignore=tuple(_column(each, {}) for each in section.texts("ignore")),
    )
    path = PurePosixPath(table.file.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in table.file:
        section.wrong("file", "Name a file inside the folder of the source.")
    if makes and "name" not in table.rules:
        section.wrong("fields.name", "This is missing. Say which column holds the name.")
    if makes == "resource" and "organisation" not in table.rules:
        section.wrong(
            "fields.organisation",
            "This is missing. Say which column holds the id of the organization that offers it.",
        )
    section.refuse_the_rest()
    return table


def _closed(
    sections: Iterator[tuple[str, Section]], known: set[str]
) -> Iterator[tuple[str, Section]]:
    """Each section, and after it was read, what is unknown in it."""
    for name, section in sections:
        yield name, section
        for key in known:
            section.take(key)
        section.refuse_the_rest()


def _column(text: str, joins: Mapping[str, Join]) -> Column:
    """The column that is meant: "Phone" of the row itself, "place:Phone" of one joined to it."""
    join, colon, name = text.partition(":")
    if colon and join.strip() in joins:
        return Column(" ".join(name.split()), join.strip())
    return Column(" ".join(text.split()))


def _rules(section: Section, key: str, makes: str, joins: Mapping[str, Join]) -> Rules:
    """The rules of a table by field; a lone text stands for the column of that name."""
    found = section.take(key)
    if found is None:
        return {}
    if not isinstance(found, dict) or not makes:
        cure = "Write a table of fields." if makes else "Say what the table makes first: makes = …"
        section.wrong(key, cure)
        return {}
    known = fields_of(MODELS[makes])
    rules: dict[str, tuple[Rule, ...]] = {}
    for name, body in found.items():
        if name not in known:
            cure = f"There is no such field. Known are: {', '.join(sorted(known))}."
            section.wrong(f"{key}.{name}", cure)
            continue
        listed = body if isinstance(body, list) else [body]
        made = []
        for place, each in enumerate(listed, 1):
            where = f"{key}.{name}[{place}]" if len(listed) > 1 else f"{key}.{name}"
            inner = {"column": each} if isinstance(each, str) else each
            if isinstance(inner, dict):
                made.append(_rule(section.section(where, inner), known[name], joins))
            else:
                section.wrong(where, 'Write the name of a column, or a rule: { column = "…" }.')
        rules[name] = tuple(made)
    return rules


def _rule(section: Section, field: Field, joins: Mapping[str, Join]) -> Rule:
    columns = (*section.texts("column"), *section.texts("columns"))
    words = section.texts("words")
    value = section.values("value")
    if sum((bool(columns), bool(words), value is not None)) != 1:
        section.wrong("", "Give one of: column (or columns), words, value.")
    same = section.text("unless_same")
    rule = Rule(
        where=section.where,
        columns=tuple(_column(each, joins) for each in columns),
        words=tuple(_template(each, joins) for each in words),
        value=value,
        when=_conditions(section, "when", joins),
        unless=_conditions(section, "unless", joins),
        unless_same=_column(same, joins) if same else None,
        remove=_pattern(section, "remove"),
        split=_split(section),
        read_as=section.text("as"),
        map=_map(section),
        otherwise=section.values("otherwise"),
        say=section.text("say"),
        guess=section.text("guess"),
        extras={
            name: _extra(section, name) for name in field.extras if section.take(name) is not None
        },
    )
    if rule.read_as and rule.read_as not in CHANGES:
        section.wrong("as", f"“{rule.read_as}” is not one of: {', '.join(CHANGES)}.")
    if rule.say and "{}" not in rule.say:
        section.wrong("say", "Put {} where the value stands: “Hours: {}”.")
    if rule.otherwise is not None and rule.map is None:
        section.wrong("otherwise", "It is for values that “map” does not name. Add a map.")
    for column in rule.every_column():
        if not column.name:
            section.wrong("", "A column has no name here.")
    section.refuse_the_rest()
    return rule


def _template(text: str, joins: Mapping[str, Join]) -> Template:
    return Template(text, tuple(_column(found, joins) for found in PLACEHOLDER.findall(text)))


def _conditions(section: Section, key: str, joins: Mapping[str, Join]) -> dict[Column, Wanted]:
    found = section.take(key)
    if found is None:
        return {}
    if not isinstance(found, dict):
        section.wrong(key, 'Write columns and what they hold: { "Open?" = "Yes" }.')
        return {}
    wanted: dict[Column, Wanted] = {}
    for name, value in found.items():
        if isinstance(value, bool):
            wanted[_column(name, joins)] = value
            continue
        texts = [value] if isinstance(value, str) else value
        if not isinstance(texts, list) or not all(isinstance(each, str) for each in texts):
            cure = "Write a text, a list of texts, or true (filled) or false (blank)."
            section.wrong(f"{key}.{name}", cure)
            continue
        wanted[_column(name, joins)] = frozenset(map(folded, texts))
    return wanted


def _pattern(section: Section, key: str) -> re.Pattern[str] | None:
    text = section.text(key)
    try:
        return re.compile(text) if text else None
    except re.error as error:
        section.wrong(key, f"This is no regular expression: {error}.")
        return None


def _split(section: Section) -> re.Pattern[str] | None:
    found, pattern = section.take("split"), _pattern(section, "split_pattern")
    listed = [found] if isinstance(found, str) else found or []
    if not isinstance(listed, list) or not all(isinstance(each, str) and each for each in listed):
        section.wrong(
            "split", 'Write what stands between two values: ";", or a list: [";", "\\n"].'
        )
        return None
    if listed and pattern:
        section.wrong("split_pattern", "Give either split or split_pattern.")
    return re.compile("|".join(map(re.escape, listed))) if listed else pattern


def _map(section: Section) -> dict[str, Texts] | None:
    found = section.take("map")
    if found is None:
        return None
    if not isinstance(found, dict) or not found:
        section.wrong("map", 'Write what a cell says and what it means: { "Yes" = "running" }.')
        return {}
    return {folded(said): section.as_texts(f"map.{said}", meant) for said, meant in found.items()}


def _extra(section: Section, name: str) -> str | Texts | bool | int:
    match name:
        case "tty":
            return section.yes(name)
        case "languages":
            return section.texts(name)
        case "household_size":
            found = section.take(name)
            if isinstance(found, bool) or not isinstance(found, int) or not 1 <= found <= 20:
                section.wrong(name, "Write how many people, 1 to 20, without quotes.")
                return 1
            return int(found)
        case _:
            return section.text(name)


def _hold_together(mapping: TableMapping, problems: list[Problem]) -> None:
    """What the tables say of each other."""
    for table in mapping.tables.values():
        for name, join in table.joins.items():
            if join.table not in mapping.tables:
                cure = f"There is no table “{join.table}”. Known are: {', '.join(mapping.tables)}."
                where = f"tables.{table.name}.joins.{name}"
                problems.append(Problem(mapping.file, where, "table", cure))
    if not any(table.makes for table in mapping.tables.values()):
        cure = f"No table makes anything. Say makes = one of: {', '.join(MODELS)}."
        problems.append(Problem(mapping.file, "tables", "makes", cure))
