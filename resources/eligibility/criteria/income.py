"""What somebody earns in a year, before tax."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pyroaring import BitMap

from resources.eligibility.amounts import dollars as written
from resources.eligibility.answers import Answers
from resources.eligibility.criteria.base import Sets, met, not_known
from resources.eligibility.guidelines import Guideline, table_for
from resources.eligibility.knowledge import Knowledge
from resources.eligibility.reasons import Outcome, Reason
from resources.eligibility.rules import Rules
from resources.languages import one_of
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
        note = rules.income_note
        match rules.income.kind:
            case "none":
                return met(self.name, _("There is no income limit."), note=note)
            case "described":
                return not_known(self.name, _("There is an income limit."), note=note)
            case "fpl_percent" | "dollar_table":
                return self._limited(rules, answers, know)
        sentence = _("Their pages do not say if there is an income limit.")
        return not_known(self.name, sentence, note=note)

    def _limited(self, rules: Rules, answers: Answers, know: Knowledge) -> Reason:
        held = hold(rules.income, answers, know)
        if not held.dollars:
            return _unanswered(rules, answers, know)
        return Reason(
            self.name,
            held.outcome,
            _compared(held.dollars, answers),
            working=_working(rules.income, held.guidelines, answers.household_size),
            source=held.guidelines[-1].address if held.guidelines else "",
            note=rules.income_note,
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


def _unanswered(rules: Rules, answers: Answers, know: Knowledge) -> Reason:
    """Why there is nothing to compare with, and the limits for homes of that size or of some."""
    limit, people = rules.income, answers.household_size
    guidelines = _guidelines(rules, answers, know) if limit.kind == "fpl_percent" else []
    sizes = SOME_HOMES if people is None else (people,)
    amounts = [(size, _amounts(limit, guidelines, size)) for size in sizes]
    known = [_for_people(size, dollars) for size, dollars in amounts if dollars]
    sentences = [_why(limit, answers, know, has_guideline=bool(guidelines))]
    if known:
        sentences.append(_("In a year: %(limits)s.") % {"limits": ", ".join(known)})
    if known and guidelines and not answers.state and rules.is_national:
        sentences.append(_("It is higher in Alaska and Hawaii."))
    return Reason(
        IncomeCriterion.name,
        Outcome.NOT_KNOWN,
        " ".join(sentences),
        working=_working(limit, tuple(guidelines), people) if known else "",
        source=guidelines[-1].address if known and guidelines else "",
        note=rules.income_note,
    )


def _why(limit: IncomeLimit, answers: Answers, know: Knowledge, *, has_guideline: bool) -> str:
    if limit.kind == "fpl_percent" and answers.state and not has_guideline:
        sentence = _("The federal guideline has no number for %(state)s.")
        return sentence % {"state": know.name("area", answers.state)}
    if answers.household_size is None:
        return _("The income limit depends on how many people live in your home.")
    if limit.kind == "dollar_table":
        return _("Their income table does not name a home of your size.")
    return _("The income limit depends on your state.")


def _guidelines(rules: Rules, answers: Answers, know: Knowledge) -> list[Guideline]:
    """Those of somebody's state; where they named none, of the state or states that it is for."""
    if answers.state:
        return know.guidelines_for(answers.state, rules.income.year)
    tables = (know.tables.get(state, "") for state in rules.states)
    table = table_for(tables, is_national=rules.is_national)
    return know.guidelines.in_force(table, rules.income.year)


def _amounts(limit: IncomeLimit, guidelines: list[Guideline], people: int) -> list[int]:
    if limit.kind == "dollar_table":
        return [dollars for size, dollars in limit.dollars if size == people]
    return [guideline.limit(limit.percent or 0, people) for guideline in guidelines]


def _for_people(people: int, dollars: list[int]) -> str:
    return ngettext(
        "%(limit)s for %(people)d person", "%(limit)s for %(people)d people", people
    ) % {"limit": _either(dollars), "people": people}


def _either(dollars: Sequence[int]) -> str:
    return one_of([written(one) for one in dict.fromkeys(dollars)])


def _compared(dollars: tuple[int, ...], answers: Answers) -> str:
    people = answers.household_size or 1
    sentences = [
        ngettext(
            "The limit for %(people)d person is %(limit)s a year.",
            "The limit for %(people)d people is %(limit)s a year.",
            people,
        )
        % {"people": people, "limit": _either(dollars)}
    ]
    if answers.yearly_income is not None:
        sentences.append(_("You said %(income)s.") % {"income": written(answers.yearly_income)})
    if len(dollars) > 1:
        sentences.append(_("Until April they may still go by last year’s limit."))
    return " ".join(sentences)


def _working(limit: IncomeLimit, guidelines: tuple[Guideline, ...], people: int | None) -> str:
    """How the dollars came about: "300% of the 2026 federal guideline of $21,640"."""
    if limit.kind == "dollar_table":
        sentence = _("from their table of %(year)s")
        return sentence % {"year": limit.year} if limit.year else _("from their table")
    return "; ".join(_share(limit, guideline, people) for guideline in guidelines)


def _share(limit: IncomeLimit, guideline: Guideline, people: int | None) -> str:
    told = {"percent": limit.percent, "year": guideline.year}
    if people is None:
        return _("%(percent)d%% of the %(year)d federal guideline") % told
    amount = written(guideline.amount(people))
    sentence = _("%(percent)d%% of the %(year)d federal guideline of %(amount)s")
    return sentence % {**told, "amount": amount}
