"""The answer of /find-help/: what somebody may get, in three groups, with a reason for each rule.

choosing  which resources, in which order: sets and keys
item      one of them, with its verdict and all that one needs to get in touch
percents  a share of the federal guideline in dollars
quick     the same answers beside the filters of a search
saying    answers and verdicts in words

All that is shown is loaded at once. Nothing is remembered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pyroaring import BitMap

from resources.eligibility import Answers, Chance
from resources.eligibility.reading import knowledge_of
from resources.models import Resource
from resources.pages import loading
from resources.pages.finder.choosing import FIRST, Choice, Chosen
from resources.pages.finder.item import Item, items
from resources.pages.finder.percents import Percent, percent_of
from resources.pages.finder.saying import said
from resources.search.sets import Directory

__all__ = ["FIRST", "FoundHelp", "Group", "Kind"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of help within a group: its first items, and how many there are.

    `instead`: what may be open instead of those that are closed.
    """

    slug: str
    heading: str
    count: int
    items: list[Item]
    instead: list[Resource]

    @property
    def more(self) -> int:
        """How many are not shown yet."""
        return self.count - len(self.items)


@dataclass(frozen=True, slots=True)
class Group:
    """All that came out alike; `above`: how many of these are among what to begin with."""

    chance: Chance
    count: int
    above: int
    kinds: list[Kind]


class FoundHelp:
    """What these answers come to, for a reader of `language`; `shown` as in `Chosen`."""

    def __init__(
        self,
        answers: Answers,
        needs: Sequence[str],
        directory: Directory,
        language: str,
        shown: Mapping[str, int],
    ) -> None:
        self.answers, self.directory, self.language = answers, directory, language
        self.needs = list(needs)
        self.knowledge = knowledge_of(directory, language)
        self._chosen = Chosen(answers, needs, directory, self.knowledge, shown)

    @property
    def said(self) -> list[str]:
        """What was said, each in a few words."""
        return said(self.answers, self.knowledge, [self._name(need) for need in self.needs])

    @property
    def closed(self) -> BitMap:
        """What was seen closed, and not long ago."""
        return self._chosen.closed

    @property
    def starts(self) -> list[tuple[str, Item]]:
        """What to begin with, each with the name of the need that it is for."""
        found = [(self._name(need), self._items([pk])) for pk, need in self._chosen.starts.items()]
        return [(need, item) for need, those in found for item in those]

    @cached_property
    def groups(self) -> list[Group]:
        """The three groups, each by kind of help; what to begin with is counted, not repeated."""
        above = BitMap(self._chosen.starts)
        return [
            Group(
                chance,
                len(every := self._chosen.every(chance)),
                len(every & above),
                [self._kind(choice) for choice in choices],
            )
            for chance, choices in self._choices.items()
        ]

    @cached_property
    def percents(self) -> list[Percent]:
        """Each share of the federal guideline that is named as a limit, in dollars."""
        named = {item.percent for item in self._loaded.values() if item.percent is not None}
        return [percent_of(percent, self.knowledge.guidelines) for percent in sorted(named)]

    def _kind(self, choice: Choice) -> Kind:
        has_closed = any(pk in self.closed for pk in choice.first)
        return Kind(
            choice.need,
            self._name(choice.need),
            choice.count,
            self._items(choice.first),
            loading.load(self._chosen.instead(choice.need)) if has_closed else [],
        )

    def _name(self, need: str) -> str:
        term = self.directory.terms["need"].get(need)
        return term.in_language(self.language) if term else ""

    @cached_property
    def _choices(self) -> dict[Chance, list[Choice]]:
        return {chance: self._chosen.choices(chance) for chance in self._chosen.groups}

    @cached_property
    def _loaded(self) -> dict[int, Item]:
        """All that is shown, by primary key; what is no longer published by now is not there."""
        choices = [choice for choices in self._choices.values() for choice in choices]
        pks = dict.fromkeys(
            pk for first in [self._chosen.starts, *(c.first for c in choices)] for pk in first
        )
        found = items(list(pks), self.answers, self.knowledge, self.language)
        return {item.resource.pk: item for item in found}

    def _items(self, pks: Sequence[int]) -> list[Item]:
        return [self._loaded[pk] for pk in pks if pk in self._loaded]
