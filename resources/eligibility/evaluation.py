"""Holding verdicts against what somebody worked out by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from resources.eligibility.answers import BadAnswer, answers_from
from resources.eligibility.reading import knowledge_of, rules_of
from resources.eligibility.verdicts import Chance, Verdict, judge
from resources.models import Resource
from resources.search.sets import Directory


@dataclass(frozen=True, slots=True)
class Case:
    """Answers, and the chance that each of some resources (by slug) should have."""

    name: str
    answers: dict[str, Any]
    expect: dict[str, Chance]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a resource came to; `verdict` is None, with `problem`, where it came to nothing."""

    case: Case
    slug: str
    verdict: Verdict | None
    problem: str = ""

    @property
    def is_miss(self) -> bool:
        """Not what was expected."""
        return self.verdict is None or self.verdict.chance is not self.case.expect[self.slug]


def cases_from(rows: Iterable[dict[str, Any]]) -> list[Case]:
    """Cases from the rows of a JSON file: name, answers, expect (slug -> chance).

    Raises KeyError, TypeError, AttributeError or ValueError for a wrong one.
    """
    return [
        Case(
            str(row["name"]),
            dict(row["answers"]),
            {slug: Chance(chance) for slug, chance in row["expect"].items()},
        )
        for row in rows
    ]


def evaluate(cases: Iterable[Case], directory: Directory) -> Iterator[Outcome]:
    """What each resource of each case comes to."""
    knowledge = knowledge_of(directory, "en")

    def is_known(facet: str, value: str) -> bool:
        return value in directory.terms[facet]

    for case in cases:
        try:
            answers = answers_from(case.answers, is_known)
        except BadAnswer as bad:
            yield from (Outcome(case, slug, None, f"{bad.field}: {bad}") for slug in case.expect)
            continue
        rows = Resource.objects.published().with_parts().filter(slug__in=case.expect)
        found = {row.slug: row for row in rows}
        for slug in case.expect:
            if slug in found:
                yield Outcome(case, slug, judge(rules_of(found[slug], "en"), answers, knowledge))
            else:
                yield Outcome(case, slug, None, "no such published resource")
