"""From answers and rules to a verdict: a reason for each rule, and what they come to."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from resources.eligibility.answers import Answers
from resources.eligibility.criteria import CRITERIA
from resources.eligibility.knowledge import Knowledge
from resources.eligibility.reasons import Outcome, Reason
from resources.eligibility.rules import Rules


class Chance(enum.Enum):
    """What all rules come to. Never "eligible" or not: limits bend, and who decides is not us."""

    LIKELY = "likely"
    CHECK = "check"
    UNLIKELY = "unlikely"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How likely, and why: one reason for each rule that there is."""

    chance: Chance
    reasons: tuple[Reason, ...]


def chance_of(outcomes: set[Outcome]) -> Chance:
    """What these outcomes of all the rules come to."""
    if Outcome.NOT_MET in outcomes:
        return Chance.UNLIKELY
    return Chance.LIKELY if outcomes == {Outcome.MET} else Chance.CHECK


def questions(rules: Rules) -> list[str]:
    """The fields of `Answers` that these rules need, each once."""
    return list(dict.fromkeys(name for criterion in CRITERIA for name in criterion.asks(rules)))


def judge(rules: Rules, answers: Answers, knowledge: Knowledge) -> Verdict:
    """Hold a person's answers against a resource's rules.

    Whether it is running and open is another matter and stands beside the verdict.
    """
    found = (criterion.explain(rules, answers, knowledge) for criterion in CRITERIA)
    reasons = tuple(reason for reason in found if reason is not None)
    return Verdict(chance_of({reason.outcome for reason in reasons}), reasons)
