"""The answer of /find-help/: what somebody may get, in three groups, with a reason for each rule.

Sets sort everything at once; only what is shown is loaded and explained. Nothing is remembered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from resources.eligibility import Answers, Chance, Groups, Knowledge, Verdict, judge, sort
from resources.eligibility.reading import knowledge_of, rules_of
from resources.models import Resource
from resources.pages import loading
from resources.pages.finder.saying import said, to_say
from resources.search.counting import fitting
from resources.search.order import Asked, best_first, page_of
from resources.search.sets import Directory
from resources.translations import wording

# So many are named to begin with, and so many of each kind of help at first.
MOST_STARTS, FIRST = 5, 10

# What a verdict needs besides what a card shows.
FOR_VERDICTS = ("medicines",)

# Who asks for these may be about to run out or be shut off: what is meant for emergencies first.
PRESSING = frozenset({"living_costs", "paying_for_treatment"})

HEADINGS: dict[Chance, Promise] = {
    Chance.LIKELY: _("Likely"),
    Chance.CHECK: _("Check"),
    Chance.UNLIKELY: _("Probably not"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """A resource with its verdict, and how a call can begin."""

    resource: Resource
    verdict: Verdict
    to_say: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of help within a group: its first items, and how many there are."""

    slug: str
    heading: str
    count: int
    items: list[Item] = field(default_factory=list)

    @property
    def more(self) -> int:
        """How many are not shown yet."""
        return self.count - len(self.items)


@dataclass(frozen=True, slots=True)
class Group:
    """All that came out alike."""

    chance: Chance
    heading: str
    count: int
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
        """The three groups, each by kind of help."""
        return [
            self._group(Chance.LIKELY, self.sorted.likely),
            self._group(Chance.CHECK, self.sorted.check),
            self._group(Chance.UNLIKELY, self.sorted.unlikely),
        ]

    def _group(self, chance: Chance, pks: BitMap) -> Group:
        every = pks & BitMap.union(*self._of_need.values())
        kinds = [self._kind(chance, need, pks & held) for need, held in self._of_need.items()]
        return Group(
            chance, str(HEADINGS[chance]), len(every), [kind for kind in kinds if kind.count]
        )

    def _kind(self, chance: Chance, need: str, pks: BitMap) -> Kind:
        number = self._shown.get(f"{chance.value}:{need}", FIRST)
        term = self.directory.terms["need"].get(need)
        heading = term.in_language(self.language) if term else ""
        return Kind(need, heading, len(pks), list(self._items(self._first(pks, need, number))))

    def _first(self, pks: BitMap, need: str, number: int) -> list[int]:
        splits = [
            [self.sorted.near],
            self._open_first(need),
            *best_first(self.directory, self._asked(need)),
        ]
        return page_of(pks, splits, self.directory, {}, 0, number)

    def _open_first(self, need: str) -> list[BitMap]:
        """Open and what is no fund, then what nobody knows, waiting lists, and closed ones last."""
        tags = self.directory.tags
        usable = tags("status", "open") | tags("status", "not_applicable")
        urgent = tags("urgent", "yes") - tags("status", "closed")
        return [
            *([urgent] if need in PRESSING else []),
            usable,
            tags("status", "unknown"),
            tags("status", "waitlist"),
        ]

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

    def _items(self, pks: Sequence[int]) -> Iterator[Item]:
        for resource in loading.load(pks, more=FOR_VERDICTS):
            verdict = judge(rules_of(resource, self.language), self.answers, self.knowledge)
            name = wording(resource, "name", resource.name, self.language).text
            yield Item(resource, verdict, to_say(self.answers, self.knowledge, name))

    @cached_property
    def starts(self) -> list[Item]:
        """What to begin with: of each kind of help the first that is likely and can be used."""
        kinds = self.groups[0].kinds
        closed = self.directory.tags("status", "closed")
        found: dict[int, Item] = {}
        for kind in kinds:
            usable = (item for item in kind.items if item.resource.pk not in closed)
            fresh = next((item for item in usable if item.resource.pk not in found), None)
            if fresh is not None:
                found[fresh.resource.pk] = fresh
        return list(found.values())[:MOST_STARTS]
