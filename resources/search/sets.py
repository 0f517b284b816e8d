"""The directory in memory: each term of each facet as a set of resource numbers.

Sets of numbers are what filters, facet counts and order are computed from; nothing here reads a
row per request. A process keeps one `Directory` for the current edition and day and builds the
next one beside it. What a fund leaves blank counts as its programme's.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import Model
from pyroaring import BitMap

from resources.models import (
    Condition,
    Edition,
    Insurance,
    Medicine,
    Need,
    Organisation,
    OrganisationPhone,
    PublicationState,
    Resource,
    ResourcePhone,
    State,
)
from resources.models.resource import NEEDS_WITH_INSURANCE_ONLY, status_that_counts
from resources.search.words import fold

Kept = TypeVar("Kept")

Sets = Mapping[str, BitMap]
EMPTY: Sets = {}


@dataclass(frozen=True, slots=True)
class TermInfo:
    """What the search needs to know of a term: its value in addresses, its names, its relatives.

    `english`, `spanish` and `brands` are what somebody may type for it.
    """

    value: str
    name: str
    spanish_name: str
    english: tuple[str, ...] = ()
    spanish: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    slug: str = ""
    makers: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()

    def in_language(self, language: str) -> str:
        """Its name for a reader of this language."""
        return (self.spanish_name if language == "es" else "") or self.name


class Tree:
    """Terms that stand under others, several parents allowed."""

    def __init__(self, terms: Mapping[str, TermInfo]) -> None:
        self._up = {value: [p for p in term.parents if p in terms] for value, term in terms.items()}
        self._down: dict[str, list[str]] = defaultdict(list)
        for value, parents in self._up.items():
            for parent in parents:
                self._down[parent].append(value)

    def above(self, value: str) -> set[str]:
        """All ancestors, itself left out."""
        return _reached(value, lambda at: self._up.get(at, []))

    def below(self, value: str) -> set[str]:
        """All descendants, itself left out."""
        return _reached(value, lambda at: self._down.get(at, []))

    def children(self, value: str) -> list[str]:
        """Those that stand right under it."""
        return self._down.get(value, [])

    def parents(self, value: str) -> list[str]:
        """Those that it stands right under."""
        return self._up.get(value, [])


def _reached(start: Kept, step: Callable[[Kept], Iterable[Kept]]) -> set[Kept]:
    seen: set[Kept] = set()
    ahead = list(step(start))
    while ahead:
        at = ahead.pop()
        if at not in seen and at != start:
            seen.add(at)
            ahead += step(at)
    return seen


@dataclass
class Directory:
    """All published resources of one edition on one day, as sets of their primary keys.

    `tagged[facet][value]` holds what says so itself; what a chosen value matches, ancestors and
    "any" included, is the business of `resources.search.facets`.
    """

    edition: int
    today: dt.date
    everything: BitMap = field(default_factory=BitMap)
    ended: BitMap = field(default_factory=BitMap)
    unconfirmed: BitMap = field(default_factory=BitMap)
    helplines: list[int] = field(default_factory=list)
    tagged: dict[str, dict[str, BitMap]] = field(default_factory=dict)
    only_with_insurance: BitMap = field(default_factory=BitMap)
    names: dict[int, str] = field(default_factory=dict)
    checked_on: dict[int, dt.date] = field(default_factory=dict)
    year_of_facts: dict[int, int] = field(default_factory=dict)
    of_organisation: dict[int, BitMap] = field(default_factory=dict)
    successors: dict[int, int] = field(default_factory=dict)
    by_maker: dict[str, BitMap] = field(default_factory=dict)
    organisations: int = 0
    terms: dict[str, dict[str, TermInfo]] = field(default_factory=dict)
    memory: dict[Any, Any] = field(default_factory=dict)

    @cached_property
    def offered(self) -> BitMap:
        """Everything that has not ended: what filters choose from."""
        return self.everything - self.ended

    @cached_property
    def conditions(self) -> Tree:
        return Tree(self.terms["condition"])

    @cached_property
    def needs(self) -> Tree:
        return Tree(self.terms["need"])

    @cached_property
    def insurance(self) -> Tree:
        return Tree(self.terms["insurance"])

    @cached_property
    def places(self) -> dict[int, int]:
        """Each resource's place in the order of the names, accents and capitals folded."""
        in_order = sorted(self.names, key=lambda pk: (fold(self.names[pk]), pk))
        return {pk: place for place, pk in enumerate(in_order)}

    @cached_property
    def organisation_of(self) -> dict[int, int]:
        """Each resource's organisation."""
        return {pk: of for of, resources in self.of_organisation.items() for pk in resources}

    def tags(self, facet: str, value: str) -> BitMap:
        """The resources that carry this very value."""
        return self.tagged.get(facet, EMPTY).get(value, _NONE)

    def tags_of_any(self, facet: str, values: Iterable[str]) -> BitMap:
        """The resources that carry at least one of these values."""
        return BitMap.union(*[_NONE, *(self.tags(facet, value) for value in values)])

    def used_for(self, medicine: str) -> set[str]:
        """The illnesses that a medicine is used for, and the kinds that these are of."""
        term = self.terms["medicine"].get(medicine)
        own = term.conditions if term else ()
        return set(own).union(*map(self.conditions.above, own))

    def resources_of(self, organisation: int) -> BitMap:
        """What an organisation offers, and what those that went on in its place offer."""
        heirs = _reached(organisation, lambda pk: filter(None, [self.successors.get(pk)]))
        return BitMap.union(*(self.of_organisation.get(pk, _NONE) for pk in [organisation, *heirs]))

    def remembered(self, key: Any, compute: Callable[[], Kept]) -> Kept:
        """The result of `compute`, kept under `key` for as long as this edition lasts."""
        if key not in self.memory:
            self.memory[key] = compute()
        kept: Kept = self.memory[key]
        return kept


