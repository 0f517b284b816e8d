"""What the chosen values of the facets leave, and how many each further value would.

Every facet is counted without its own selection, so that a count says what choosing would show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from pyroaring import BitMap

from resources.search.facets import FACETS, asking, matching
from resources.search.query import SearchQuery
from resources.search.sets import Directory

# Chosen values by facet; an area as its state's code.
Chosen = Mapping[str, Sequence[str]]


# Not frozen: hundreds are made for a page, and freezing them took longer than counting.
@dataclass(slots=True)
class FacetValue:
    """A value that can be chosen, or taken back where it is `selected`.

    `query_string` is the address of the search with that done, after its "?".
    """

    value: str
    label: str
    count: int
    selected: bool
    query_string: str


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """A facet with its values. A count says how many matches choosing the value would show."""

    name: str
    label: str
    values: list[FacetValue]

    @property
    def selected(self) -> list[FacetValue]:
        return [value for value in self.values if value.selected]


def split(
    directory: Directory,
    chosen: Chosen,
    hits: BitMap,
    says_so: Mapping[str, BitMap] = MappingProxyType({}),
) -> tuple[BitMap, BitMap]:
    """What matches every facet, and what matches or has to be asked in every facet.

    `says_so`: by facet, what has the chosen value's words in its texts, and is to be asked.
    """
    matches, possible = hits, hits
    for facet, values in chosen.items():
        fits = fitting(directory, facet, values)
        asks = [asking(directory, facet, value) for value in values]
        matches = matches & fits
        possible = possible & BitMap.union(fits, *asks, says_so.get(facet, BitMap()))
    return matches, possible - matches


def fitting(directory: Directory, facet: str, values: Sequence[str]) -> BitMap:
    """What matches at least one of these values."""
    first, *more = (matching(directory, facet, value) for value in values)
    return first.union(*more) if more else first


def facet_counts(
    directory: Directory, query: SearchQuery, chosen: Chosen, hits: BitMap, language: str
) -> list[FacetCounts]:
    """Each facet of these hits; values that find nothing are left out, unless they are chosen.

    `query` has these values `chosen`; labels are for a reader of `language`.
    """
    counts = []
    fits = {facet: fitting(directory, facet, values) for facet, values in chosen.items()}
    bases = {
        name: _all_of(hits, [held for other, held in fits.items() if other != name])
        for name in fits
    }
    everything_chosen = _all_of(hits, fits.values())
    for name, facet in FACETS.items():
        count_in = _counter(bases.get(name, everything_chosen))
        selected = set(chosen.get(name, []))
        before, after = query.around(name)
        values = []
        for value, label, parts in _offered_values(directory, name, language):
            count = sum(map(count_in, parts))
            if count or value in selected:
                values.append(
                    FacetValue(
                        value,
                        label,
                        count,
                        selected=value in selected,
                        query_string=query.without(name, value).to_query_string()
                        if value in selected
                        else f"{before}{value}{after}",
                    )
                )
        counts.append(FacetCounts(name=name, label=str(facet.label), values=values))
    return counts


def _all_of(hits: BitMap, sets: Iterable[BitMap]) -> BitMap:
    return BitMap.intersection(hits, *sets)


def _counter(base: BitMap) -> Callable[[BitMap], int]:
    """Counts what of a set is in `base`; each set object once."""
    counted: dict[int, int] = {}

    def count(part: BitMap) -> int:
        number = counted.get(id(part))
        if number is None:
            number = counted[id(part)] = base.intersection_cardinality(part)
        return number

    return count


def _offered_values(
    directory: Directory, name: str, language: str
) -> list[tuple[str, str, tuple[BitMap, ...]]]:
    """Each value of a facet, its label, its matches in parts; worked out once in an edition."""
    facet = FACETS[name]
    return directory.remembered(
        ("values", name, language),
        lambda: [
            (value, facet.display(directory, value, language), tuple(filter(None, parts)))
            for value in facet.values(directory)
            for parts in [facet.parts(directory, value)]
        ],
    )
