"""One resource in an answer: its verdict, and all that one needs to get in touch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from resources.eligibility import Answers, Knowledge, Verdict, judge
from resources.eligibility.reading import rules_of
from resources.models import Resource
from resources.models.entry import Source
from resources.pages import loading
from resources.pages.finder.saying import to_say
from resources.pages.sheet.reading import ResourceReader, phones_of
from resources.pages.sheet.rules import Rule, in_words
from resources.pages.sheet.steps import Steps, steps_of
from resources.translations import Wording

# What a verdict and the way to apply need besides what a card shows.
NEEDED = ("medicines", "sources")


@dataclass(frozen=True, slots=True)
class Item:
    """A resource with its verdict.

    `to_say`: how a call can begin; `steps`: how to apply; `papers`: what to have ready; `also`:
    rules that are words, and change no verdict; `percent`: of the federal guideline that the limit
    of income is, if it is one; `source`: the page that its rules were read on.
    """

    resource: Resource
    verdict: Verdict
    to_say: str
    steps: Steps
    papers: list[Wording]
    also: list[Rule]
    percent: int | None
    source: Source | None

    @property
    def apply(self) -> list[Wording]:
        """Who may apply, and how."""
        return self.steps.steps[0].sentences


def items(
    pks: Sequence[int], answers: Answers, knowledge: Knowledge, language: str
) -> Iterator[Item]:
    """The published ones of these resources, in this order, held against the answers."""
    for resource in loading.load(pks, more=NEEDED):
        yield item_of(resource, answers, knowledge, language)


def item_of(resource: Resource, answers: Answers, knowledge: Knowledge, language: str) -> Item:
    """One resource, loaded with what `NEEDED` names."""
    reader = ResourceReader(resource, language)
    rules = rules_of(resource, language)
    has_phone = bool(phones_of(resource) or phones_of(resource.organisation))
    steps = steps_of(reader, has_phone=has_phone)
    return Item(
        resource=resource,
        verdict=judge(rules, answers, knowledge),
        to_say=to_say(answers, knowledge, str(reader.text(resource, "name"))),
        steps=steps,
        papers=[paper for step in steps.steps for paper in step.items],
        also=in_words(reader),
        percent=rules.income.percent,
        source=_first_page(resource),
    )


def _first_page(resource: Resource) -> Source | None:
    """A page of whoever states its rules, else one of its own."""
    owner = resource.who_states("income_rule", "insurance_rule")
    sources = [*owner.sources.all(), *resource.sources.all()]
    return next((source for source in sources if source.url), None)
