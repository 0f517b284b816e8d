"""The income rule in dollars first: what a household of one to four may earn in a year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from resources.models import PovertyGuideline, Resource
from resources.pages.sheet.reading import ResourceReader
from resources.translations import Wording

HOUSEHOLDS = range(1, 5)
MAIN_TABLE = "48+DC"
ELSEWHERE = ("AK", "HI")


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

    `limits` holds the table that most people need first; `elsewhere` Alaska's and Hawaii's.
    """

    sentence: str
    limits: Limits | None
    elsewhere: list[Limits]
    origin: str
    source_url: str
    note: Wording
    programme: Resource | None


def income_of(reader: ResourceReader, guidelines: Iterable[PovertyGuideline]) -> Income:
    """The income rule that holds for the resource: its own, or as a whole its programme's.

    `guidelines` are the verified ones; the year a curator confirmed is used, else the newest.
    """
    owner = reader.who_states("income_rule", "income_note")
    tables = _tables(owner, reader.resource, list(guidelines))
    chosen = next(iter(tables.values()), None)
    return Income(
        sentence=_sentence(owner, tables),
        limits=_limits(owner, chosen, tables),
        elsewhere=_elsewhere(owner, tables),
        origin=_origin(owner, chosen),
        source_url=_address(chosen.source) if chosen else "",
        note=reader.text(owner, "income_note"),
        programme=reader.programme(owner),
    )


def _tables(
    owner: Resource, resource: Resource, guidelines: list[PovertyGuideline]
) -> dict[str, PovertyGuideline]:
    """The guidelines that the percentage is taken of, by table, the main one first."""
    if owner.income_rule != Resource.IncomeRule.FPL_PERCENT:
        return {}
    years = {guideline.year for guideline in guidelines}
    confirmed = owner.income_limit_year
    year = confirmed if confirmed in years else max(years, default=None)
    of_year = {g.table: g for g in guidelines if g.year == year}
    wanted = _tables_for(resource)
    return {
        name: of_year[name] for name in (MAIN_TABLE, *ELSEWHERE) if name in wanted & set(of_year)
    }


def _tables_for(resource: Resource) -> set[str]:
    if resource.area_kind == Resource.AreaKind.NATIONAL:
        return {MAIN_TABLE, *ELSEWHERE}
    return {state.guideline_table for state in resource.states.all()} - {""}


def _limits(
    owner: Resource, chosen: PovertyGuideline | None, tables: dict[str, PovertyGuideline]
) -> Limits | None:
    if owner.income_rule == Resource.IncomeRule.DOLLAR_TABLE:
        rows = [(row.household_size, row.dollars) for row in owner.dollar_limits.all()]
        return Limits("", rows) if rows else None
    return _of_guideline(owner, chosen) if chosen else None


def _of_guideline(owner: Resource, guideline: PovertyGuideline) -> Limits:
    percent = owner.income_limit_percent or 0
    return Limits(
        guideline.table,
        [(people, guideline.limit(percent=percent, people=people)) for people in HOUSEHOLDS],
        guideline.each_additional * percent // 100,
    )


def _elsewhere(owner: Resource, tables: dict[str, PovertyGuideline]) -> list[Limits]:
    return [_of_guideline(owner, guideline) for guideline in list(tables.values())[1:]]


def _sentence(owner: Resource, tables: dict[str, PovertyGuideline]) -> str:
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


def _origin(owner: Resource, chosen: PovertyGuideline | None) -> str:
    """How the dollars were found: worked out from a guideline, or the table of a year."""
    if chosen is not None:
        return _("Worked out as %(percent)s%% of the federal poverty guideline of %(year)s.") % {
            "percent": owner.income_limit_percent,
            "year": chosen.year,
        }
    if owner.income_rule == Resource.IncomeRule.DOLLAR_TABLE and owner.income_limit_year:
        return _("These are the limits of %(year)s. Ask for the new ones.") % {
            "year": owner.income_limit_year
        }
    if owner.income_rule == Resource.IncomeRule.DOLLAR_TABLE:
        return _("The page gives no year for these limits.")
    return ""


def _address(source: str) -> str:
    """The web address at the end of a guideline's source, "91 FR 1797; https://…"."""
    return next((word for word in source.split() if word.startswith("https://")), "")
