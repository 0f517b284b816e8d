"""The search page's parameters and lists: parsed and drawn, nothing more.

What fits is decided by `resources.search`; no queryset is filtered here and no row is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

import django_filters as filters
from django.forms import Form
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from resources.forms import KnownValues
from resources.models import Resource
from resources.search.counting import FacetCounts
from resources.search.facets import FACETS
from resources.search.query import SearchQuery
from resources.search.sets import Directory


class _Values(filters.MultipleChoiceFilter):
    """Any number of a facet's values, drawn as a list to add one from."""

    field_class = KnownValues

    def __init__(self, empty_label: str | Promise) -> None:
        super().__init__()
        self.extra["empty_label"] = empty_label


class SearchFilter(filters.FilterSet):
    """Parses the parameters into a `SearchQuery` and draws each facet's list of values."""

    need = _Values(_("Choose a need"))
    insurance = _Values(_("Choose a kind of insurance"))
    area = _Values(_("Choose a state"))
    condition = _Values(_("Choose an illness"))
    medicine = _Values(_("Choose a medicine"))
    status = _Values(_("Choose a status"))
    apply = _Values(_("Choose who applies"))
    language = _Values(_("Choose a language"))
    category = _Values(_("Choose a kind"))

    class Meta:
        model = Resource
        fields: tuple[str, ...] = ()

    def __init__(self, data: QueryDict, directory: Directory) -> None:
        super().__init__(data, queryset=Resource.objects.none())
        for name, field in self._fields.items():
            field.known = frozenset(FACETS[name].values(directory))

    def get_form_class(self) -> type[Form]:
        """The form, whose class is the same for every search."""
        return _form_class()

    @property
    def _fields(self) -> Mapping[str, KnownValues]:
        return self.form.fields  # type: ignore[no-any-return]

    @property
    def query(self) -> SearchQuery:
        """The search that was asked for; values that nobody knows are left out."""
        known = self.data.copy()
        for name in self._parsed:
            known.setlist(name, self._known(name))
        return SearchQuery.from_params(known)

    @property
    def _parsed(self) -> list[str]:
        """All but the area, which may be a ZIP code: `resources.search.areas` reads it."""
        return [name for name in self._fields if name != "area"]

    def _known(self, name: str) -> list[str]:
        self.form.is_valid()
        return list(self.form.cleaned_data.get(name, []))

    @property
    def unknown(self) -> list[str]:
        """The values that were left out, to be said."""
        return [
            value
            for name in self._parsed
            for value in dict.fromkeys(self.data.getlist(name))
            if value and value not in self._known(name)
        ]

    def offer(self, facets: Iterable[FacetCounts]) -> dict[str, list[tuple[str, str]]]:
        """Each facet's list: what can still be chosen, with how many each value finds."""
        return {
            facet.name: self._fields[facet.name].offering(
                [(v.value, f"{v.label} ({v.count})") for v in facet.values if not v.selected]
            )
            for facet in facets
            if facet.name in self._fields
        }


@cache
def _form_class() -> type[Form]:
    fields = {name: values.field for name, values in SearchFilter.base_filters.items()}
    return type("SearchForm", (Form,), fields)
