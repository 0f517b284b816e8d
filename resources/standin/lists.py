"""What stands in place of the search: everything by name, and all that carry a term, in pages."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from resources.batches import batched
from resources.languages import language_of_page
from resources.models import Organisation, Resource
from resources.search.sets import Directory
from resources.search.sets.terms import Tree
from resources.search.words import fold

# Lines of a page.
A_PAGE = 200
# So many names are read at a time.
AT_ONCE = 5_000

# The facets that have lists, and what their folders are called, as the pages of their terms are.
FOLDERS = {"need": "needs", "condition": "conditions", "medicine": "medicines", "area": "states"}
NAMES, ORGANISATIONS, NATIONWIDE, PHONES = "names/", "organisations/", "nationwide/", "phones/"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a list. `letter`: under which its name stands."""

    entry: Any
    letter: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A list: its folder below the search's, and the keys of all entries in the order of names."""

    folder: str
    model: type[Resource] | type[Organisation]
    keys: Sequence[int]

    @property
    def pages(self) -> int:
        """How many pages it has; at least one."""
        return max(1, -(-len(self.keys) // A_PAGE))

    def folder_of(self, number: int) -> str:
        """The folder of one of its pages."""
        return self.folder if number == 1 else f"{self.folder}page-{number}/"

    def lines(self, number: int) -> list[tuple[str, list[Line]]]:
        """The lines of a page, by letter."""
        keys = self.keys[(number - 1) * A_PAGE : number * A_PAGE]
        rows: Any = self.model._default_manager.prefetch_related("translations")
        if self.model is Resource:
            rows = rows.select_related("organisation")
        found = rows.in_bulk(list(keys))
        lines = [Line(found[pk], letter_of(found[pk].name)) for pk in keys if pk in found]
        return [(letter, list(group)) for letter, group in groupby(lines, lambda one: one.letter)]

    def letters(self) -> dict[str, str]:
        """The letters that names begin with, each with the folder of the page it begins on."""
        found: dict[str, str] = {}
        for start, some in enumerate(batched(self.keys, AT_ONCE)):
            rows = self.model._default_manager.filter(pk__in=some).order_by()
            names = dict(rows.values_list("pk", "name"))
            for place, pk in enumerate(some, start * AT_ONCE):
                letter = letter_of(names[pk]) if pk in names else ""
                if letter and letter not in found:
                    found[letter] = self.folder_of(place // A_PAGE + 1)
        return found


def letter_of(name: str) -> str:
    """The letter under which a name is looked for; "#" for a number or sign."""
    first = fold(name)[:1].upper()
    return first if first.isalpha() and first.isascii() else "#"


class Lists:
    """All lists of an edition. An ended resource is in none: it is found by its own page only."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._folders: dict[tuple[str, str], str] = {}
        self._counts: dict[str, int] = {}
        for facet, folder in FOLDERS.items():
            for value, term in directory.terms[facet].items():
                count = len(self._carrying(facet, value))
                if count:
                    own = self._folders[facet, value] = f"{folder}/{term.slug}/"
                    self._counts[own] = count

    def folder_of(self, facet: str, value: str) -> str:
        """The folder of the list of all that carry a term; empty where nothing does."""
        return self._folders.get((facet, value), "")

    def of_terms(self) -> Iterator[tuple[str, str, Listed]]:
        """Facet, value and list of each term that something carries."""
        for (facet, value), folder in self._folders.items():
            yield facet, value, self._listed(folder, self._carrying(facet, value))

    def by_name(self) -> Listed:
        """Every resource that is offered."""
        return self._listed(NAMES, self._directory.offered)

    def nationwide(self) -> Listed:
        """Every resource for the whole country."""
        national = self._directory.tags("area_kind", Resource.AreaKind.NATIONAL)
        return self._listed(NATIONWIDE, national & self._directory.offered)

    def organisations(self) -> Listed:
        """Every organisation."""
        rows = Organisation.objects.published().order_by().values_list("name", "pk")
        named = sorted((fold(name), pk) for name, pk in rows.iterator(AT_ONCE))
        return Listed(ORGANISATIONS, Organisation, array("q", (pk for _name, pk in named)))

    def terms(self, facet: str) -> list[Mapping[str, Any]]:
        """The terms of a facet that have a list, by name, for a page in the present language."""
        return self._named(facet, (value for of, value in self._folders if of == facet))

    def wider(self, facet: str, value: str) -> list[Mapping[str, Any]]:
        """The terms that one is a kind of: help for them is for it as well."""
        tree = self._tree(facet)
        return self._named(facet, tree.above(value) if tree else ())

    def _named(self, facet: str, values: Iterable[str]) -> list[Mapping[str, Any]]:
        language, terms = language_of_page(), self._directory.terms[facet]
        found = [
            {"name": terms[value].in_language(language), "folder": folder, "count": count}
            for value in values
            if (folder := self.folder_of(facet, value)) and (count := self._counts[folder])
        ]
        return sorted(found, key=lambda one: fold(str(one["name"])))

    def title(self, facet: str, value: str) -> str:
        """What a list is called, in the present language."""
        name = self._directory.terms[facet][value].in_language(language_of_page())
        if facet == "area":
            return _("Only in %(state)s or some states") % {"state": name}
        return name

    def _carrying(self, facet: str, value: str) -> Any:
        tree = self._tree(facet)
        values = {value, *(tree.below(value) if tree else ())}
        return self._directory.tags_of_any(facet, values) & self._directory.offered

    def _tree(self, facet: str) -> Tree | None:
        return {"need": self._directory.needs, "condition": self._directory.conditions}.get(facet)

    def _listed(self, folder: str, hits: Any) -> Listed:
        in_order = self._directory.places.first(hits, 0, len(hits))
        return Listed(folder, Resource, array("q", in_order))
