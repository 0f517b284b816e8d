"""What the rows say, as sets of primary keys: all published resources, or some of them.

A family holds one kind of fact: value -> the resources that state it. What a fund leaves blank
counts as its programme's.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pyroaring import BitMap

from resources.batches import batched
from resources.models import (
    DollarLimit,
    Organisation,
    OrganisationPhone,
    Resource,
    ResourcePhone,
)
from resources.models.limits import NO_AGES, Ages, IncomeLimit
from resources.models.resource import NEEDS_WITH_INSURANCE_ONLY
from resources.search.sets import moments
from resources.search.sets.terms import VOCABULARIES

Family = Mapping[str, BitMap]

# facet -> the relation that holds its terms.
RELATIONS: dict[str, Any] = {
    "need": Resource.needs,
    "condition": Resource.conditions,
    "medicine": Resource.medicines,
    "insurance": Resource.insurance,
    "area": Resource.states,
}
# Columns whose value is the value in the family of that name, and columns that are yes or no.
CHOICES = {
    "lifecycle": "lifecycle",
    "area_kind": "area_kind",
    "insurance_rule": "insurance_rule",
    "fund_status": "seen",
}
FLAGS = {
    "takes_anyone": "helpline",
    "insurance_required": "insurance_required",
    "clinic_must_apply": "clinic_must",
    "area_partial": "area_partial",
    "condition_partial": "condition_partial",
    "urgent": "urgent",
}
COLUMNS = (
    *("pk", "organisation_id", "part_of_id", *CHOICES, *FLAGS),
    *("fund_status_seen_on", "fund_status_days", "checked_on", "year_of_facts"),
    *("languages", "who_may_apply", "age_min", "age_max"),
    *("income_rule", "income_limit_percent", "income_limit_year"),
    "review__due_on",
    *("changed_at", "part_of__changed_at", "part_of__part_of__changed_at"),
)
YES = "yes"
NOT_STATED = "not_stated"

# So many resources are read at a time.
BATCH = 5_000
# A fund of a fund of a fund: no data have more levels.
MOST_LEVELS = 4


@dataclass(frozen=True)
class Tags:
    """Families by kind of fact; and each resource's organisation by primary key, 0 for none.

    Besides the facets: `lifecycle`, `helpline`, `area_kind`, `insurance_rule`, `seen` (a fund's
    status as somebody saw it), `old_on` (the day from which that says nothing), `checked_on`,
    `due_on` (when what was checked once is to be checked again), `year`, `maker`,
    `only_with_insurance`, `area_partial`, `condition_partial`, `urgent`; and, as they are written,
    limits: `income`, `age`. Days are in ISO form. `changed` holds the moments of `changed_since`,
    `city_in` the state of an organisation whose city is known.
    """

    families: Mapping[str, Family] = field(default_factory=dict)
    organisation_of: array[int] = field(default_factory=lambda: array("I"))

    def __getitem__(self, family: str) -> Family:
        return self.families.get(family, {})

    def only(self, pks: BitMap) -> Tags:
        """What they say of these resources."""
        return Tags(
            {name: _kept(family, pks) for name, family in self.families.items()},
            self.organisation_of,
        )

    def with_changes(self, changed: BitMap, now: Tags) -> Tags:
        """These, but of the resources in `changed` what `now` says of them."""
        names = {**self.families, **now.families}
        return Tags(
            {name: _replaced(self[name], changed, now[name]) for name in names},
            _merged(self.organisation_of, changed, now.organisation_of),
        )


def _kept(family: Family, pks: BitMap) -> Family:
    sets = ((value, held & pks) for value, held in family.items())
    return {value: held for value, held in sets if held}


def _replaced(before: Family, changed: BitMap, now: Family) -> Family:
    """A family with changes. Sets that do not change are shared, not copied."""
    sets: dict[str, BitMap] = {}
    for value in {**before, **now}:
        held = before.get(value, NONE)
        if held.intersect(changed):
            held = held - changed
        sets[value] = held | now[value] if value in now else held
    return {value: held for value, held in sets.items() if held}


NONE = BitMap()


def _merged(before: array[int], changed: BitMap, now: array[int]) -> array[int]:
    merged = before[:]
    _make_room(merged, len(now))
    for pk in changed:
        if pk < len(now):
            merged[pk] = now[pk]
    return merged


def _make_room(numbers: array[int], size: int) -> None:
    """Let there be at least `size` numbers, the new ones 0."""
    missing = size - len(numbers)
    if missing > 0:
        numbers.frombytes(bytes(missing * numbers.itemsize))


def published() -> BitMap:
    """The primary keys of all published resources."""
    keys = Resource.objects.published().order_by().values_list("pk", flat=True)
    return BitMap(array("I", keys.iterator(chunk_size=BATCH)))


def read(pks: BitMap) -> Tags:
    """What those of these resources that are published say."""
    reader = _Reader()
    reader.read(pks | _programmes_of(pks))
    return reader.tags().only(pks)


def _programmes_of(pks: BitMap) -> BitMap:
    """The programmes that these are funds of, and what those are funds of."""
    found, level = BitMap(), pks
    for _level in range(MOST_LEVELS):
        rows = (
            row
            for batch in batched(level, BATCH)
            for row in Resource.objects.filter(pk__in=batch, part_of__isnull=False)
            .order_by()
            .values_list("part_of_id", flat=True)
        )
        level = BitMap(row for row in rows if row is not None) - found
        found |= level
    return found


@dataclass(slots=True)
class _Organisation:
    category: str
    makers: Sequence[str]
    languages: set[str]
    city_in: str


class _Reader:
    """Reads resources batch by batch, and makes the families of all that it has read."""

    def __init__(self) -> None:
        self.lists: dict[str, dict[str, array[int]]] = defaultdict(
            lambda: defaultdict(lambda: array("I"))
        )
        self.programme: dict[int, int] = {}
        self.organisation_of = array("I")
        self.terms = {
            facet: dict(model._default_manager.values_list("pk", value))
            for facet, (model, value) in VOCABULARIES.items()
        }

    def read(self, pks: BitMap) -> None:
        """Take in these resources, as far as they are published."""
        for batch in batched(pks, BATCH):
            rows = Resource.objects.published().filter(pk__in=batch).order_by()
            self._take([dict(zip(COLUMNS, row, strict=True)) for row in rows.values_list(*COLUMNS)])

    def _add(self, family: str, value: str, pk: int) -> None:
        self.lists[family][value].append(pk)

    def _take(self, rows: Sequence[Mapping[str, Any]]) -> None:
        pks = [row["pk"] for row in rows]
        organisations = _organisations({row["organisation_id"] for row in rows})
        with_phone = self._take_phones(pks)
        self._take_incomes(rows)
        for row in rows:
            self._take_row(row)
            organisation = organisations[row["organisation_id"]]
            self._take_organisation(row, organisation)
            if row["pk"] not in with_phone:
                for code in organisation.languages:
                    self._add("language", code, row["pk"])
        self._take_relations(pks)

    def _take_phones(self, pks: Sequence[int]) -> set[int]:
        """The languages that resources' own phones speak; returns which have such a phone."""
        phones = ResourcePhone.objects.filter(resource_id__in=pks).order_by()
        with_phone = set()
        for pk, codes in phones.values_list("resource_id", "languages"):
            with_phone.add(pk)
            for code in codes or ():
                self._add("language", code, pk)
        return with_phone

    def _take_incomes(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """The income limits, with their dollars by household size."""
        pks = [row["pk"] for row in rows if row["income_rule"] == Resource.IncomeRule.DOLLAR_TABLE]
        tables: dict[int, list[tuple[int, int]]] = defaultdict(list)
        limits = DollarLimit.objects.filter(resource_id__in=pks).order_by("household_size")
        for pk, size, most in limits.values_list("resource_id", "household_size", "dollars"):
            tables[pk].append((size, most))
        for row in rows:
            limit = IncomeLimit(
                row["income_rule"],
                row["income_limit_percent"],
                row["income_limit_year"],
                tuple(tables.get(row["pk"], ())),
            )
            self._add("income", str(limit), row["pk"])

    def _take_row(self, row: Mapping[str, Any]) -> None:
        """What a row says by itself."""
        pk = row["pk"]
        for column, family in CHOICES.items():
            self._add(family, row[column], pk)
        for column, family in FLAGS.items():
            if row[column]:
                self._add(family, YES, pk)
        for code in row["languages"] or ():
            self._add("language", code, pk)
        for who in row["who_may_apply"] or ():
            self._add("who", who, pk)
        if row["part_of_id"] is not None:
            self.programme[pk] = row["part_of_id"]
        if row["checked_on"]:
            self._add("checked_on", row["checked_on"].isoformat(), pk)
            if row["review__due_on"]:
                self._add("due_on", row["review__due_on"].isoformat(), pk)
        if row["year_of_facts"]:
            self._add("year", str(row["year_of_facts"]), pk)
        ages = Ages(row["age_min"], row["age_max"])
        if ages != NO_AGES:
            self._add("age", str(ages), pk)
        if row["fund_status_seen_on"]:
            day = row["fund_status_seen_on"] + dt.timedelta(days=row["fund_status_days"])
            self._add("old_on", day.isoformat(), pk)
        for bit in moments.bits_of(_changed(row)):
            self._add("changed", bit, pk)

    def _take_organisation(self, row: Mapping[str, Any], organisation: _Organisation) -> None:
        pk = row["pk"]
        self._add("category", organisation.category, pk)
        for maker in organisation.makers:
            self._add("maker", maker, pk)
        if organisation.city_in:
            self._add("city_in", organisation.city_in, pk)
        _make_room(self.organisation_of, pk + 1)
        self.organisation_of[pk] = row["organisation_id"]

    def _take_relations(self, pks: Sequence[int]) -> None:
        for facet, relation in RELATIONS.items():
            term, values = f"{relation.field.m2m_reverse_field_name()}_id", self.terms[facet]
            rows = relation.through._default_manager.filter(resource_id__in=pks).order_by()
            for pk, key in rows.values_list("resource_id", term):
                self._add(facet, values[key], pk)

    def tags(self) -> Tags:
        """The families of what was taken in."""
        families = {
            name: {value: BitMap(pks) for value, pks in family.items()}
            for name, family in self.lists.items()
        }
        stated_rules = {**families.get("insurance_rule", {}), NOT_STATED: NONE}
        some_states = families.get("area_kind", {}).get("states", NONE)
        self._inherit_flag(families, "condition_partial", families.get("condition", {}))
        self._inherit_flag(families, "area_partial", families.get("area", {}), some_states)
        self._inherit_flag(families, "insurance_required", stated_rules)
        for name in (*RELATIONS, "language", "who", "age"):
            self._inherit(families.setdefault(name, {}))
        for name in ("insurance_rule", "income"):
            rules = families.setdefault(name, {})
            unstated = rules.pop(NOT_STATED, NONE)
            self._inherit(rules)
            rules[NOT_STATED] = unstated - _any(rules)
        families["apply"] = _who_applies(families.pop("who"), families.pop("clinic_must", {}))
        families["only_with_insurance"] = _tied_to_insurance(families)
        return Tags(families, self.organisation_of)

    def _inherit(self, family: dict[str, BitMap]) -> None:
        """Let a fund that states none of these values have its programme's."""
        stated = _any(family)
        heirs: dict[int, list[int]] = defaultdict(list)
        for pk in self.programme:
            giver = self._giver(pk, stated)
            if giver not in (None, pk):
                heirs[giver].append(pk)  # type: ignore[index]
        givers = BitMap(heirs)
        for held in family.values():
            for giver in held & givers:
                held.update(heirs[giver])

    def _inherit_flag(
        self, families: Mapping[str, Family], flag: str, rule: Family, of: BitMap | None = None
    ) -> None:
        """Let a fund that takes a rule from a programme (one `of` these) have its flag as well."""
        flagged = families.get(flag, {}).get(YES)
        if flagged:
            stated = _any(rule)
            givers = {
                pk: self._giver(pk, stated) for pk in self.programme if of is None or pk in of
            }
            flagged.update([pk for pk, giver in givers.items() if giver and giver in flagged])

    def _giver(self, pk: int, stated: BitMap) -> int | None:
        """The first of a resource, its programme and those above that is in `stated`."""
        at: int | None = pk
        for _level in range(MOST_LEVELS + 1):
            if at is None or at in stated:
                return at
            at = self.programme.get(at)
        return None


def _changed(row: Mapping[str, Any]) -> dt.datetime:
    """When it changed last, or a programme that it takes facts from."""
    columns = ("changed_at", "part_of__changed_at", "part_of__part_of__changed_at")
    return max((row[column] for column in columns if row[column]), default=moments.BEGINNING)


def _any(family: Family) -> BitMap:
    return BitMap.union(NONE, *family.values())


def _organisations(pks: set[int]) -> dict[int, _Organisation]:
    rows = Organisation.objects.filter(pk__in=pks).order_by()
    found = {
        pk: _Organisation(category, makers, set(), state if city and state else "")
        for pk, category, makers, city, state in rows.values_list(
            "pk", "category", "makers", "city", "state__code"
        )
    }
    phones = OrganisationPhone.objects.filter(organisation_id__in=pks).order_by()
    for pk, codes in phones.values_list("organisation_id", "languages"):
        found[pk].languages |= set(codes or ())
    return found


def _who_applies(who: Family, clinic_must: Family) -> dict[str, BitMap]:
    """Whether one may apply oneself ("self"), the clinic must ("clinic"), or nobody can."""
    themselves = who.get("patient", NONE) | who.get("family", NONE)
    others = who.get("clinic", NONE) | who.get("social_worker", NONE)
    only_others = others - themselves - who.get("nobody", NONE)
    clinic = clinic_must.get(YES, NONE) | only_others
    return {
        "clinic": clinic,
        "self": themselves - clinic,
        "nobody": _any(who) - themselves - clinic,
    }


def _tied_to_insurance(families: Mapping[str, Family]) -> dict[str, BitMap]:
    """Help that makes no sense without insurance: `Resource.only_with_insurance`, as a set."""
    needs = families["need"]
    tied = BitMap.union(NONE, *(needs.get(slug, NONE) for slug in NEEDS_WITH_INSURANCE_ONLY))
    others = (held for slug, held in needs.items() if slug not in NEEDS_WITH_INSURANCE_ONLY)
    marked = families.get("insurance_required", {}).get(YES, NONE)
    return {YES: marked | (tied - BitMap.union(NONE, *others))}
