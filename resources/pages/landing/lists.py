"""The lists to pick from: needs in two levels, illnesses in groups, medicines by letter, states."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from resources.models import Condition, Medicine, Need, State
from resources.search.facets import asking, matching
from resources.search.sets import Directory
from resources.search.words import fold

# A branch of illnesses up to this size is one group; a larger one is split into its own branches.
LARGEST_GROUP = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to pick: its name, the slug of its page, how much help names it, and a remark."""

    name: str
    slug: str
    count: int = 0
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one heading: first those that help is listed for, then the rest."""

    heading: Entry
    entries: list[Entry]
    rest: list[Entry] = field(default_factory=list)


def found_for(directory: Directory, facet: str, value: str) -> int:
    """How many resources its page shows, those to be asked included."""
    both = matching(directory, facet, value) | asking(directory, facet, value)
    return len(both & directory.offered)


def named_by(directory: Directory, facet: str, value: str) -> int:
    """How many resources name this very value."""
    return len(directory.tags(facet, value) & directory.offered)


def needs(directory: Directory) -> list[Group]:
    """The needs in two levels, without those whose page would be empty. One query."""
    below: dict[str | None, list[Need]] = defaultdict(list)
    for need in Need.objects.select_related("parent"):
        if found_for(directory, "need", need.slug):
            below[need.parent.slug if need.parent else None].append(need)
    return [
        Group(_need(directory, need), [_need(directory, child) for child in below[need.slug]])
        for need in below[None]
    ]


def _need(directory: Directory, need: Need) -> Entry:
    own = directory.tags_of_any("need", [need.slug, *directory.needs.children(need.slug)])
    return Entry(need.display_name, need.slug, len(own & directory.offered), need.display_question)


def needs_under(directory: Directory, need: Need) -> list[Entry]:
    """The narrower needs of one, without those whose page would be empty. One query."""
    return [
        _need(directory, child)
        for child in need.children.all()
        if found_for(directory, "need", child.slug)
    ]


def only_parents(directory: Directory, need: Need) -> bool:
    """Whether nothing is listed for this need itself, so that its page shows its parent's help."""
    return not named_by(directory, "need", need.slug) and need.parent is not None


def conditions(directory: Directory) -> list[Group]:
    """The illnesses by branch of their tree, in the order of names. One query."""
    terms = {condition.slug: condition for condition in Condition.objects.select_related("parent")}
    children: dict[str | None, list[str]] = defaultdict(list)
    for term in terms.values():
        children[term.parent.slug if term.parent else None].append(term.slug)
    entry = {
        slug: Entry(term.display_name, slug, named_by(directory, "condition", slug))
        for slug, term in terms.items()
    }
    groups = [_group(entry, branch) for branch in _branches(children, None)]
    return sorted(groups, key=_in_order)


def _in_order(group: Group) -> tuple[bool, str]:
    """Groups that some help names before the others, each by name."""
    return (not group.entries and not group.heading.count, fold(group.heading.name))


def _branches(children: dict[str | None, list[str]], root: str | None) -> Iterable[list[str]]:
    """The tree in branches, each its root first. A large branch gives its leaves and branches."""
    leaves = [root] if root is not None else []
    for slug in children[root]:
        branch = _branch(children, slug)
        if len(branch) == 1:
            leaves.append(slug)
        elif len(branch) <= LARGEST_GROUP:
            yield branch
        else:
            yield from _branches(children, slug)
    if leaves:
        yield leaves


def _branch(children: dict[str | None, list[str]], root: str) -> list[str]:
    return [root, *(slug for child in children[root] for slug in _branch(children, child))]


def _group(entry: dict[str, Entry], branch: list[str]) -> Group:
    root, *members = branch
    named = sorted((entry[slug] for slug in members), key=lambda one: fold(one.name))
    return Group(
        entry[root],
        [one for one in named if one.count],
        [one for one in named if not one.count],
    )


def medicines_named(directory: Directory) -> list[Entry]:
    """The medicines that some help names, with their brands, by name. One query."""
    named = [slug for slug in directory.said["medicine"] if named_by(directory, "medicine", slug)]
    found = Medicine.objects.filter(slug__in=named)
    entries = [
        Entry(one.name_with_brands, one.slug, named_by(directory, "medicine", one.slug))
        for one in found
    ]
    return sorted(entries, key=lambda one: fold(one.name))


def letters() -> list[str]:
    """The letters that some medicine or brand begins with, in order. One query."""
    return sorted({_letter(name) for name, _medicine in _names(Medicine.objects.all())})


def medicines_under(letter: str) -> list[Entry]:
    """The medicines and brands that begin with this letter; a brand remarks its generic name."""
    entries = [
        Entry(name, medicine.slug, remark=_remark(name, medicine))
        for name, medicine in _names(Medicine.objects.all())
        if _letter(name) == letter
    ]
    return sorted(entries, key=lambda one: fold(one.name))


def _names(medicines: Iterable[Medicine]) -> Iterable[tuple[str, Medicine]]:
    for medicine in medicines:
        for name in dict.fromkeys([medicine.display_name, *medicine.brands]):
            yield name, medicine


def _letter(name: str) -> str:
    first = fold(name)[:1].upper()
    return first if first.isalpha() and first.isascii() else "#"


def _remark(name: str, medicine: Medicine) -> str:
    if name == medicine.display_name:
        return ", ".join(medicine.brands[:3])
    return medicine.display_name


def states(directory: Directory) -> list[tuple[str, list[Entry]]]:
    """The states and the district, then the territories, each with what is listed only there."""
    by_sort: dict[bool, list[Entry]] = {False: [], True: []}
    for state in sorted(State.objects.all(), key=lambda one: fold(one.display_name)):
        entry = Entry(state.display_name, state.slug, named_by(directory, "area", state.code))
        by_sort[state.sort == State.Sort.TERRITORY].append(entry)
    return [("states", by_sort[False]), ("territories", by_sort[True])]


def terms_in_order(terms: Iterable[Condition]) -> Sequence[Condition]:
    """Illnesses by the name that the reader sees."""
    return sorted(terms, key=lambda term: fold(term.display_name))
