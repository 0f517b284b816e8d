""" "Could this be for me?": a resource's page asks what its own rules need, and answers there."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from resources.context import directory_of
from resources.eligibility import Verdict, judge, questions
from resources.eligibility.reading import knowledge_of, rules_of
from resources.forms import FindHelp
from resources.languages import language_of_page
from resources.models import Resource


@dataclass(frozen=True, slots=True)
class ForMe:
    """The questions, how many there are, and once they are answered the verdict."""

    form: FindHelp
    count: int
    verdict: Verdict | None


def for_me(request: HttpRequest, resource: Resource) -> ForMe | None:
    """The questions of a resource from `sheet.to_read`; their answer, where they were sent.

    None where no answer would change anything: what it takes is told by its rules.
    """
    directory, language = directory_of(request), language_of_page()
    rules = rules_of(resource, language)
    asks = questions(rules)
    if not asks or resource.is_ended:
        return None
    said = request.POST if request.method == "POST" else None
    form = FindHelp(said, directory, language, asks=asks)
    if not form.is_valid():
        return ForMe(form, len(asks), None)
    verdict = judge(rules, form.answers, knowledge_of(directory, language))
    return ForMe(form, len(asks), verdict)
