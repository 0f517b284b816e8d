"""What somebody looks for, as a value: from the address and back without loss.

Titles, chips, facet links, offers and forms all come from a `SearchQuery`. `FACETS` is the one
table of what can be chosen: a new facet is a line there and a field below.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Protocol
from urllib.parse import urlencode

from .areas import tidy
from .describing import describe


class Facet(NamedTuple):
    """A facet, the URL parameter it is chosen by, the field of `SearchQuery` that holds it."""

    name: str
    parameter: str
    field: str
    # One value that takes the place of the one before, rather than one more of several.
    single: bool = False


FACETS = {
    facet.name: facet
    for facet in (
        Facet("need", "need", "needs"),
        Facet("condition", "condition", "conditions"),
        Facet("medicine", "medicine", "medicines"),
        Facet("insurance", "insurance", "insurance"),
        Facet("area", "area", "area", single=True),
        Facet("status", "status", "statuses"),
        Facet("language", "language", "languages"),
        Facet("category", "category", "categories"),
        Facet("apply", "apply", "apply"),
    )
}
ORDER_NAMES = ("best", "checked", "name")

# Results as a table, sorted by one of its columns ("-seen": the other way round), with income
# limits for a household of so many. That is a size for showing, nobody's answer: see decision 19.
TABLE = "table"
COLUMNS = ("fund", "status", "seen", "insurance", "limit", "award", "apply")
PEOPLE, USUAL_PEOPLE = range(1, 9), 2

# What somebody types or ticks stays far below these; they bound what an address can cost.
LONGEST_TEXT = 300
MOST_VALUES = 20
MOST_PAGES = 10_000

# Stands in an address for a value; no state and no term is called so.
PLACEHOLDER = "000000000"

SLUG = re.compile(r"(?=.{1,90}\Z)[a-z0-9]+(?:[-_][a-z0-9]+)*")
NUMBER = re.compile(r"[1-9][0-9]{0,5}")


class Params(Protocol):
    """What a QueryDict offers."""

    def getlist(self, key: str) -> list[str]:
        """All values of a parameter, in order."""


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A question to the directory. Whatever it is made from, what it holds is well-formed.

    Values are slugs, each once, in the order given; `area` is a state's code ("OH"), a ZIP code
    ("43004"), or what was typed instead, of which `resources.search.areas` says what is wrong.
    What is malformed, repeated or too much is left out rather than refused.
    """

    text: str = ""
    needs: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    medicines: tuple[str, ...] = ()
    insurance: tuple[str, ...] = ()
    area: str = ""
    statuses: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    apply: tuple[str, ...] = ()
    exact: bool = False
    order: str = "best"
    view: str = ""
    sort: str = ""
    people: int = USUAL_PEOPLE
    page: int = 1

    def __post_init__(self) -> None:
        for facet in FACETS.values():
            if not facet.single:
                self._set(facet.field, _slugs(getattr(self, facet.field)))
        self._set("text", _words(self.text))
        self._set("exact", self.exact and bool(self.text))
        self._set("area", tidy(self.area))
        self._set("order", self.order if self.order in ORDER_NAMES else "best")
        self._set("view", TABLE if self.view == TABLE else "")
        sorts = bool(self.view) and self.sort.removeprefix("-") in COLUMNS
        self._set("sort", self.sort if sorts else "")
        self._set("people", self.people if self.view and self.people in PEOPLE else USUAL_PEOPLE)
        self._set("page", min(max(self.page, 1), MOST_PAGES))

    def _set(self, field: str, value: object) -> None:
        object.__setattr__(self, field, value)

    @classmethod
    def from_params(cls, params: Params) -> SearchQuery:
        """The query that an address asks. Takes whatever it is given and never raises."""
        chosen = {
            facet.field: _last(params, facet.parameter)
            if facet.single
            else tuple(params.getlist(facet.parameter))
            for facet in FACETS.values()
        }
        return cls(
            text=_last(params, "q"),
            exact=_last(params, "exact") == "1",
            order=_last(params, "order"),
            view=_last(params, "view"),
            sort=_last(params, "sort"),
            people=_number(_last(params, "people"), USUAL_PEOPLE),
            page=_number(_last(params, "page"), 1),
            **chosen,  # type: ignore[arg-type]
        )

    def to_params(self) -> list[tuple[str, str]]:
        """The address's parameters, in a fixed order, without what is usual."""
        params = [("q", self.text)] if self.text else []
        params += [("exact", "1")] if self.exact else []
        params += [(FACETS[facet].parameter, value) for facet, value in self.terms()]
        params += [("order", self.order)] if self.order != "best" else []
        params += [("view", self.view)] if self.view else []
        params += [("sort", self.sort)] if self.sort else []
        params += [("people", str(self.people))] if self.people != USUAL_PEOPLE else []
        return params + ([("page", str(self.page))] if self.page != 1 else [])

    def to_query_string(self) -> str:
        """The part of the address after "?"; empty for the empty query."""
        return urlencode(self.to_params())

    def terms(self) -> tuple[tuple[str, str], ...]:
        """What is chosen, as (facet, value), facet by facet."""
        return tuple((facet, value) for facet in FACETS for value in self.values(facet))

    def values(self, facet: str) -> tuple[str, ...]:
        """The chosen values of one facet."""
        held = getattr(self, FACETS[facet].field)
        return held if isinstance(held, tuple) else tuple(filter(None, [held]))

    def adding(self, facet: str, value: str) -> SearchQuery:
        """The query with one more value, from page 1; an area takes the place of another."""
        if FACETS[facet].single:
            return self._with(facet, value)
        return self._with(facet, (*self.values(facet), value))

    def without(self, facet: str, value: str = "") -> SearchQuery:
        """The query without a value, or (facet "q") without its words; from page 1."""
        if facet == "q":
            return replace(self, text="", exact=False, page=1)
        if FACETS[facet].single:
            return self._with(facet, "")
        return self._with(facet, tuple(v for v in self.values(facet) if v != value))

    def around(self, facet: str) -> tuple[str, str]:
        """What the query string of `adding(facet, value)` has before and after a new value.

        For many links at once: they differ in nothing else, and values need no quoting.
        """
        parameter = FACETS[facet].parameter
        address = self.adding(facet, PLACEHOLDER).to_query_string()
        before, named, after = address.partition(f"{parameter}={PLACEHOLDER}")
        return (f"{before}{parameter}=" if named else before), after

    def on_page(self, page: int) -> SearchQuery:
        """The same query on another page."""
        return replace(self, page=page)

    def whatever_way_shown(self) -> SearchQuery:
        """The same query without page, order and table: what it asks, not how that is shown."""
        return replace(self, order="best", view="", page=1)

    def only_text(self) -> SearchQuery:
        """The words alone."""
        return SearchQuery(text=self.text)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked: neither words nor a value."""
        return not self.text and not self.terms()

    def describe(self, name_of: Callable[[str, str], str]) -> str:
        """One sentence in the reader's language: "Copay help for imatinib in Ohio".

        `name_of(facet, value)` names a value for the reader.
        """
        names = {facet: [name_of(facet, value) for value in self.values(facet)] for facet in FACETS}
        return describe(self.text, names)

    def _with(self, facet: str, held: Any) -> SearchQuery:
        return replace(self, page=1, **{FACETS[facet].field: held})


def _last(params: Params, name: str) -> str:
    """The last value of a parameter that is not blank: what was chosen after what stood there."""
    return next((value for value in reversed(params.getlist(name)) if value.strip()), "")


def _number(text: str, usual: int) -> int:
    return int(text) if NUMBER.fullmatch(text) else usual


def _words(text: str) -> str:
    """The words as typed, on one line, without what cannot be shown or sent."""
    shown = "".join(c for c in text[: 2 * LONGEST_TEXT] if c.isprintable() or c.isspace())
    return " ".join(shown.split())[:LONGEST_TEXT].strip()


def _slugs(values: Iterable[str]) -> tuple[str, ...]:
    fit = (value for value in values if SLUG.fullmatch(value))
    return tuple(dict.fromkeys(fit))[:MOST_VALUES]