_NONE = BitMap()
_building = threading.Lock()
_current: Directory | None = None


def current(today: dt.date) -> Directory:
    """The directory of the newest edition on this day.

    While one thread builds the next, the others go on with the one before.
    """
    global _current
    edition = Edition.current()
    kept = _current
    if kept is not None and (kept.edition, kept.today) == (edition, today):
        return kept
    if kept is not None and _building.locked():
        return kept
    with _building:
        kept = _current
        if kept is None or (kept.edition, kept.today) != (edition, today):
            kept = _current = build(edition, today)
    return kept


def forget() -> None:
    """Drop what this process remembers, as tests do when they put the database back."""
    global _current
    _current = None


def build(edition: int, today: dt.date) -> Directory:
    """Read the published resources and the vocabularies into a `Directory`, in twenty queries."""
    directory = Directory(edition=edition, today=today, terms=_terms())
    rows = list(Resource.objects.published().values(*_COLUMNS))
    _add_rows(directory, rows, today)
    _add_tags(directory, rows)
    _add_organisations(directory, rows)
    _add_languages(directory, rows)
    _add_applicants(directory, rows)
    _note_what_needs_insurance(directory, rows)
    return directory


_COLUMNS = (
    "pk",
    "name",
    "organisation_id",
    "part_of_id",
    "lifecycle",
    "takes_anyone",
    "area_kind",
    "insurance_rule",
    "insurance_required",
    "fund_status",
    "fund_status_seen_on",
    "fund_status_days",
    "checked_on",
    "year_of_facts",
    "languages",
    "who_may_apply",
    "clinic_must_apply",
)
Rows = list[dict[str, Any]]


