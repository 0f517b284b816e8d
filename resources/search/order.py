"""The order of results, in one place. Nobody can pay for a place in it.

An order is a list of questions, each of which splits what is left into groups, best first; the
last one settles the rest. To add a question is to add a line in `best_first` (`/about/` explains
the order in words: keep it true).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pyroaring import BitMap

from resources.search.facets import UNINSURED, of_makers, same_maker, untagged
from resources.search.sets import Directory

# A split: groups of resources, best first. What is in none of them comes last.
Split = Sequence[BitMap]

# Facts of at most so many years count as fresh; older and undated ones sink.
FRESH_YEARS, KNOWN_YEARS = 1, 3


@dataclass(frozen=True)
class Asked:
    """What the order needs to know of a question.

    Chosen values by facet; hits by how many of the words they have, where none has all; hits that
    have the words in their names; the text's ranks.
    """

    chosen: dict[str, list[str]]
    by_words: Split = ()
    named: BitMap = field(default_factory=BitMap)
    ranks: Mapping[int, float] = field(default_factory=dict)


def best_first(directory: Directory, asked: Asked) -> list[Split]:
    """The questions of the usual order, the weightiest first."""
    near = _near_conditions(directory, asked)
    return [
        [asked.named],
        near[:1],
        _fitting_medicine(directory, asked),
        [_near_place(directory, asked)],
        asked.by_words,
        [directory.everything - directory.unconfirmed - directory.ended, directory.unconfirmed],
        [directory.everything - directory.overdue],
        near,
        [directory.tags_of_any("insurance", asked.chosen.get("insurance", []))],
        _by_status(directory),
        _by_freshness(directory),
    ]


def _near_conditions(directory: Directory, asked: Asked) -> Split:
    """What is for this very illness, then for the kind it is of, and so on up to any illness."""
    levels, seen = [], set()
    level = set(asked.chosen.get("condition", []))
    while level:
        levels.append(directory.tags_of_any("condition", level))
        seen |= level
        level = {up for slug in level for up in directory.conditions.parents(slug)} - seen
    return levels


def _near_place(directory: Directory, asked: Asked) -> BitMap:
    """What is for the place that was named; for no place, what is bound to none.

    Somebody who does not say where they live can use help for one state only by luck.
    """
    area = asked.chosen.get("area", [])
    return directory.tags_of_any("area", area) if area else untagged(directory, "area")


def recently_checked_first(directory: Directory, asked: Asked) -> list[Split]:
    """Most recently checked by a person first; then as usual."""
    checked = directory.said["checked_on"]
    days = [checked[day] for day in sorted(checked, reverse=True)]
    return [days, *best_first(directory, asked)]


def by_name(directory: Directory, asked: Asked) -> list[Split]:
    """By name alone."""
    return []


ORDERS: dict[str, Callable[[Directory, Asked], list[Split]]] = {
    "best": best_first,
    "checked": recently_checked_first,
    "name": by_name,
}


def last_for_asking(directory: Directory, asked: Asked) -> list[Split]:
    """Of what one must ask, for somebody without insurance: copay help that states nothing last."""
    if UNINSURED not in asked.chosen.get("insurance", []):
        return []
    return [[directory.everything - directory.tags("need", "copay")]]


def _fitting_medicine(directory: Directory, asked: Asked) -> Split:
    """What names the medicine, then its own maker's, then help for an illness it is used for.

    Where an illness was named and no medicine, what is not for some medicines only: neither for
    those that it names nor for those of its maker.
    """
    if asked.chosen.get("condition") and not asked.chosen.get("medicine"):
        return [untagged(directory, "medicine") - of_makers(directory)]
    groups = []
    for medicine in asked.chosen.get("medicine", []):
        groups += [
            directory.tags("medicine", medicine),
            same_maker(directory, medicine),
            directory.tags_of_any("condition", directory.used_for(medicine)),
        ]
    return groups


def _by_status(directory: Directory) -> Split:
    """Open, then not known (or no fund at all), then waiting lists, then closed."""
    return [
        directory.tags("status", "open"),
        directory.tags("status", "unknown") | directory.tags("status", "not_applicable"),
        directory.tags("status", "waitlist"),
    ]


def _by_freshness(directory: Directory) -> Split:
    def within(years: int) -> BitMap:
        first = directory.today.year - years
        return directory.tags_of_any(
            "year", filter(lambda y: int(y) >= first, directory.said["year"])
        )

    key = "freshness"
    return directory.remembered(key, lambda: [within(FRESH_YEARS), within(KNOWN_YEARS)])


def groups_in_order(hits: BitMap, splits: Sequence[Split]) -> Iterator[BitMap]:
    """The hits in groups, best first, none of them empty; each hit in exactly one."""
    if not hits:
        return
    if not splits:
        yield hits
        return
    rest = hits
    for group in splits[0]:
        yield from groups_in_order(rest & group, splits[1:])
        rest = rest - group
    yield from groups_in_order(rest, splits[1:])


# Among the first results, one organisation fills no more of a page than this while others match.
SPREAD, MOST_OF_ONE = 100, 4


def page_of(
    hits: BitMap,
    splits: Sequence[Split],
    directory: Directory,
    ranks: Mapping[int, float],
    start: int,
    stop: int,
    *,
    spread: int = 0,
) -> list[int]:
    """The hits from place `start` up to `stop`; within a group by text rank, then by name.

    With `spread`, the number of results on a page, those of one organisation are spread over the
    first pages.
    """
    if spread and start < SPREAD:
        first = _in_order(hits, splits, directory, ranks, 0, max(SPREAD, stop))
        return [*_spread(first[:SPREAD], directory, spread), *first[SPREAD:]][start:stop]
    return _in_order(hits, splits, directory, ranks, start, stop)


def all_of(
    hits: BitMap,
    splits: Sequence[Split],
    directory: Directory,
    ranks: Mapping[int, float],
    *,
    spread: int = 0,
) -> Iterator[int]:
    """All hits as `page_of` has them, page after page; each group is put in order once."""
    yield from page_of(hits, splits, directory, ranks, 0, SPREAD, spread=spread)
    at = 0
    for group in groups_in_order(hits, splits):
        told = max(0, SPREAD - at)
        if told < len(group):
            yield from _of_group(group, directory, ranks, told, len(group))
        at += len(group)


def _spread(pks: Sequence[int], directory: Directory, size: int) -> list[int]:
    """The same results, page by page with at most `MOST_OF_ONE` of an organisation if possible."""
    spread: list[int] = []
    waiting = list(pks)
    while waiting:
        of = Counter[int]()
        page: list[int] = []
        later: list[int] = []
        for pk in waiting:
            organisation = directory.organisation_of(pk)
            fits = len(page) < size and of[organisation] < MOST_OF_ONE
            (page if fits else later).append(pk)
            of[organisation] += fits
        missing = size - len(page)
        spread += page + later[:missing]
        waiting = later[missing:]
    return spread


def _in_order(
    hits: BitMap,
    splits: Sequence[Split],
    directory: Directory,
    ranks: Mapping[int, float],
    start: int,
    stop: int,
) -> list[int]:
    wanted: list[int] = []
    at = 0
    for group in groups_in_order(hits, splits):
        if at + len(group) > start:
            wanted += _of_group(group, directory, ranks, max(0, start - at), stop - at)
        at += len(group)
        if at >= stop:
            break
    return wanted


def _of_group(
    group: BitMap, directory: Directory, ranks: Mapping[int, float], start: int, stop: int
) -> list[int]:
    """The members of a group from `start` up to `stop`: by rank, then by name."""
    places = directory.places
    if not ranks:
        return places.first(group, start, stop)
    by_rank = sorted(group, key=lambda pk: (-ranks.get(pk, 0.0), places.place_of[pk]))
    return by_rank[start:stop]
