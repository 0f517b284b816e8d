"""What somebody looks for, as a value: from the address and back without loss."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol
from urllib.parse import urlencode

from django.utils.translation import gettext as _

# Facet (also its URL parameter) -> the field of `SearchQuery` that holds its values.
FIELDS = {
    "need": "needs",
    "condition": "conditions",
    "medicine": "medicines",
    "insurance": "insurance",
    "area": "area",
    "status": "statuses",
    "apply": "apply",
    "language": "languages",
    "category": "categories",
}
ORDER_NAMES = ("best", "checked", "name")
MOST_TEXT, MOST_VALUES, MOST_PAGES = 300, 20, 10_000

_VALUE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,89}")


class Params(Protocol):
    """What a QueryDict offers."""

    def getlist(self, key: str) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A question to the directory."""

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
    order: str = "best"
    page: int = 1

    @classmethod
    def from_params(cls, params: Params) -> SearchQuery:
        """The query that an address asks; what is malformed, repeated or too much is left out."""
        values: dict[str, tuple[str, ...]] = {
            field: _values(params.getlist(facet))
            for facet, field in FIELDS.items()
            if facet != "area"
        }
        area = next(iter(_values(params.getlist("area"))), "").upper()[:10]
        order = _last(params, "order")
        return cls(
            text=_text(_last(params, "q")),
            area=area,
            order=order if order in ORDER_NAMES else "best",
            page=_page(_last(params, "page")),
            **values,  # type: ignore[arg-type]
        )

    def to_params(self) -> list[tuple[str, str]]:
        """Parameters in a fixed order, what is usual left out."""
        params = [("q", self.text)] if self.text else []
        params += [(facet, value) for facet, value in self.terms()]
        params += [("order", self.order)] if self.order != "best" else []
        return params + ([("page", str(self.page))] if self.page != 1 else [])

    def to_query_string(self) -> str:
        """The address's part after "?"; empty for the empty query."""
        return urlencode(self.to_params())

    def terms(self) -> tuple[tuple[str, str], ...]:
        """The chosen values, as (facet, value)."""
        return tuple((facet, value) for facet in FIELDS for value in self.values(facet))

    def values(self, facet: str) -> tuple[str, ...]:
        """The chosen values of one facet."""
        held = getattr(self, FIELDS[facet])
        return ((held,) if held else ()) if facet == "area" else held

    def adding(self, facet: str, value: str) -> SearchQuery:
        """The query with one more value; an area takes the place of the one before. From page 1."""
        if facet == "area":
            return replace(self, area=value, page=1)
        kept = tuple(other for other in self.values(facet) if other != value)
        return replace(self, page=1, **{FIELDS[facet]: (*kept, value)})

    def without(self, facet: str, value: str = "") -> SearchQuery:
        """The query without a value, or ("q") without its words. From page 1."""
        if facet in ("q", "area"):
            return replace(self, page=1, **{"text" if facet == "q" else "area": ""})
        kept = tuple(other for other in self.values(facet) if other != value)
        return replace(self, page=1, **{FIELDS[facet]: kept})

    def toggling(self, facet: str, value: str) -> SearchQuery:
        """The query with the value taken back if it is chosen, else added."""
        chosen = value in self.values(facet)
        return self.without(facet, value) if chosen else self.adding(facet, value)

    def on_page(self, page: int) -> SearchQuery:
        """The same query on another page."""
        return replace(self, page=page)

    def only_text(self) -> SearchQuery:
        """The words alone."""
        return SearchQuery(text=self.text)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked."""
        return not self.text and not self.terms()

    def describe(self, name_of: Callable[[str, str], str]) -> str:
        """One sentence: what is looked for. `name_of(facet, value)` names a term for the reader."""
        named = {
            facet: ", ".join(name_of(facet, value) for value in self.values(facet))
            for facet in FIELDS
        }
        what = named["need"] or (_("Words: “%s”") % self.text if self.text else _("All help"))
        subject = named["medicine"] or named["condition"]
        pattern = {
            (False, False): "%(what)s",
            (True, False): _("%(what)s: %(subject)s"),
            (False, True): _("%(what)s in %(area)s"),
            (True, True): _("%(what)s: %(subject)s, in %(area)s"),
        }[bool(subject), bool(named["area"])]
        return pattern % {"what": what, "subject": subject, "area": named["area"]}


def _last(params: Params, name: str) -> str:
    return next(reversed(params.getlist(name)), "")


def _text(text: str) -> str:
    printable = "".join(c for c in text[: MOST_TEXT * 2] if c.isprintable() or c.isspace())
    return " ".join(printable.split())[:MOST_TEXT].strip()


def _values(values: list[str]) -> tuple[str, ...]:
    fit = (value for value in values[:200] if _VALUE.fullmatch(value))
    return tuple(dict.fromkeys(fit))[:MOST_VALUES]


def _page(text: str) -> int:
    return min(int(text), MOST_PAGES) if re.fullmatch(r"[1-9][0-9]{0,5}", text) else 1