def _terms() -> dict[str, dict[str, TermInfo]]:
    return {
        "need": {
            n.slug: _term(n, parents=_slugs(n.parent))
            for n in Need.objects.select_related("parent")
        },
        "condition": {
            c.slug: _term(
                c,
                parents=(*_slugs(c.parent), *_slugs(*c.also_under.all())),
                related=_slugs(*c.related.all()),
            )
            for c in Condition.objects.select_related("parent").prefetch_related(
                "also_under", "related"
            )
        },
        "medicine": {
            m.slug: _term(
                m,
                name=_with_brands(m.name, m.brands),
                spanish_name=_with_brands(m.spanish_name or m.name, m.brands),
                makers=(m.maker,) if m.maker else (),
                conditions=_slugs(*m.conditions.all()),
            )
            for m in Medicine.objects.prefetch_related("conditions")
        },
        "insurance": {
            i.slug: _term(i, parents=(*_slugs(i.parent), *_slugs(*i.also_under.all())))
            for i in Insurance.objects.select_related("parent").prefetch_related("also_under")
        },
        "area": {s.code: _term(s, value=s.code) for s in State.objects.all()},
    }


def _term(term: Any, **more: Any) -> TermInfo:
    known = {
        "value": term.slug,
        "name": term.name,
        "spanish_name": term.spanish_name,
        "slug": term.slug,
        "english": tuple(term.english_words),
        "spanish": tuple(term.spanish_words),
        "brands": tuple(getattr(term, "brands", ())),
    }
    return TermInfo(**{**known, **more})


def _slugs(*terms: Any) -> tuple[str, ...]:
    return tuple(term.slug for term in terms if term is not None)


def _with_brands(name: str, brands: list[str]) -> str:
    return f"{name} ({', '.join(brands[:2])})" if brands else name


def _add_rows(directory: Directory, rows: Rows, today: dt.date) -> None:
    """What a row says by itself: lifecycle, dates, area, rules, the fund's status of today."""
    status: dict[str, BitMap] = defaultdict(BitMap)
    rules: dict[str, BitMap] = defaultdict(BitMap)
    area: dict[str, BitMap] = defaultdict(BitMap)
    rule_of = _inherited(
        rows, {row["pk"]: row["insurance_rule"] for row in rows}, blank="not_stated"
    )
    for row in rows:
        pk = row["pk"]
        directory.names[pk] = row["name"]
        if row["checked_on"]:
            directory.checked_on[pk] = row["checked_on"]
        if row["year_of_facts"]:
            directory.year_of_facts[pk] = row["year_of_facts"]
        if row["takes_anyone"]:
            directory.helplines.append(pk)
        seen = (row["fund_status"], row["fund_status_seen_on"], row["fund_status_days"])
        status[status_that_counts(*seen, today)].add(pk)
        rules[rule_of.get(pk, "not_stated")].add(pk)
        area[row["area_kind"]].add(pk)
    directory.everything = BitMap(row["pk"] for row in rows)
    directory.ended = BitMap(row["pk"] for row in rows if row["lifecycle"] == "ended")
    directory.unconfirmed = BitMap(row["pk"] for row in rows if row["lifecycle"] == "unconfirmed")
    directory.tagged |= {
        "status": dict(status),
        "insurance_rule": dict(rules),
        "area_kind": dict(area),
    }


def _add_tags(directory: Directory, rows: Rows) -> None:
    """The many-to-many tags, a programme's where its fund has none of that kind."""
    for facet, column, value in (
        ("need", Resource.needs, "need__slug"),
        ("condition", Resource.conditions, "condition__slug"),
        ("medicine", Resource.medicines, "medicine__slug"),
        ("insurance", Resource.insurance, "insurance__slug"),
        ("area", Resource.states, "state__code"),
    ):
        own: dict[int, set[str]] = defaultdict(set)
        through: type[Model] = column.through
        for pk, slug in through._default_manager.values_list("resource_id", value):
            if pk in directory.names:
                own[pk].add(slug)
        directory.tagged[facet] = _inverted(_inherited(rows, own, blank=None))


