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


@dataclass(frozen=True)
class Quick:
    """A search held against what its filters say of somebody, and against these `answers`."""

    results: SearchResults
    answers: Answers

    @cached_property
    def everything(self) -> Answers:
        """The answers, with the illness, medicine, insurance and state of the filters."""
        chosen = self.results.chosen
        insurance = tuple(chosen.get("insurance", ()))
        areas = chosen.get("area", ())
        return replace(
            self.answers,
            conditions=tuple(chosen.get("condition", ())),
            medicines=tuple(chosen.get("medicine", ())),
            # Filters are choices between which somebody may waver; nobody is both.
            insurance=() if UNINSURED in insurance and len(insurance) > 1 else insurance,
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

    def verdicts(self, pks: Sequence[int]) -> dict[int, Verdict]:
        """The verdict on each of these resources, by primary key."""
        language = self.results.language
        knowledge = knowledge_of(self.results.directory, language)
        return {
            resource.pk: judge(rules_of(resource, language), self.everything, knowledge)
            for resource in loading.load(pks, more=NEEDED)
        }
