"""How old somebody is."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext as _
from pyroaring import BitMap

from resources.eligibility.answers import Answers
from resources.eligibility.criteria.base import Sets, met, not_known, not_met
from resources.eligibility.knowledge import Knowledge
from resources.eligibility.reasons import Outcome, Reason
from resources.eligibility.rules import Rules
from resources.models.limits import NO_AGES, Ages
from resources.search.sets import Directory


class AgeCriterion:
    """Both bounds are included."""

    name: ClassVar[str] = "age"

    def asks(self, rules: Rules) -> tuple[str, ...]:
        return ("age",) if rules.ages != NO_AGES else ()

    def explain(self, rules: Rules, answers: Answers, know: Knowledge) -> Reason | None:
        if rules.ages == NO_AGES:
            return None
        sentence = _sentence(rules.ages)
        match outcome_of(rules.ages, answers):
            case Outcome.NOT_KNOWN:
                return not_known(self.name, sentence)
            case Outcome.MET:
                return met(self.name, sentence)
        said = _("You said %(age)s.") % {"age": answers.age}
        return not_met(self.name, f"{sentence} {said}")

    def sort(self, directory: Directory, answers: Answers, know: Knowledge) -> Sets:
        by_outcome: dict[Outcome, BitMap] = {outcome: BitMap() for outcome in Outcome}
        limited = BitMap()
        for value, held in directory.said["age"].items():
            by_outcome[outcome_of(Ages.read(value), answers)] |= held
            limited |= held
        passed = (directory.everything - limited) | by_outcome[Outcome.MET]
        return Sets(passed, by_outcome[Outcome.NOT_MET])


def outcome_of(ages: Ages, answers: Answers) -> Outcome:
    """What these bounds come to for a person."""
    if answers.age is None:
        return Outcome.NOT_KNOWN
    is_old_enough = ages.youngest is None or answers.age >= ages.youngest
    is_young_enough = ages.oldest is None or answers.age <= ages.oldest
    return Outcome.MET if is_old_enough and is_young_enough else Outcome.NOT_MET


def _sentence(ages: Ages) -> str:
    if ages.oldest is None:
        return _("It is for people of %(age)s or older.") % {"age": ages.youngest}
    if not ages.youngest:
        return _("It is for people up to %(age)s years old.") % {"age": ages.oldest}
    sentence = _("It is for people from %(youngest)s to %(oldest)s years old.")
    return sentence % {"youngest": ages.youngest, "oldest": ages.oldest}
