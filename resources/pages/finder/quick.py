"""The same answers beside the filters of a search: what is unlikely for somebody, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from resources.eligibility import Answers, Groups, Verdict, judge, sort
from resources.eligibility.reading import knowledge_of, rules_of
from resources.pages import loading
from resources.pages.finder.item import NEEDED
from resources.search.facets import UNINSURED
from resources.search.results import SearchResults
from resources.translations import wording

# Kinds of insurance under which quite different ones stand.
TOO_WIDE = frozenset({"insured", "government"})


@dataclass(frozen=True, slots=True)
class Judged:
    """The name of a resource in the reader's language, and the verdict on it."""

    name: str
    verdict: Verdict


@dataclass(frozen=True)
class Quick:
    """A search held against what its filters say of somebody, and against these `answers`."""

    results: SearchResults
    answers: Answers

    @cached_property
    def everything(self) -> Answers:
        """The answers, with the illness, medicine, insurance and state of the filters."""
        chosen = self.results.chosen
        insurance = chosen.get("insurance", ())
        areas = chosen.get("area", ())
        return replace(
            self.answers,
            conditions=tuple(chosen.get("condition", ())),
            medicines=tuple(chosen.get("medicine", ())),
            insurance=_kinds(insurance),
            state=areas[0] if len(areas) == 1 else "",
        )

    @cached_property
    def groups(self) -> Groups:
        """Everything that is offered, by how likely it is."""
        knowledge = knowledge_of(self.results.directory, self.results.language)
        return sort(self.results.directory, self.everything, knowledge)

    @property
    def hidden(self) -> int:
        """How many of what was found are probably not for them."""
        found = self.results.matches | self.results.to_ask
        return len(found & self.groups.unlikely)

    def narrowed(self, *, hides: bool) -> SearchResults:
        """The results without what is unlikely, or with it last; else in their own order."""
        if hides:
            return self.results.without(self.groups.unlikely)
        return self.results.with_last(self.groups.unlikely)

    def judged(self, pks: Sequence[int]) -> dict[int, Judged]:
        """The verdict on each of these resources that is still offered, by primary key."""
        directory, language = self.results.directory, self.results.language
        knowledge = knowledge_of(directory, language)
        offered = [pk for pk in pks if pk in directory.offered]
        return {
            resource.pk: Judged(
                str(wording(resource, "name", resource.name, language)),
                judge(rules_of(resource, language), self.everything, knowledge),
            )
            for resource in loading.load(offered, more=NEEDED)
        }


def _kinds(chosen: Sequence[str]) -> tuple[str, ...]:
    """The kinds of insurance that filters say for certain.

    Filters are choices between which somebody may waver: nobody is insured and not. A kind
    that takes in quite different ones says too little ("any health insurance").
    """
    if UNINSURED in chosen and len(chosen) > 1:
        return ()
    return tuple(chosen) if TOO_WIDE.isdisjoint(chosen) else ()
