""" "Could this be for me?": one resource asks what its own rules need, and answers."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from resources.eligibility import Verdict, judge, questions
from resources.eligibility.reading import knowledge_of, rules_of
from resources.forms.find_help import FindHelp
from resources.models import Resource
from resources.search.sets import Directory


@dataclass(frozen=True, slots=True)
class ForMe:
    """The questions, how many there are, and once they are answered the verdict."""

    form: FindHelp
    count: int
    verdict: Verdict | None


def for_me(
    resource: Resource, said: QueryDict | None, directory: Directory, language: str
) -> ForMe | None:
    """The questions of a resource with all its parts, answered with what was `said`, if anything.

    None where no answer would change anything: what it takes is told by its rules.
    """
    rules = rules_of(resource, language)
    asks = questions(rules)
    if not asks or resource.is_ended:
        return None
    form = FindHelp(said, directory, language, asks=asks)
    if not form.is_valid():
        return ForMe(form, len(asks), None)
    verdict = judge(rules, form.answers, knowledge_of(directory, language))
    return ForMe(form, len(asks), verdict)
