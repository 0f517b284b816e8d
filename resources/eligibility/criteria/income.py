"""What somebody earns in a year, before tax."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pyroaring import BitMap

from resources.eligibility.amounts import dollars as written
from resources.eligibility.answers import Answers
from resources.eligibility.criteria.base import Sets, listing, met, not_known
from resources.eligibility.guidelines import MAIN_TABLE, Guideline
from resources.eligibility.knowledge import Knowledge
from resources.eligibility.reasons import Outcome, Reason
from resources.eligibility.rules import Rules
from resources.models.limits import IncomeLimit
from resources.search.sets import Directory

# The sizes of homes whose limits are told where somebody's own is not known.
SOME_HOMES = (1, 2, 3)


class _Held(NamedTuple):
    """An income held against a limit: what it comes to, the limits in dollars, their guidelines."""

    outcome: Outcome
    dollars: tuple[int, ...] = ()
    guidelines: tuple[Guideline, ...] = ()


class IncomeCriterion:
    """ "At or below" counts as met. Whole dollars are compared, and those are shown."""

    name: ClassVar[str] = "income"

    def asks(self, rules: Rules) -> tuple[str, ...]:
        match rules.income.kind:
            case "fpl_percent":
                return ("state", "household_size", "yearly_income")
            case "dollar_table":
                return ("household_size", "yearly_income")
        return ()

    def explain(self, rules: Rules, answers: Answers, know: Knowledge) -> Reason:
        limit, note = rules.income, rules.income_note
        match limit.kind:
            case "none":
                return met(self.name, _("There is no income limit."), note=note)
            case "described":
                return not_known(self.name, _("There is an income limit."), note=note)
            case "fpl_percent" | "dollar_table":
                return self._limited(limit, answers, know, note)
        sentence = _("Their pages do not say if there is an income limit.")
        return not_known(self.name, sentence, note=note)

    def _limited(self, limit: IncomeLimit, answers: Answers, know: Knowledge, note: str) -> Reason:
        held = hold(limit, answers, know)
        if not held.dollars:
            return _unanswered(limit, answers, know, note)
        return Reason(
            self.name,
            held.outcome,
            _compared(held.dollars, answers),
            working=_working(limit, held, answers),
            source=held.guidelines[-1].address if held.guidelines else "",
            note=note,
            gap=max(0, (answers.yearly_income or 0) - max(held.dollars)),
        )

    def sort(self, directory: Directory, answers: Answers, know: Knowledge) -> Sets:
        by_outcome: dict[Outcome, BitMap] = {outcome: BitMap() for outcome in Outcome}
        for value, sets in directory.said["income"].items():
            by_outcome[hold(IncomeLimit.read(value), answers, know).outcome] |= sets
        return Sets(by_outcome[Outcome.MET], by_outcome[Outcome.NOT_MET])


def hold(limit: IncomeLimit, answers: Answers, know: Knowledge) -> _Held:
    """Hold a person's income against a limit."""
    match limit.kind:
        case "none":
            return _Held(Outcome.MET)
        case "fpl_percent" if limit.percent is not None and answers.household_size is not None:
            guidelines = tuple(know.guidelines_for(answers.state, limit.year))
            dollars = tuple(g.limit(limit.percent, answers.household_size) for g in guidelines)
            return _Held(_outcome(dollars, answers.yearly_income), dollars, guidelines)
        case "dollar_table" if answers.household_size is not None:
            row = dict(limit.dollars).get(answers.household_size)
            dollars = () if row is None else (row,)
            return _Held(_outcome(dollars, answers.yearly_income), dollars)
    return _Held(Outcome.NOT_KNOWN)


def _outcome(dollars: tuple[int, ...], income: int | None) -> Outcome:
    """Between two years' limits nobody knows which one counts yet."""
    if not dollars or income is None:
        return Outcome.NOT_KNOWN
    if income <= min(dollars):
        return Outcome.MET
    return Outcome.NOT_MET if income > max(dollars) else Outcome.NOT_KNOWN


def _unanswered(limit: IncomeLimit, answers: Answers, know: Knowledge, note: str) -> Reason:
    """Why there are no dollars to compare with, and what the limit is for homes of some sizes."""
    name = IncomeCriterion.name
    if answers.household_size is None:
        return _for_some_homes(limit, answers, know, note)
    if limit.kind == "dollar_table":
        sentence = _("Their income table does not name a home of your size.")
        return not_known(name, sentence, note=note)
    if not answers.state:
        return not_known(name, _("The income limit depends on your state."), note=note)
    sentence = _("The federal guideline has no number for %(state)s.")
    return not_known(name, sentence % {"state": know.name("area", answers.state)}, note=note)


def _for_some_homes(limit: IncomeLimit, answers: Answers, know: Knowledge, note: str) -> Reason:
    """The limit for one to three people: in their state, or in most states."""
    name = IncomeCriterion.name
    depends = _("The income limit depends on how many people live in your home.")
    table = know.tables.get(answers.state, MAIN_TABLE)
    guideline = next(iter(know.guidelines.in_force(table, limit.year)[-1:]), None)
    rows = dict(limit.dollars)
    if limit.kind == "fpl_percent" and guideline is not None:
        rows = {people: guideline.limit(limit.percent or 0, people) for people in SOME_HOMES}
    amounts = [
        ngettext("%(limit)s for %(people)d person", "%(limit)s for %(people)d people", people)
        % {"limit": written(rows[people]), "people": people}
        for people in SOME_HOMES
        if people in rows
    ]
    if not amounts:
        return not_known(name, depends, note=note)
    working = _worked_out(limit, guideline) if limit.kind == "fpl_percent" and guideline else ""
    source = guideline.address if guideline and working else ""
    sentence = " ".join([depends, _("In a year: %(limits)s.") % {"limits": ", ".join(amounts)}])
    return Reason(name, Outcome.NOT_KNOWN, sentence, working=working, source=source, note=note)


def _worked_out(limit: IncomeLimit, guideline: Guideline) -> str:
    told = _("%(percent)d%% of the %(year)d federal guideline")
    return told % {"percent": limit.percent, "year": guideline.year}


def _compared(dollars: tuple[int, ...], answers: Answers) -> str:
    people = answers.household_size or 1
    limits = listing([written(one) for one in dict.fromkeys(dollars)])
    sentence = ngettext(
        "The limit for %(people)d person is %(limit)s a year.",
        "The limit for %(people)d people is %(limit)s a year.",
        people,
    ) % {"people": people, "limit": limits}
    if answers.yearly_income is None:
        return sentence
    said = _("You said %(income)s.") % {"income": written(answers.yearly_income)}
    return f"{sentence} {said}"


def _working(limit: IncomeLimit, held: _Held, answers: Answers) -> str:
    """How the dollars came about: "300% of the 2026 federal guideline of $21,640"."""
    if limit.kind == "dollar_table":
        sentence = _("from their table of %(year)s")
        return sentence % {"year": limit.year} if limit.year else _("from their table")
    lines = [
        _("%(percent)d%% of the %(year)d federal guideline of %(amount)s")
        % {
            "percent": limit.percent,
            "year": guideline.year,
            "amount": written(guideline.amount(answers.household_size or 1)),
        }
        for guideline in held.guidelines
    ]
    return "; ".join(lines)
