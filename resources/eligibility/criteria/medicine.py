"""The medicine that somebody takes."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext as _
from pyroaring import BitMap

from resources.eligibility.answers import Answers
from resources.eligibility.criteria.base import Sets, listing, met, not_known, not_met
from resources.eligibility.knowledge import Knowledge
from resources.eligibility.reasons import Reason
from resources.eligibility.rules import Rules
from resources.search.facets import untagged
from resources.search.sets import Directory


class MedicineCriterion:
    """Help that names medicines is for these; a maker's that names none, at most for its own."""

    name: ClassVar[str] = "medicine"

    def asks(self, rules: Rules) -> tuple[str, ...]:
        return ("medicines",) if rules.medicines or rules.makers else ()

    def explain(self, rules: Rules, answers: Answers, know: Knowledge) -> Reason | None:
        if rules.medicines:
            return self._named(rules, answers, know)
        if rules.makers and answers.medicines:
            return self._of_a_maker(rules, answers, know)
        return None

    def _named(self, rules: Rules, answers: Answers, know: Knowledge) -> Reason:
        covered = rules.medicines & set(answers.medicines)
        note = rules.medicines_note
        if covered:
            names = {"medicines": listing(know.names("medicine", covered))}
            return met(self.name, _("It is for %(medicines)s.") % names, note=note)
        names = {"medicines": listing(know.names("medicine", rules.medicines))}
        if not answers.medicines:
            return not_known(self.name, _("It is for %(medicines)s.") % names, note=note)
        sentence = _("It is for %(medicines)s. You said %(yours)s.")
        yours = listing(know.names("medicine", answers.medicines))
        return not_met(self.name, sentence % {**names, "yours": yours}, note=note)

    def _of_a_maker(self, rules: Rules, answers: Answers, know: Knowledge) -> Reason:
        yours = {"medicine": listing(know.names("medicine", answers.medicines))}
        if _may_make(rules.makers, answers, know):
            sentence = _("It comes from a drug maker that does not say if %(medicine)s is covered.")
            return not_known(self.name, sentence % yours, note=rules.medicines_note)
        sentence = _("It comes from a drug maker that does not make %(medicine)s.")
        return not_met(self.name, sentence % yours, note=rules.medicines_note)

    def sort(self, directory: Directory, answers: Answers, know: Knowledge) -> Sets:
        unnamed = untagged(directory, "medicine")
        if not answers.medicines:
            return Sets(unnamed, BitMap())
        covered = directory.tags_of_any("medicine", answers.medicines)
        by_makers = unnamed - untagged(directory, "maker")
        makers = directory.said["maker"]
        others = {maker for maker in makers if not _may_make({maker}, answers, know)}
        may_be = directory.tags_of_any("maker", makers.keys() - others)
        failed = (directory.everything - unnamed - covered) | (by_makers - may_be)
        return Sets(covered | (unnamed - by_makers), failed)


def _may_make(makers: set[str] | frozenset[str], answers: Answers, know: Knowledge) -> bool:
    """Whether one of these makers makes one of the medicines, as far as that is known."""
    known = [set(know.makers(medicine)) for medicine in answers.medicines]
    return any(not of or of & makers for of in known)
