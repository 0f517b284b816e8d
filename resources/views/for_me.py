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
from resources.pages.finder.percents import Percent, percent_of


@dataclass(frozen=True, slots=True)
class ForMe:
    """The questions, and once they are answered the verdict. `percents`: the limit in dollars."""

    form: FindHelp
    count: int
    verdict: Verdict | None
    percents: list[Percent]


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
        return ForMe(form, len(asks), None, [])
    knowledge = knowledge_of(directory, language)
    percent = rules.income.percent
    tables = [percent_of(percent, knowledge.guidelines)] if percent else []
    return ForMe(form, len(asks), judge(rules, form.answers, knowledge), tables)
