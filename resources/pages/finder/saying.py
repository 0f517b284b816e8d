"""Answers in words: what somebody said, and what they can say on the phone."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resources.eligibility import Answers, Chance, Knowledge, Outcome, Reason
from resources.eligibility.amounts import dollars
from resources.search.facets import UNINSURED


def in_a_word(chance: Chance) -> str:
    """What a verdict is called."""
    return {
        Chance.LIKELY: _("Likely"),
        Chance.CHECK: _("Check"),
        Chance.UNLIKELY: _("Probably not"),
    }[chance]


def said(answers: Answers, know: Knowledge, needs: Sequence[str]) -> list[str]:
    """What somebody said, each in a few words: shown back, so that a slip is seen."""
    words = [*needs]
    words += [know.name("condition", slug) for slug in answers.conditions]
    words += [know.name("medicine", slug) for slug in answers.medicines]
    words += [know.name("area", answers.state)] if answers.state else []
    words += [know.name("insurance", slug) for slug in answers.insurance]
    if answers.household_size is not None:
        people = answers.household_size
        words.append(
            ngettext("%(people)d person", "%(people)d people", people) % {"people": people}
        )
    if answers.yearly_income is not None:
        words.append(_("%(income)s a year") % {"income": dollars(answers.yearly_income)})
    if answers.age is not None:
        words.append(_("Age %(age)d") % {"age": answers.age})
    return words


def to_say(answers: Answers, know: Knowledge, name: str) -> str:
    """How a call can begin. Says nothing of money: that is for them to ask."""
    sentences = [_("I am calling about %(name)s.") % {"name": name}]
    if answers.conditions:
        sentences.append(
            _("My illness: %(illness)s.")
            % {"illness": know.name("condition", answers.conditions[0])}
        )
    if answers.state:
        sentences.append(_("I live in %(state)s.") % {"state": know.name("area", answers.state)})
    if UNINSURED in answers.insurance:
        sentences.append(_("I have no insurance."))
    elif answers.insurance:
        kinds = ", ".join(know.names("insurance", answers.insurance))
        sentences.append(_("My insurance: %(kinds)s.") % {"kinds": kinds})
    sentences.append(_("Is it open now? How do I apply?"))
    return " ".join(sentences)


def over(reason: Reason) -> str:
    """By how much a limit is passed; empty where none is."""
    if reason.outcome is not Outcome.NOT_MET or not reason.gap:
        return ""
    return _("That is %(gap)s over. Ask: limits can bend.") % {"gap": dollars(reason.gap)}
