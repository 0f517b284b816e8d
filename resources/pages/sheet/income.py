"""The income rule in dollars first: what a household of one to four may earn in a year."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from resources.eligibility.guidelines import ELSEWHERE, MAIN_TABLE, Guideline, Guidelines
from resources.models import Resource
from resources.pages.sheet.reading import ResourceReader
from resources.translations import Wording

HOUSEHOLDS = range(1, 5)


@dataclass(frozen=True, slots=True)
class Limits:
    """Dollars a year by household size, for one part of the country (`where`, a table's name).

    `each_further` is 0 where nothing is said about larger households.
    """

    where: str
    rows: list[tuple[int, int]]
    each_further: int = 0

    @property
    def place(self) -> str:
        """Whom the table is for, as a heading."""
        return {"AK": _("In Alaska"), "HI": _("In Hawaii")}.get(self.where, "")


@dataclass(frozen=True, slots=True)
class Income:
    """An income rule for the reader: a sentence, tables of dollars, and where they come from.

    `limits` holds the table that most people need first; `elsewhere` Alaska's and Hawaii's;
    `earlier` last year's table, while they may still go by it.
    """

    sentence: str
    limits: Limits | None
    earlier: Limits | None
    earlier_year: int | None
    elsewhere: list[Limits]
    origin: str
    source_url: str
    note: Wording
    programme: Resource | None


def income_of(reader: ResourceReader, guidelines: Guidelines) -> Income:
    """The income rule that holds for the resource: its own, or as a whole its programme's."""
    owner = reader.who_states("income_rule")
    noted = reader.who_states("income_rule", "income_note")
    tables = _tables(owner, reader.resource, guidelines)
    where, chosen = next(iter(tables.items()), ("", []))
    return Income(
        sentence=_sentence(owner, tables),
        limits=_limits(owner, where, chosen),
        earlier=_of_guideline(owner, where, chosen[0]) if len(chosen) > 1 else None,
        earlier_year=chosen[0].year if len(chosen) > 1 else None,
        elsewhere=[
            _of_guideline(owner, name, those[-1]) for name, those in list(tables.items())[1:]
        ],
        origin=_origin(owner, chosen),
        source_url=chosen[-1].address if chosen else "",
        note=reader.text(noted, "income_note"),
        programme=reader.programme(owner),
    )


def _tables(
    owner: Resource, resource: Resource, guidelines: Guidelines
) -> dict[str, list[Guideline]]:
    """The guidelines that the percentage may be taken of, by table, the main one first."""
    if owner.income_rule != Resource.IncomeRule.FPL_PERCENT:
        return {}
    wanted = _tables_for(resource)
    found = {
        name: guidelines.in_force(name, owner.income_limit_year)
        for name in (MAIN_TABLE, *ELSEWHERE)
        if name in wanted
    }
    return {name: those for name, those in found.items() if those}


def _tables_for(resource: Resource) -> set[str]:
    if resource.area_kind == Resource.AreaKind.NATIONAL:
        return {MAIN_TABLE, *ELSEWHERE}
    return {state.guideline_table for state in resource.states.all()} - {""}


def _limits(owner: Resource, where: str, chosen: list[Guideline]) -> Limits | None:
    if owner.income_rule == Resource.IncomeRule.DOLLAR_TABLE:
        rows = [(row.household_size, row.dollars) for row in owner.dollar_limits.all()]
        return Limits("", rows) if rows else None
    return _of_guideline(owner, where, chosen[-1]) if chosen else None


def _of_guideline(owner: Resource, where: str, guideline: Guideline) -> Limits:
    percent = owner.income_limit_percent or 0
    return Limits(
        where,
        [(people, guideline.limit(percent, people)) for people in HOUSEHOLDS],
        guideline.each_additional * percent // 100,
    )


def _sentence(owner: Resource, tables: dict[str, list[Guideline]]) -> str:
    match owner.income_rule:
        case Resource.IncomeRule.NONE if not owner.income_note:
            return _("No income limit.")
        case Resource.IncomeRule.DOLLAR_TABLE:
            return _("Up to these limits for a household, in dollars a year.")
        case Resource.IncomeRule.FPL_PERCENT if tables:
            return _("Up to about these limits for a household, in dollars a year.")
        case Resource.IncomeRule.FPL_PERCENT:
            return _(
                "Up to %(percent)s%% of the federal guideline, which has no figures here. "
                "Ask for the limit in dollars."
            ) % {"percent": owner.income_limit_percent}
    return "" if owner.income_note else _("Not stated on the pages we saw. Ask.")


def _origin(owner: Resource, chosen: list[Guideline]) -> str:
    """How the dollars were found: worked out from a guideline, or the table of a year."""
    if chosen:
        return _("Worked out as %(percent)s%% of the federal poverty guideline of %(year)s.") % {
            "percent": owner.income_limit_percent,
            "year": chosen[-1].year,
        }
    if owner.income_rule == Resource.IncomeRule.DOLLAR_TABLE and owner.income_limit_year:
        return _("These are the limits of %(year)s. Ask for the new ones.") % {
            "year": owner.income_limit_year
        }
    if owner.income_rule == Resource.IncomeRule.DOLLAR_TABLE:
        return _("The page gives no year for these limits.")
    return ""
