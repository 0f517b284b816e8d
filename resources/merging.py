"""Two entries that are one: what the survivor takes over, and what leads to it from then on.

The other is withdrawn and its address leads to the survivor. Its checks and sightings stay where
they are; the survivor reads on from them (`Entry.merged_into`). It is one batch, undone as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from resources import documents, edits
from resources.documents import Document
from resources.edits import CannotEdit, Edit, Obstacle
from resources.models import (
    Batch,
    Curator,
    Entry,
    Organisation,
    OrganisationName,
    Resource,
)


class Take(StrEnum):
    """Whose value the survivor has from then on."""

    KEPT = "kept"  # its own
    OTHER = "other"
    BOTH = "both"  # of lists


# What is about the entry as a record, or follows by itself.
NOT_CHOSEN = frozenset(
    {
        *("slug", "merged_into", "checked_on", "checked_by", "links_checked_on", "organisation"),
        *("fund_status", "fund_status_seen_on", "fund_status_precision"),
    }
)
# Taken from both without asking: more of them does no harm.
ALWAYS_BOTH = frozenset({"sources", "names", "translations"})
STATUS = ("fund_status", "fund_status_seen_on", "fund_status_precision")

# Lists that belong to a rule.
GOES_BY = {"states": "area_kind", "insurance": "insurance_rule"}

# By which columns two rows of a part say the same.
ROW_IS = {
    "sources": ("url",),
    "names": ("name",),
    "phones": ("dial", "extension"),
    "translations": ("field", "language", "english_digest"),
    "dollar_limits": ("household_size",),
    "area_parts": ("state", "county"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A field in which the two differ: what each says, and whose is proposed."""

    field: str
    kept: Any
    other: Any
    may_have_both: bool
    proposed: Take


@dataclass(frozen=True, slots=True)
class Follows:
    """What goes along with a merger: it belongs to, or leads to, the survivor from then on."""

    resources: Sequence[Resource]
    funds: Sequence[Resource]
    predecessors: Sequence[Organisation]
    absorbed: Sequence[Entry]

    def __bool__(self) -> bool:
        return bool(self.resources or self.funds or self.predecessors)


def choices(survivor: Entry, other: Entry) -> list[Choice]:
    """The fields in which two entries of one kind differ, in the order of their forms."""
    kept, given = documents.read(survivor), documents.read(other)
    found = []
    for name in documents.differing(kept, given):
        if name in NOT_CHOSEN or name in ALWAYS_BOTH:
            continue
        both = _is_list(type(survivor), name)
        proposed = Take.KEPT if kept[name] not in (None, "", []) else Take.OTHER
        if both and kept[name] and given[name]:
            proposed = Take.BOTH
        if name in GOES_BY and kept[GOES_BY[name]] not in (None, "", given[GOES_BY[name]]):
            proposed = Take.KEPT  # the rule that it belongs to is kept
        found.append(Choice(name, kept[name], given[name], both, proposed))
    return found


def _is_list(model: type[Entry], name: str) -> bool:
    if name in documents.part_relations(model):
        return name != "dollar_limits"
    return bool(model._meta.get_field(name).many_to_many)


def follows(other: Entry) -> Follows:
    """What leads to an entry that is to be merged into another."""
    if isinstance(other, Organisation):
        resources = list(other.resources.order_by("name", "pk"))
        predecessors = list(Organisation.objects.filter(successor=other).order_by("name", "pk"))
        return Follows(resources, [], predecessors, list(other.absorbed.all()))
    funds = list(Resource.objects.filter(part_of=other.pk).order_by("name", "pk"))
    return Follows([], funds, [], list(other.absorbed.all()))  # type: ignore[attr-defined]


def merge(
    survivor: Entry,
    other: Entry,
    takes: Mapping[str, str],
    *,
    versions: tuple[int, int],
    by: Curator,
) -> Batch:
    """Merge `other` into `survivor`, and return the batch that undoes it.

    `takes`: field -> `Take`, where it is not as `choices` proposes; `versions` are those of the two
    when somebody looked. Raises `CannotEdit` where they are no two public entries of one kind, were
    saved since, or cannot be so.
    """
    _refuse_what_makes_no_sense(survivor, other)
    changes = _survivors(survivor, other, takes)
    went = follows(other)
    slug = survivor.slug
    edited = [
        Edit(other, {"merged_into": slug, **_cut_loose(other)}, versions[1]),
        Edit(survivor, changes, versions[0]),
        *(Edit(each, {"organisation": slug}) for each in went.resources),
        *(Edit(each, {"part_of": slug}) for each in went.funds if each.pk != survivor.pk),
        *(Edit(each, {"successor": slug}) for each in went.predecessors if each.pk != survivor.pk),
        *(Edit(each, {"merged_into": slug}) for each in went.absorbed),
    ]
    about = _("“%(other)s” merged into “%(kept)s”") % {"other": other, "kept": survivor}
    return edits.apply(
        edited,
        by=by,
        kind=Batch.Kind.MERGE,
        about=about,
        withdrawn=[other],
    )


def _refuse_what_makes_no_sense(survivor: Entry, other: Entry) -> None:
    problem = ""
    if type(survivor) is not type(other) or survivor.pk == other.pk:
        problem = _("Choose two different entries of one kind.")
    elif not (survivor.is_published and other.is_published):
        problem = _("Both have to be public. A draft can simply be deleted.")
    elif isinstance(survivor, Resource) and survivor.part_of_id == other.pk:
        problem = _("“%s” is a part of the other. Change that first.") % survivor
    if problem:
        raise CannotEdit([Obstacle(None, [problem])])


def _cut_loose(other: Entry) -> Document:
    """What an entry lets go of when it is merged away: nothing may lead from it in a circle."""
    return {"successor": None} if isinstance(other, Organisation) else {}


def _survivors(survivor: Entry, other: Entry, takes: Mapping[str, str]) -> Document:
    """What the survivor says from then on, as far as it is something else."""
    kept, given = documents.read(survivor), documents.read(other)
    changes: Document = {}
    for choice in choices(survivor, other):
        take = takes.get(choice.field, choice.proposed)
        if take == Take.OTHER:
            changes[choice.field] = choice.other
        elif take == Take.BOTH and choice.may_have_both:
            changes[choice.field] = _both(choice.field, choice.kept, choice.other)
    for name in ALWAYS_BOTH & kept.keys():
        changes[name] = _both(name, kept[name], given[name])
    if isinstance(survivor, Organisation):
        changes["names"] = _with_name(changes["names"], other, survivor)
        if survivor.successor_id == other.pk:
            changes["successor"] = None
            changes["status"] = Organisation.Status.ACTIVE
    elif (given["fund_status_seen_on"] or "") > (kept["fund_status_seen_on"] or ""):
        changes.update({name: given[name] for name in STATUS})
    return {name: value for name, value in changes.items() if value != kept.get(name)}


def _both(name: str, kept: Sequence[Any], given: Iterable[Any]) -> list[Any]:
    """The one's rows or words, then those of the other that say something else."""
    columns = ROW_IS.get(name)
    if columns is None:
        return sorted({*kept, *given})

    def key(row: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(row.get(column) for column in columns)

    there = {key(row) for row in kept}
    return [*kept, *(row for row in given if key(row) not in there)]


def _with_name(names: list[Any], other: Entry, survivor: Entry) -> list[Any]:
    """The other's name among the survivor's other names, so that it is still found by it."""
    name = str(other)
    if name == str(survivor) or any(row["name"] == name for row in names):
        return names
    row = {"position": len(names), "name": name, "sort": OrganisationName.Sort.ALSO.value}
    return [*names, row]
