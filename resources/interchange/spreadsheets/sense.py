"""What contradicts itself in an entry as a sheet would have it, by the column to mend.

The rules of the models and of the desk's forms, over a document and without asking the database, so
that ten thousand rows are judged in seconds. Whatever slips through is refused when it is imported.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from resources import documents
from resources.documents import Document
from resources.models import Entry, Resource

Finding = tuple[str, str]  # column, sentence

LONGEST_LINE = {"documents": 300, "makers": 120}


def problems(model: type[Entry], document: Document, columns: set[str]) -> list[Finding]:
    """What stands against an entry that says this; `columns` are those that change."""
    found = [*_of_fields(model, document, columns), *_of_lines(document, columns)]
    rules = _of_resource if model is Resource else _of_organisation
    return [*found, *rules(document)]


def _of_fields(model: type[Entry], document: Document, columns: set[str]) -> Iterator[Finding]:
    """What the changed columns of the model refuse, and what its fields say against each other."""
    plain = [each for each in documents.plain_fields(model) if each.name in document]
    stated = {each.name: each for each in plain if not each.is_relation}
    entry: Any = model(**{name: each.to_python(document[name]) for name, each in stated.items()})
    others = {each.name for each in model._meta.concrete_fields} - (stated.keys() & columns)
    try:
        entry.clean_fields(exclude=others)
    except ValidationError as refusal:
        for column, told in refusal.message_dict.items():
            yield from ((column, sentence) for sentence in told)
    for each in plain:
        if each.is_relation and not each.null and not document[each.name]:
            yield each.name, _("It is empty. Say which.")
    if isinstance(entry, Resource):
        yield from ((column, str(told)) for column, told in entry.contradictions().items())


def _of_lines(document: Document, columns: set[str]) -> Iterator[Finding]:
    for column in LONGEST_LINE.keys() & columns:
        for line in document[column]:
            if len(line) > LONGEST_LINE[column]:
                told = _("Shorten the line “%(start)s…”: %(most)d characters at most.")
                yield column, told % {"start": line[:30], "most": LONGEST_LINE[column]}


def _of_organisation(document: Document) -> Iterator[Finding]:
    if document.get("successor") == document["slug"]:
        yield "successor", _("It cannot go on as itself.")


def _of_resource(document: Document) -> Iterator[Finding]:
    if document.get("part_of") == document["slug"]:
        yield "part_of", _("It cannot be a fund of itself.")
    if not document["needs"]:
        yield "needs", _("Name at least one need.")
    who = document["who_may_apply"] or []
    if Resource.Applicant.NOBODY in who and len(who) > 1:
        yield "who_may_apply", _("“nobody” stands alone: take the others out, or take it out.")
    yield from _rule_and_list(
        document, "insurance_rule", Resource.InsuranceRule.LISTED, "insurance"
    )
    yield from _rule_and_list(document, "area_kind", Resource.AreaKind.STATES, "states")
    yield from _rule_and_list(
        document, "income_rule", Resource.IncomeRule.DOLLAR_TABLE, "dollar_limits"
    )
    yield from _limits(document["dollar_limits"])
    for part in document["area_parts"]:
        if part["state"] not in document["states"]:
            told = _("%(county)s is in %(state)s, which is not among its states.")
            yield "area_parts", told % part


def _rule_and_list(document: Document, rule: str, value: str, listed: str) -> Iterator[Finding]:
    """A list goes with the rule that it belongs to, and the rule with its list."""
    if document[rule] == value and not document[listed]:
        told = _("%(rule)s is “%(value)s”, so this cannot be empty.")
    elif document[rule] != value and document[listed]:
        told = _("It goes with %(rule)s “%(value)s” only. Write that there, or empty this one.")
    else:
        return
    yield listed, told % {"rule": rule, "value": value}


def _limits(rows: list[Document]) -> Iterator[Finding]:
    by_size = sorted((row["household_size"], row["dollars"]) for row in rows)
    for (size, dollars), (_larger, more) in pairwise(by_size):
        if more < dollars:
            yield "dollar_limits", _("That is less than the limit for %d people.") % size
