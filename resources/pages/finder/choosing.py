"""Which resources an answer names, and in which order: sets and keys, nothing is loaded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pyroaring import BitMap

from resources.eligibility import Answers, Chance, Knowledge, sort
from resources.search.counting import fitting
from resources.search.facets import same_maker
from resources.search.order import Asked, Split, best_first, page_of
from resources.search.sets import Directory

# So many are named to begin with, so many of each kind of help at first, so many where something
# is closed.
MOST_STARTS, FIRST, MOST_INSTEAD = 5, 10, 3

# Who asks for these may be about to run out or be shut off: what is meant for emergencies first.
PRESSING = frozenset({"living_costs", "paying_for_treatment"})


@dataclass(frozen=True, slots=True)
class Choice:
    """Of one kind of help all that came out alike: how many, and the keys of the first."""

    need: str
    count: int
    first: list[int]


class Chosen:
    """What is named for these answers: for each need that was chosen, or for "" where none was.

    `shown`: how many of a kind are shown, by "likely:travel", where more than the first are wanted.
    """

    def __init__(
        self,
        answers: Answers,
        needs: Sequence[str],
        directory: Directory,
        knowledge: Knowledge,
        shown: Mapping[str, int],
    ) -> None:
        self.answers, self.directory, self.shown = answers, directory, shown
        self.sorted = sort(directory, answers, knowledge)
        self.groups: dict[Chance, BitMap] = {
            Chance.LIKELY: self.sorted.likely,
            Chance.CHECK: self.sorted.check,
            Chance.UNLIKELY: self.sorted.unlikely,
        }
        self._of_need = {need: fitting(directory, "need", [need]) for need in needs} or {
            "": directory.offered
        }

    @cached_property
    def starts(self) -> dict[int, str]:
        """What to begin with, and the need it is for: of each the first that can be used.

        Likely ones before those to check, nothing that is probably not for them or is closed.
        """
        found: dict[int, str] = {}
        for need, held in self._of_need.items():
            usable = held - self.closed - BitMap(found)
            likely = self._first(usable & self.sorted.likely, need, 1)
            first = likely or self._first(usable & self.sorted.check, need, 1)
            found |= dict.fromkeys(first, need)
        return dict(list(found.items())[:MOST_STARTS])

    def every(self, chance: Chance) -> BitMap:
        """All that came out so, of every kind of help."""
        return self.groups[chance] & BitMap.union(*self._of_need.values())

    def choices(self, chance: Chance) -> list[Choice]:
        """All that came out so, by kind of help; nothing twice, and nothing to begin with."""
        rest = self.groups[chance] - BitMap(self.starts)
        found = []
        for need, held in self._of_need.items():
            number = self.shown.get(f"{chance.value}:{need}", FIRST)
            first = self._first(rest & held, need, number)
            found.append(Choice(need, len(rest & held), first))
            rest = rest - BitMap(first)
        return [choice for choice in found if choice.count]

    def instead(self, need: str) -> list[int]:
        """What helps with the same, is open, and has nothing against it."""
        held = self._of_need[need] & (self.sorted.likely | self.sorted.check) & self._open
        splits = [[self.sorted.likely], *self._best_first[need]]
        return page_of(held, splits, self.directory, {}, 0, MOST_INSTEAD)

    @cached_property
    def closed(self) -> BitMap:
        """What was seen closed, and not long ago."""
        return self.directory.tags("status", "closed")

    @property
    def _open(self) -> BitMap:
        """Open, or no fund that could be closed."""
        tags = self.directory.tags
        return tags("status", "open") | tags("status", "not_applicable")

    def _first(self, pks: BitMap, need: str, number: int) -> list[int]:
        """The first of these; of the unlikely those that only an income limit is against."""
        splits = [[self.sorted.near], *self._usable_first(need), *self._best_first[need]]
        return page_of(pks, splits, self.directory, {}, 0, number)

    @cached_property
    def _best_first(self) -> dict[str, list[Split]]:
        """The order of the search for each need: the same in every group."""
        return {need: best_first(self.directory, self._asked(need)) for need in self._of_need}

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
