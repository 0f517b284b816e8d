"""The order of a table by one of its columns: what nobody knows comes last, either way round."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pyroaring import BitMap

from resources.eligibility.guidelines import ELSEWHERE, MAIN_TABLE, Guidelines
from resources.eligibility.reading import guidelines_of
from resources.models import Resource
from resources.models.limits import IncomeLimit
from resources.search.query import SearchQuery
from resources.search.results import Sort
from resources.search.sets import Directory

# An amount of dollars in a text: "$10,000", "$2.5 million" counts as its digits say.
AMOUNT = re.compile(r"\$\s?([0-9][0-9,]{0,12})", re.ASCII)
# Above every limit in dollars: whoever has none lets everybody in.
NO_LIMIT = 10**9

# A key by which results are sorted -> the resources that have it.
Groups = dict[Any, BitMap]


def sort_of(query: SearchQuery, directory: Directory) -> Sort | None:
    """How a table is sorted; None for the order of the search."""
    column, is_reversed = query.sort.removeprefix("-"), query.sort.startswith("-")
    if not column:
        return None
    if column == "fund":
        return Sort(is_reversed=is_reversed)
    key = ("sorted by", column, query.people if column == "limit" else 0)
    groups = directory.remembered(key, lambda: GROUPS[column](directory, query.people))
    return Sort([[groups[one] for one in sorted(groups, reverse=is_reversed)]])


def _by_status(directory: Directory, people: int) -> Groups:
    order = ("open", "waitlist", "closed")
    return {place: directory.tags("status", status) for place, status in enumerate(order)}


def _by_insurance(directory: Directory, people: int) -> Groups:
    order = ("any", "listed")
    return {place: directory.tags("insurance_rule", rule) for place, rule in enumerate(order)}


def _by_day_seen(directory: Directory, people: int) -> Groups:
    rows = Resource.objects.published().filter(fund_status_seen_on__isnull=False)
    return _grouped((day, pk) for pk, day in _values(rows, "fund_status_seen_on"))


def _by_award(directory: Directory, people: int) -> Groups:
    """By the largest amount that it names."""
    rows = _values(Resource.objects.published(), "award", "part_of__award")
    return _grouped(
        (amount, pk)
        for pk, own, of_programme in rows
        if (amount := largest_amount(own or of_programme or "")) is not None
    )


def largest_amount(text: str) -> int | None:
    """The largest amount of dollars that a text names; None where it names none."""
    found = (int(digits.replace(",", "")) for digits in AMOUNT.findall(text))
    return max(found, default=None)


def _by_way(directory: Directory, people: int) -> Groups:
    """By the easiest way to apply; what only a clinic may ask for after the others."""
    order = {way: place for place, way in enumerate(Resource.HowToApply.values)}
    rows = _values(
        Resource.objects.published(), "clinic_must_apply", "how_to_apply", "part_of__how_to_apply"
    )
    return _grouped(
        (len(order) if must else min(known), pk)
        for pk, must, own, of_programme in rows
        if (known := [order[way] for way in own or of_programme or () if way in order]) or must
    )


def _by_limit(directory: Directory, people: int) -> Groups:
    """By the dollars that so many people may earn, by the table of where the help is bound to."""
    guidelines, bound = guidelines_of(directory), dict(_bound_to(directory))
    pairs: dict[int, list[BitMap]] = defaultdict(list)
    for text, held in directory.said["income"].items():
        rule = IncomeLimit.read(text)
        for table, there in bound.items():
            most = _most(rule, guidelines, table, people)
            if most is not None:
                pairs[most].append(held & there)
    return {most: BitMap.union(*sets) for most, sets in pairs.items()}


def _bound_to(directory: Directory) -> Iterator[tuple[str, BitMap]]:
    """Each table of the guidelines with the help that goes by it."""
    rest, states = directory.everything, directory.tagged.get("area", {})
    for code in ELSEWHERE:
        others = directory.tags_of_any("area", (one for one in states if one != code))
        only = directory.tags("area", code) - others - directory.tags("area_kind", "national")
        rest = rest - only
        yield code, only
    yield MAIN_TABLE, rest


def _most(rule: IncomeLimit, guidelines: Guidelines, table: str, people: int) -> int | None:
    if rule.kind == Resource.IncomeRule.NONE:
        return NO_LIMIT
    if rule.kind == Resource.IncomeRule.DOLLAR_TABLE:
        return dict(rule.dollars).get(people)
    if rule.percent is None:
        return None
    found = guidelines.in_force(table, rule.year)
    return found[-1].limit(rule.percent, people) if found else None


def _values(rows: Any, *names: str) -> Iterable[Any]:
    found: Iterable[Any] = rows.order_by().values_list("pk", *names).iterator(chunk_size=5_000)
    return found


def _grouped(pairs: Iterable[tuple[Any, int]]) -> Groups:
    lists: dict[Any, list[int]] = defaultdict(list)
    for key, pk in pairs:
        lists[key].append(pk)
    return {key: BitMap(pks) for key, pks in lists.items()}


GROUPS: dict[str, Callable[[Directory, int], Groups]] = {
    "status": _by_status,
    "seen": _by_day_seen,
    "insurance": _by_insurance,
    "limit": _by_limit,
    "award": _by_award,
    "apply": _by_way,
}
