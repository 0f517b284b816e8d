"""What a mapping itself says, held to the fields that it is for, before any file is opened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.core.exceptions import ValidationError

from resources.interchange.intake.tables.fields import Field, Kind, fields_of
from resources.interchange.intake.tables.language import MODELS, Rule, TableMapping
from resources.interchange.intake.tables.values import Reading, Terms
from resources.interchange.refusal import Problem, Refused
from resources.models import Organisation, OrganisationName, ResourcePhone, ResourceSource
from resources.models.entry import Part

# Whose columns the further keys of a rule fill, and what they are called there.
EXTRAS_OF: Mapping[Kind, type[Part]] = {
    Kind.PHONE: ResourcePhone,
    Kind.SOURCE: ResourceSource,
    Kind.NAME: OrganisationName,
}
CALLED = {"tty": "is_tty", "date": "page_date"}


def hold_constants(mapping: TableMapping, terms: Terms) -> None:
    """Raise `Refused` where what a mapping itself says is no value of the field that it is for."""
    problems: list[Problem] = []
    source = Reading(Field("url", Kind.ADDRESS))
    if not source.values([mapping.source.url]):
        problems.append(Problem(mapping.file, "source", "url", f"It {source.left[0][1]}."))
    for table in mapping.tables.values():
        for kind, rules in (
            (table.makes, table.rules),
            (Organisation.KIND, table.missing_organisation),
        ):
            for name, listed in rules.items():
                reading = Reading(
                    fields_of(MODELS[kind])[name], terms=terms, home=mapping.source.state
                )
                for rule in listed:
                    problems += _wrong_constants(mapping.file, rule, reading)
                    problems += _wrong_extras(mapping.file, rule, reading.of.kind)
    if problems:
        raise Refused(problems)


def _wrong_constants(file: str, rule: Rule, reading: Reading) -> Iterator[Problem]:
    if rule.say or reading.of.kind is Kind.WORDS:
        return
    said = {"value": rule.value or (), "otherwise": rule.otherwise or ()}
    said |= {f"map.{key}": meant for key, meant in (rule.map or {}).items()}
    for key, texts in said.items():
        reading.left.clear()
        reading.values(list(texts))
        for text, why in reading.left:
            yield Problem(file, rule.where, key, f"“{text}” {why}.")


def _wrong_extras(file: str, rule: Rule, kind: Kind) -> Iterator[Problem]:
    """What a rule says of phones, sources and names, held to their own columns."""
    for name, said in rule.extras.items() if kind in EXTRAS_OF else ():
        column = EXTRAS_OF[kind]._meta.get_field(CALLED.get(name, name))
        try:
            column.clean(list(said) if isinstance(said, tuple) else said, None)  # type: ignore[union-attr]
        except ValidationError as error:
            yield Problem(file, rule.where, name, " ".join(error.messages))
