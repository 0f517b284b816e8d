"""The answer of /find-help/: what somebody may get, in three groups, with a reason for each rule.

Sets sort everything at once; only what is shown is loaded and explained. Nothing is remembered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pyroaring import BitMap

from resources.eligibility import Answers, Chance, Groups, Knowledge, sort
from resources.eligibility.reading import knowledge_of
from resources.models import Resource
from resources.pages import loading
from resources.pages.finder.item import Item, items
from resources.pages.finder.percents import Percent, percent_of
from resources.pages.finder.saying import said
from resources.search.counting import fitting
from resources.search.facets import same_maker
from resources.search.order import Asked, Split, best_first, page_of
from resources.search.sets import Directory

# So many are named to begin with, and so many of each kind of help at first.
MOST_STARTS, FIRST = 5, 10

# So many others are named where something is closed.
MOST_INSTEAD = 3

# Who asks for these may be about to run out or be shut off: what is meant for emergencies first.
PRESSING = frozenset({"living_costs", "paying_for_treatment"})


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of help within a group: its first items, and how many there are.

    `instead`: what may be open instead of those that are closed.
    """

    slug: str
    heading: str
    count: int
    items: list[Item] = field(default_factory=list)
    instead: list[Resource] = field(default_factory=list)

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
    """What these answers come to, for a reader of `language`.

    `shown`: how many of a kind are shown, by "likely:rides", where more than the first are wanted.
    """

    def __init__(
        self,
        answers: Answers,
        needs: Sequence[str],
        directory: Directory,
        language: str,
        shown: dict[str, int] | None = None,
    ) -> None:
        self.answers, self.needs, self.directory = answers, list(needs), directory
        self.language, self._shown = language, shown or {}

    @cached_property
    def knowledge(self) -> Knowledge:
        return knowledge_of(self.directory, self.language)

    @property
    def said(self) -> list[str]:
        """What was said, each in a few words."""
        terms = self.directory.terms["need"]
        needs = [terms[need].in_language(self.language) for need in self.needs]
        return said(self.answers, self.knowledge, needs)

    @cached_property
    def sorted(self) -> Groups:
        """Everything, by how likely it is."""
        return sort(self.directory, self.answers, self.knowledge)

    @cached_property
    def _of_need(self) -> dict[str, BitMap]:
        """What helps with each need that was chosen; everything under "" for none."""
        if not self.needs:
            return {"": self.directory.offered}
        return {need: fitting(self.directory, "need", [need]) for need in self.needs}

    @cached_property
    def groups(self) -> list[Group]:
        """The three groups, each by kind of help; what to begin with is counted, not repeated."""
        return [
            self._group(Chance.LIKELY, self.sorted.likely),
            self._group(Chance.CHECK, self.sorted.check),
            self._group(Chance.UNLIKELY, self.sorted.unlikely),
        ]

    def _group(self, chance: Chance, pks: BitMap) -> Group:
        every = pks & BitMap.union(*self._of_need.values())
        rest = every - BitMap(item.resource.pk for item in self.starts)
        kinds = [self._kind(chance, need, rest & held) for need, held in self._of_need.items()]
        above = len(every) - len(rest)
        return Group(chance, len(every), above, [kind for kind in kinds if kind.count])

    def _kind(self, chance: Chance, need: str, pks: BitMap) -> Kind:
        number = self._shown.get(f"{chance.value}:{need}", FIRST)
        term = self.directory.terms["need"].get(need)
        heading = term.in_language(self.language) if term else ""
        first = self._first(pks, need, number)
        shown = self._items(first)
        has_closed = any(pk in self.closed for pk in first)
        return Kind(need, heading, len(pks), shown, self._instead(need) if has_closed else [])

    @cached_property
    def closed(self) -> BitMap:
        """What was seen closed, and not long ago."""
        return self.directory.tags("status", "closed")

    def _first(self, pks: BitMap, need: str, number: int) -> list[int]:
        splits = [
            [self.sorted.near],
            *self._usable_first(need),
            *best_first(self.directory, self._asked(need)),
        ]
        return page_of(pks, splits, self.directory, {}, 0, number)

    def _usable_first(self, need: str) -> list[Split]:
        """Urgent ones, what is not closed, the maker's own, then what is open for sure."""
        tags = self.directory.tags
        urgent = tags("urgent", "yes") if need in PRESSING else BitMap()
        own = (same_maker(self.directory, medicine) for medicine in self.answers.medicines)
        return [
            [urgent - self.closed],
            [self.directory.everything - self.closed],
            [BitMap.union(BitMap(), *own)],
            [self._open, tags("status", "unknown"), tags("status", "waitlist")],
        ]

    @property
    def _open(self) -> BitMap:
        """Open, or no fund that could be closed."""
        tags = self.directory.tags
        return tags("status", "open") | tags("status", "not_applicable")

    def _instead(self, need: str) -> list[Resource]:
        """What helps with the same, is open, and has nothing against it."""
        held = self._of_need[need] & self._open - self.sorted.unlikely
        splits = [[self.sorted.likely], *best_first(self.directory, self._asked(need))]
        return loading.load(page_of(held, splits, self.directory, {}, 0, MOST_INSTEAD))

    def _asked(self, need: str) -> Asked:
        said = self.answers
        chosen = {
            "need": [need] if need else [],
            "condition": list(said.conditions),
            "medicine": list(said.medicines),
            "insurance": list(said.insurance),
            "area": [said.state] if said.state else [],
        }
        return Asked({facet: values for facet, values in chosen.items() if values})

    @cached_property
    def starts(self) -> list[Item]:
        """What to begin with: for each kind of help the first that can be used, likely ones first.

        Nothing that is probably not for them, and nothing that is closed.
        """
        found: list[int] = []
        for need, held in self._of_need.items():
            usable = held - self.closed - BitMap(found)
            likely = self._first(usable & self.sorted.likely, need, 1)
            found += likely or self._first(usable & self.sorted.check, need, 1)
        return self._items(found[:MOST_STARTS])

    def _items(self, pks: Sequence[int]) -> list[Item]:
        return list(items(pks, self.answers, self.knowledge, self.language))

    @cached_property
    def percents(self) -> list[Percent]:
        """Each share of the federal guideline that is named as a limit, in dollars."""
        kinds = (kind for group in self.groups for kind in group.kinds)
        shown = [*self.starts, *(item for kind in kinds for item in kind.items)]
        named = {item.percent for item in shown if item.percent is not None}
        return [percent_of(percent, self.knowledge.guidelines) for percent in sorted(named)]
