"""How likely somebody is to get a kind of help, with a reason for every rule.

answers     what a person says of themselves
rules       what a resource's pages say, as plain data
knowledge   the vocabularies' trees, who makes what
guidelines  the federal poverty guidelines, and which counts on a day
criteria/   one class for each rule: what it comes to, why, and the same for all as sets
reasons     what one rule comes to
verdicts    likely, check or unlikely, from the reasons
reading     rules and knowledge from the models and the sets in memory

Nothing stated is not the same as no rule, and an answer not given is never a reason against.
"""

from resources.eligibility.answers import Answers, BadAnswer
from resources.eligibility.guidelines import Guideline, Guidelines
from resources.eligibility.knowledge import Knowledge
from resources.eligibility.reasons import Outcome, Reason
from resources.eligibility.rules import Rules
from resources.eligibility.sorting import Groups, sort
from resources.eligibility.verdicts import Chance, Verdict, judge, questions

__all__ = [
    "Answers",
    "BadAnswer",
    "Chance",
    "Groups",
    "Guideline",
    "Guidelines",
    "Knowledge",
    "Outcome",
    "Reason",
    "Rules",
    "Verdict",
    "judge",
    "questions",
    "sort",
]