def _inherited(rows: Rows, values: Mapping[int, Any], *, blank: Any) -> dict[int, Any]:
    """Each resource's value, or its programme's where it is missing or equal to `blank`."""
    programme = {row["pk"]: row["part_of_id"] for row in rows}
    found: dict[int, Any] = {}
    for pk in programme:
        at: int | None = pk
        for _step in range(5):
            value = values.get(at) if at is not None else None
            if value and value != blank:
                found[pk] = value
                break
            at = programme.get(at) if at is not None else None
    return found


def _inverted(tags: Mapping[int, Iterable[str]]) -> dict[str, BitMap]:
    sets: dict[str, list[int]] = defaultdict(list)
    for pk, values in tags.items():
        for value in values:
            sets[value].append(pk)
    return {value: BitMap(pks) for value, pks in sets.items()}


def _add_organisations(directory: Directory, rows: Rows) -> None:
    by_organisation: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        by_organisation[row["organisation_id"]].append(row["pk"])
    category: dict[str, BitMap] = defaultdict(BitMap)
    maker: dict[str, BitMap] = defaultdict(BitMap)
    published = Organisation.objects.filter(publication_state=PublicationState.PUBLISHED)
    directory.organisations = published.count()
    rows_of = Organisation.objects.values_list("pk", "category", "makers", "successor_id")
    for pk, kind, makers, successor in rows_of:
        if successor is not None:
            directory.successors[pk] = successor
        pks = BitMap(by_organisation.get(pk, ()))
        directory.of_organisation[pk] = pks
        category[kind] |= pks
        for name in makers:
            maker[name] |= pks
    directory.by_maker = dict(maker)
    directory.tagged["category"] = {kind: pks for kind, pks in category.items() if pks}


def _add_languages(directory: Directory, rows: Rows) -> None:
    """Languages that help is given in, or that its own phone (else its organisation's) speaks."""
    spoken: dict[int, set[str]] = defaultdict(set)
    with_phone = set()
    for pk, codes in ResourcePhone.objects.values_list("resource_id", "languages"):
        with_phone.add(pk)
        spoken[pk] |= set(codes or ())
    at_organisation: dict[int, set[str]] = defaultdict(set)
    for pk, codes in OrganisationPhone.objects.values_list("organisation_id", "languages"):
        at_organisation[pk] |= set(codes or ())
    tags = {}
    for row in rows:
        phone = (
            spoken[row["pk"]]
            if row["pk"] in with_phone
            else at_organisation[row["organisation_id"]]
        )
        tags[row["pk"]] = {*(row["languages"] or ()), *phone}
    directory.tagged["language"] = _inverted(_inherited(rows, tags, blank=None))


def _add_applicants(directory: Directory, rows: Rows) -> None:
    """Whether one may apply oneself, or the clinic must: "self" and "clinic"."""
    who = _inherited(rows, {row["pk"]: row["who_may_apply"] for row in rows}, blank=None)
    tags = {}
    for row in rows:
        people = set(who.get(row["pk"], ()))
        if row["clinic_must_apply"] or (people and people <= {"clinic", "social_worker"}):
            tags[row["pk"]] = {"clinic"}
        elif people & {"patient", "family"}:
            tags[row["pk"]] = {"self"}
        elif people:
            tags[row["pk"]] = {"nobody"}
    directory.tagged["apply"] = _inverted(tags)


def _note_what_needs_insurance(directory: Directory, rows: Rows) -> None:
    """Help that makes no sense without insurance: `Resource.only_with_insurance`, as a set."""
    tied = directory.tags_of_any("need", NEEDS_WITH_INSURANCE_ONLY)
    other = directory.tags_of_any("need", set(directory.tagged["need"]) - NEEDS_WITH_INSURANCE_ONLY)
    marked = BitMap(row["pk"] for row in rows if row["insurance_required"])
    directory.only_with_insurance = marked | (tied - other)
