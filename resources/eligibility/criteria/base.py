"""What every criterion is: one rule, explained for one resource and worked out for all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple, Protocol

from django.utils.translation import gettext
from pyroaring import BitMap

from resources.eligibility.answers import Answers
from resources.eligibility.knowledge import Knowledge
from resources.eligibility.reasons import Outcome, Reason
from resources.eligibility.rules import Rules
from resources.languages import one_of
from resources.search.sets import Directory


class Sets(NamedTuple):
    """The resources that pass a rule (or have none), and those that do not; of others, ask."""

    passed: BitMap
    failed: BitMap


class Criterion(Protocol):
    """One rule. `explain` and `sort` come to the same for every resource; a test holds them."""

    name: ClassVar[str]

    def asks(self, rules: Rules) -> tuple[str, ...]:
        """The fields of `Answers` on which it depends; none where no answer would change it."""
        ...

    def explain(self, rules: Rules, answers: Answers, know: Knowledge) -> Reason | None:
        """What it comes to for one resource; None where the resource has no such rule."""
        ...

    def sort(self, directory: Directory, answers: Answers, know: Knowledge) -> Sets:
        """What it comes to for every resource."""
        ...


def met(criterion: str, sentence: str, *, note: str = "") -> Reason:
    return Reason(criterion, Outcome.MET, sentence, note=note)


def not_met(criterion: str, sentence: str, *, note: str = "") -> Reason:
    return Reason(criterion, Outcome.NOT_MET, sentence, note=note)


def not_known(criterion: str, sentence: str, *, note: str = "") -> Reason:
    return Reason(criterion, Outcome.NOT_KNOWN, sentence, note=note)


# A sentence names no more things of a kind than this.
MOST_NAMED = 4


def listing(names: Sequence[str]) -> str:
    """ "A, B or C"; of very many the first few, and that there are more."""
    if len(names) > MOST_NAMED:
        few = ", ".join(names[:MOST_NAMED])
        more = len(names) - MOST_NAMED
        return gettext("%(names)s or %(more)d more") % {"names": few, "more": more}
    return one_of(names)
