"""What HSDS keeps in words, as the page of the entry says it, in English."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from resources.models import Resource
from resources.pages.sheet import Sheet
from resources.pages.sheet.income import Income
from resources.pages.sheet.reading import ResourceReader
from resources.pages.sheet.rules import Rule
from resources.pages.sheet.standing import notice_of, standings_of


def alert(resource: Resource, today: dt.date) -> str:
    """What stands in the way today: over, closed, a waiting list, not known. Empty: nothing."""
    status = resource.fund_status_on(today)
    reader = ResourceReader(resource, "en")
    notice = notice_of(reader, status, standings_of(resource, status))
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
