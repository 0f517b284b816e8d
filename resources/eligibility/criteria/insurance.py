"""The insurance that somebody has, or has not."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext as _
from pyroaring import BitMap

from resources.eligibility.answers import Answers
from resources.eligibility.criteria.base import Sets, listing, met, not_known, not_met
from resources.eligibility.knowledge import Knowledge
from resources.eligibility.reasons import Reason
from resources.eligibility.rules import Rules
from resources.search.facets import UNDERINSURED, untagged
from resources.search.sets import Directory


class InsuranceCriterion:
    """An answer counts as its ancestors too: Part D is Medicare."""

    name: ClassVar[str] = "insurance"

    def asks(self, rules: Rules) -> tuple[str, ...]:
        depends = rules.insurance_rule == "listed" or rules.only_with_insurance
        return ("insurance",) if depends else ()

    def explain(self, rules: Rules, answers: Answers, know: Knowledge) -> Reason:
        if rules.only_with_insurance and answers.is_uninsured:
            sentence = _("It helps only together with insurance. You said that you have none.")
            return not_met(self.name, sentence)
        match rules.insurance_rule:
            case "any":
                return met(self.name, self._any(rules))
            case "listed" if rules.insurance:
                return self._listed(rules, answers, know)
            case "listed":
                return not_known(self.name, _("They take only some kinds of insurance."))
        return not_known(self.name, _("Their pages do not say which insurance they take."))

    def _any(self, rules: Rules) -> str:
        if rules.only_with_insurance:
            return _("They take any kind of insurance.")
        return _("They take people with any insurance or with none.")

    def _listed(self, rules: Rules, answers: Answers, know: Knowledge) -> Reason:
        kinds = listing(know.names("insurance", rules.insurance))
        sentence = _("It is for people with: %(kinds)s.") % {"kinds": kinds}
        if not answers.insurance:
            return not_known(self.name, sentence)
        if rules.insurance & _with_above(answers, know):
            return met(self.name, sentence)
        yours = listing(know.names("insurance", answers.insurance))
        said = _("You said: %(yours)s.") % {"yours": yours}
        sentence = f"{sentence} {said}"
        if UNDERINSURED in rules.insurance and answers.is_insured:
            more = _("If your insurance pays too little, ask.")
            return not_known(self.name, f"{sentence} {more}")
        return not_met(self.name, sentence)

    def sort(self, directory: Directory, answers: Answers, know: Knowledge) -> Sets:
        passed = directory.tags("insurance_rule", "any")
        failed = BitMap()
        if answers.insurance:
            listed = directory.tags("insurance_rule", "listed") - untagged(directory, "insurance")
            taking = listed & directory.tags_of_any("insurance", _with_above(answers, know))
            passed = passed | taking
            failed = listed - taking
            if answers.is_insured:
                failed = failed - directory.tags("insurance", UNDERINSURED)
        if answers.is_uninsured:
            tied = directory.only_with_insurance
            passed, failed = passed - tied, failed | tied
        return Sets(passed, failed)


def _with_above(answers: Answers, know: Knowledge) -> set[str]:
    kinds = set(answers.insurance)
    return kinds.union(*(know.above("insurance", kind) for kind in kinds))
