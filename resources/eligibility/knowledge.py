"""What one has to know to hold answers against rules: trees, makers, guidelines, names."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from resources.eligibility.guidelines import Guideline, Guidelines


@dataclass(frozen=True)
class Knowledge:
    """The vocabularies and guidelines of one day.

    `above(facet, slug)` and `below(facet, slug)` give a term's ancestors and descendants,
    `related(condition)` the illnesses that are nearly the same, `makers(medicine)` who makes it,
    `name(facet, slug)` its name for the reader. `tables`: state's code -> its guideline table,
    blank for territories.
    """

    above: Callable[[str, str], Collection[str]]
    below: Callable[[str, str], Collection[str]]
    related: Callable[[str], Collection[str]]
    makers: Callable[[str], Collection[str]]
    name: Callable[[str, str], str]
    guidelines: Guidelines
    tables: Mapping[str, str] = field(default_factory=dict)

    def guidelines_for(self, state: str, confirmed: int | None) -> list[Guideline]:
        """The guidelines that a limit may count by for somebody in this state, the newer last.

        One, or two while the newest is not confirmed and the year is young; none in a territory.
        """
        return self.guidelines.in_force(self.tables.get(state, ""), confirmed)

    def names(self, facet: str, slugs: Collection[str]) -> list[str]:
        """The names of these terms, in the order of the names."""
        return sorted(self.name(facet, slug) for slug in slugs)
