"""Where the words of a resource and its rules seem to disagree: for a curator to look at.

These are readings of English prose and may be wrong: they are said, and stop nobody.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from django.utils.translation import gettext as _

from resources.models import Resource
from resources.search.facets import UNDERINSURED, UNINSURED

# What a resource says of who may get it, in words.
PROSE = (
    "summary",
    "income_note",
    "eligibility_notes",
    "conditions_note",
    "residency_note",
    "treatment_note",
)

PERCENT = re.compile(r"(?<![\d.])(\d{2,3})(?:\.\d+)? ?(?:%|percent)")
# A percentage is one of income where one of these words stands in the same sentence.
OF_POVERTY = re.compile(r"poverty|federal guideline|\bFPL\b|\bFPG\b", re.IGNORECASE)
NO_LIMIT = re.compile(
    r"no income (?:limit|test|rule)|(?:any|all) incomes?\b|whatever your income", re.IGNORECASE
)
NO_INSURANCE = re.compile(
    r"\buninsured\b|(?:without|no|lack(?:s|ing)?) (?:any |health )*(?:insurance|cover)\b",
    re.IGNORECASE,
)
TOO_LITTLE = re.compile(r"\bunderinsured\b", re.IGNORECASE)
MUST_HAVE = re.compile(
    r"must (?:have|be) (?:\w+ )?(?:insurance|insured)|need (?:\w+ )?insurance", re.IGNORECASE
)
AGE = re.compile(
    r"\bage[sd]? (\d{1,3})\b|\b(\d{1,3}) (?:years )?(?:or|and) (?:older|over|younger|under)\b"
    r"|\b(?:under|over) (?:age )?(\d{1,2})\b(?! ?(?:%|,|months|days|miles))",
    re.IGNORECASE,
)


def doubts(resource: Resource) -> list[str]:
    """What a curator should look at, each a sentence; empty where words and rules go together.

    Reads the words that the resource has itself, and the rules that hold for it.
    """
    return [sentence for look in LOOKS for sentence in look(resource)]


def _words(resource: Resource, *fields: str) -> str:
    """These texts, each ended so that its last sentence is one of its own."""
    return " ".join(f"{text}." for text in (getattr(resource, field) for field in fields) if text)


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.;!?])\s+", text)


def _percentages(resource: Resource) -> Iterator[str]:
    note = {int(one) for one in PERCENT.findall(resource.income_note)}
    others = _sentences(_words(resource, "summary", "eligibility_notes"))
    prose = (PERCENT.findall(each) for each in others if OF_POVERTY.search(each))
    named = note | {int(one) for found in prose for one in found}
    owner = resource.who_states("income_rule")
    limit = owner.income_limit_percent
    others_named = sorted(named - {limit})
    if not others_named or owner.income_rule == Resource.IncomeRule.DESCRIBED:
        return
    percents = ", ".join(f"{percent}%" for percent in others_named)
    if limit is None:
        yield _("The words name %(percents)s of income, and no rule does.") % {"percents": percents}
    else:
        told = _("The words name %(percents)s, the limit is %(limit)d%%.")
        yield told % {"percents": percents, "limit": limit}


def _no_limit(resource: Resource) -> Iterator[str]:
    rule = resource.who_states("income_rule").income_rule
    words = _words(resource, "income_note", "eligibility_notes", "summary")
    if NO_LIMIT.search(words) and rule != Resource.IncomeRule.NONE:
        yield _("The words say that there is no income limit, the rule does not.")


def _insurance(resource: Resource) -> Iterator[str]:
    owner = resource.who_states("insurance_rule")
    words = _words(resource, *PROSE)
    if owner.insurance_rule == Resource.InsuranceRule.ANY:
        if MUST_HAVE.search(words) and not owner.insurance_required:
            yield _("The words say that one must have insurance, the rule takes any or none.")
        return
    if owner.insurance_rule != Resource.InsuranceRule.LISTED:
        return
    listed = {kind.slug for kind in owner.insurance.all()}
    if NO_INSURANCE.search(words) and UNINSURED not in listed:
        yield _("The words speak of people without insurance, the list does not.")
    if TOO_LITTLE.search(words) and UNDERINSURED not in listed:
        yield _("The words speak of people with too little insurance, the list does not.")
    if UNINSURED in listed and resource.only_with_insurance:
        yield _("It lists people without insurance, but helps only together with insurance.")


def _ages(resource: Resource) -> Iterator[str]:
    owner = resource.who_states("age_min", "age_max")
    words = _words(resource, "summary", "eligibility_notes", "conditions_note", "treatment_note")
    named = sorted({int(next(filter(None, found))) for found in AGE.findall(words)})
    if named and owner.age_min is None and owner.age_max is None:
        ages = ", ".join(map(str, named))
        yield _("The words name an age (%(ages)s), and no rule does.") % {"ages": ages}


LOOKS: Sequence[Callable[[Resource], Iterator[str]]] = (_percentages, _no_limit, _insurance, _ages)
