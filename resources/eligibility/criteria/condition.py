"""The illness that somebody has."""

from __future__ import annotations

from collections.abc import Iterable
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

# What a resource is for that is for everybody who is ill.
ANY = "any-illness"


class ConditionCriterion:
    """Help for an illness or for what it is a kind of is met; for a kind of it, one has to ask."""

    name: ClassVar[str] = "condition"

    def asks(self, rules: Rules) -> tuple[str, ...]:
        is_bound = rules.conditions and ANY not in rules.conditions
        return ("conditions",) if is_bound else ()

    def explain(self, rules: Rules, answers: Answers, know: Knowledge) -> Reason:
        own, note = rules.conditions, rules.conditions_note
        if not own:
            return not_known(self.name, _("Their pages name no illness."), note=note)
        theirs = listing(know.names("condition", own))
        if not answers.conditions and ANY not in own:
            sentence = _("It is for people with: %(illnesses)s.") % {"illnesses": theirs}
            return not_known(self.name, sentence, note=note)
        fitting = own & _with_above(answers, know)
        if fitting:
            return self._fitting(rules, sorted(fitting), know)
        near = own & _below_or_related(answers, know)
        yours = listing(know.names("condition", answers.conditions))
        if near:
            sentence = _("It is for people with: %(illnesses)s. You said: %(yours)s.") % {
                "illnesses": listing(know.names("condition", near)),
                "yours": yours,
            }
            return not_known(self.name, sentence, note=note)
        sentence = _("It is for people with: %(illnesses)s. You said: %(yours)s.")
        return not_met(self.name, sentence % {"illnesses": theirs, "yours": yours}, note=note)

    def _fitting(self, rules: Rules, fitting: list[str], know: Knowledge) -> Reason:
        if ANY in fitting:
            sentence = _("It is for people with any illness.")
        else:
            names = listing(know.names("condition", fitting))
            sentence = _("It is for people with: %(illnesses)s.") % {"illnesses": names}
        if rules.condition_partial:
            but = _("But not for all of them.")
            return not_known(self.name, f"{sentence} {but}", note=rules.conditions_note)
        return met(self.name, sentence, note=rules.conditions_note)

    def sort(self, directory: Directory, answers: Answers, know: Knowledge) -> Sets:
        fitting = directory.tags_of_any("condition", _with_above(answers, know))
        passed = fitting - directory.tags("condition_partial", "yes")
        if not answers.conditions:
            return Sets(passed, BitMap())
        near = directory.tags_of_any("condition", _below_or_related(answers, know))
        others = directory.everything - fitting - near - untagged(directory, "condition")
        return Sets(passed, others)


def _with_above(answers: Answers, know: Knowledge) -> set[str]:
    """The illnesses that somebody has, and all that these are kinds of."""
    return {ANY, *answers.conditions, *_all(know.above("condition", c) for c in answers.conditions)}


def _below_or_related(answers: Answers, know: Knowledge) -> set[str]:
    below = _all(know.below("condition", c) for c in answers.conditions)
    return below | _all(know.related(c) for c in answers.conditions)


def _all(several: Iterable[Iterable[str]]) -> set[str]:
    return {slug for slugs in several for slug in slugs}
