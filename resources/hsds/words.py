"""What HSDS keeps in words, as the page of the entry says it, in English."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from django.utils.translation import override

from resources.hsds.rows import Service
from resources.models import FundStatusToday
from resources.pages.sheet import Sheet
from resources.pages.sheet.income import Income
from resources.pages.sheet.reading import ResourceReader
from resources.pages.sheet.rules import Rule
from resources.pages.sheet.standing import Standing, notice_of, standings_of


def alert(resource: Service, status: FundStatusToday) -> str:
    """What stands in the way today: over, closed, a waiting list, not known. Empty: nothing."""
    whole: Any = resource  # of which no more is asked than a row has
    standings = standings_of(whole, status)
    if standings == [Standing.FINE]:
        return ""
    if Standing.GONE in standings:
        return _notice(whole, status, standings)
    return _notice_of_many(_Stands(whole.is_ended, whole.lifecycle_since), status, tuple(standings))


class _Stands(NamedTuple):
    """All of a resource that its notice says, while its organisation goes on."""

    is_ended: bool
    lifecycle_since: dt.date | None


@lru_cache(maxsize=5_000)
def _notice_of_many(
    stands: _Stands, status: FundStatusToday, standings: tuple[Standing, ...]
) -> str:
    """The same for thousands: what was seen on the same day is said in the same words."""
    with override("en"):
        return _notice(stands, status, list(standings))


def _notice(resource: Any, status: FundStatusToday, standings: list[Standing]) -> str:
    notice = notice_of(ResourceReader(resource, "en"), status, standings)
    return _joined([notice.heading, *map(str, notice.sentences)]) if notice else ""


def eligibility(sheet: Sheet) -> str:
    """Who may get it, rule by rule; and what the pages seen do not mention."""
    lines = [*map(_rule, sheet.rules_before), _income(sheet.income), *map(_rule, sheet.rules_after)]
    if sheet.to_ask:
        lines.append(f"Not stated on the pages we saw: {', '.join(sheet.to_ask)}. Ask.")
    return "\n".join(filter(None, lines))


def application(sheet: Sheet) -> str:
    """What to do, step by step. Papers to have ready stand among the documents as well."""
    lines = ["The clinic must apply."] if sheet.steps.clinic_must else []
    for step in sheet.steps.steps:
        items = ", ".join(map(str, step.items))
        lines.append(_joined([*map(str, step.sentences), items]))
    return "\n".join(filter(None, lines))


def _rule(rule: Rule) -> str:
    names = ", ".join(str(term) for term in rule.terms)
    said = _joined([names, *map(str, rule.sentences)])
    return f"{rule.label}: {said}" if said else ""


def _income(income: Income) -> str:
    rows = income.limits.rows if income.limits else []
    dollars = "; ".join(f"${limit:,} for {people}" for people, limit in rows)
    further = income.limits.each_further if income.limits else 0
    more = f"${further:,} more for each further person" if further else ""
    said = _joined([income.sentence, dollars, more, income.origin, str(income.note)])
    return f"Income: {said}" if said else ""


def _joined(sentences: Iterable[str]) -> str:
    """Sentences one after another, each with an end."""
    told = (sentence.strip() for sentence in sentences)
    return " ".join(
        sentence if sentence[-1] in ".?!:;" else f"{sentence}." for sentence in told if sentence
    )
