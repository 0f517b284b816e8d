"""What somebody earns in a year, before tax."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pyroaring import BitMap

from resources.eligibility.amounts import dollars as written
from resources.eligibility.answers import Answers
from resources.eligibility.criteria.base import Sets, listing, met, not_known
from resources.eligibility.knowledge import Guideline, Knowledge
from resources.eligibility.reasons import Outcome, Reason
from resources.eligibility.rules import Rules
from resources.models.limits import IncomeLimit
from resources.search.sets import Directory


class _Held(NamedTuple):
    """An income held against a limit: what it comes to, the limits in dollars, their guidelines."""

    outcome: Outcome
    dollars: tuple[int, ...] = ()
    guidelines: tuple[Guideline, ...] = ()


class IncomeCriterion:
    """ "At or below" counts as met. Whole dollars are compared, and those are shown."""

    name: ClassVar[str] = "income"

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
            return not_known(self.name, _unanswered(limit, answers, know), note=note)
        return Reason(
            self.name,
            held.outcome,
            _compared(held.dollars, answers),
            working=_working(limit, held, answers),
            source="; ".join(filter(None, (guideline.source for guideline in held.guidelines))),
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


def _unanswered(limit: IncomeLimit, answers: Answers, know: Knowledge) -> str:
    """Why there are no dollars to compare with."""
    if answers.household_size is None:
        return _("The income limit depends on how many people live in your home.")
    if limit.kind == "dollar_table":
        return _("Their income table does not name a home of your size.")
    if not answers.state:
        return _("The income limit depends on your state.")
    sentence = _("The federal guideline has no number for %(state)s.")
    return sentence % {"state": know.name("area", answers.state)}


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
