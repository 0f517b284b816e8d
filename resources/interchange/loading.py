"""Loading what files want into a directory in which curators work.

A loader says what it wants, one document a thing, and never asks twice: what is already so costs
nothing, what the loader itself wrote last is brought up to date, what anybody else has touched
since (changed, withdrawn, checked, deleted) is left alone and reported.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import transaction

from resources import documents, publishing
from resources.batches import batched
from resources.documents import Document
from resources.models import (
    STILL_LEADS_ELSEWHERE,
    Edition,
    Entry,
    Publication,
    PublicationState,
    Recorded,
    public_id_for,
)

from . import bulk
from .refusal import Problem, Refused

# What a machine may note about an entry without making it its own.
NOTED_BY_MACHINES = frozenset({"links_checked_on"})

BATCH = 500


@dataclass(frozen=True)
class Wanted:
    """One thing as a file wants it, and where in which file that stands."""

    model: type[Recorded]
    document: Document
    file: str
    # New ones begin so. What is public already stays public.
    state: PublicationState = PublicationState.PUBLISHED
    # Field of the document -> what the file calls it, where the two differ.
    called: Mapping[str, str] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        """The slug that it is first known under."""
        return str(self.document["slug"])

    @property
    def reference(self) -> str:
        """What other documents call it: its slug, or a state's code."""
        return str(self.document[bulk.reference_field(self.model)])

    @cached_property
    def public_id(self) -> UUID:
        """The public id that follows from the slug."""
        return public_id_for(self.model.KIND, self.slug)

    @property
    def label(self) -> str:
        return f"{self.model.KIND}/{self.slug}"

    def problem(self, name: str, cure: str) -> Problem:
        """The problem that a field of the document has, by the file's own name for it."""
        return Problem(self.file, self.slug, self.called.get(name, name), cure)


@dataclass(slots=True)
class Report:
    """What a load did: labels such as "resource/road-to-recovery" by what became of them."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    drafts: list[str] = field(default_factory=list)  # of the created: not public yet
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)  # somebody's work, which the file would change
    deleted: list[str] = field(default_factory=list)  # by somebody, and not brought back
    vanished: list[str] = field(default_factory=list)  # loaded once, no longer in the files
    notes: list[str] = field(default_factory=list)

    @property
    def wrote(self) -> bool:
        return bool(self.created or self.changed)


@transaction.atomic
def load(wanted: Sequence[Wanted], *, by: str) -> Report:
    """Make the directory say what the files want, as the machine `by`, in one edition.

    All or nothing: raises `Refused`, with every problem, before anything is saved. Things may refer
    to those of a model that stands earlier in `wanted`, and to their own kind.
    """
    Edition.objects.select_for_update().get_or_create(pk=1)  # two loads at once: one waits
    report, new, stale = Report(), [], []
    slugs, standing = _present_slugs(wanted), _standing(wanted, by=by)
    for one in _with_present_slugs(wanted, slugs):
        is_there, known = one.public_id in slugs, standing.get(one.public_id)
        if not is_there and known is None:
            new.append(one)
        elif not is_there:
            report.deleted.append(one.label)
        elif known is not None and known.already_says(one):
            report.unchanged += 1
        elif known is not None and not known.is_somebodys:
            stale.append(one)
        else:
            report.kept.append(one.label)
    _refuse_what_is_wrong(new, stale)
    _write(new, stale, report, by=by)
    report.vanished = _vanished(wanted, by=by)
    return report


def _by_model(wanted: Iterable[Wanted]) -> dict[type[Recorded], list[Wanted]]:
    """The wanted things of each model, the models in the order in which they were given."""
    groups: dict[type[Recorded], list[Wanted]] = {}
    for one in wanted:
        groups.setdefault(one.model, []).append(one)
    return groups


def _present_slugs(wanted: Sequence[Wanted]) -> dict[UUID, str]:
    """The slugs, by public id, of the things that are in the database already."""
    return dict(
        row
        for model, group in _by_model(wanted).items()
        for ids in batched((one.public_id for one in group), BATCH)
        for row in model._default_manager.filter(public_id__in=ids).values_list("public_id", "slug")
    )


@dataclass(frozen=True, slots=True)
class _Standing:
    """What the record knows of a thing: its newest version, and whether that is a person's."""

    document: Document
    state: str
    is_somebodys: bool

    def already_says(self, one: Wanted) -> bool:
        """Whether nothing has to be done. What the file does not speak of may be anything."""
        goes_public = (
            one.state == PublicationState.PUBLISHED and self.state == PublicationState.DRAFT
        )
        return not goes_public and agrees(self.document, one.document)


def agrees(found: Any, wanted: Any) -> bool:
    """Whether what is found says all that is wanted, and perhaps more."""
    match wanted:
        case dict():
            return all(
                name in found and agrees(found[name], value) for name, value in wanted.items()
            )
        case list() if isinstance(found, list):
            return len(found) == len(wanted) and all(map(agrees, found, wanted))
    return bool(found == wanted)


def _standing(wanted: Sequence[Wanted], *, by: str) -> dict[UUID, _Standing]:
    newest: dict[UUID, int] = {}
    somebodys: set[UUID] = set()
    for ids in batched((one.public_id for one in wanted), BATCH):
        rows = Publication.objects.filter(public_id__in=ids).order_by("version")
        for public_id, pk, by_name, fields in rows.values_list(
            "public_id", "pk", "by_name", "fields"
        ):
            newest[public_id] = pk
            if is_work(by_name, fields, machine=by):
                somebodys.add(public_id)
    return {
        row.public_id: _Standing(row.document, row.state, row.public_id in somebodys)
        for pks in batched(newest.values(), BATCH)
        for row in Publication.objects.filter(pk__in=pks)
    }


def is_work(by_name: str, fields: Collection[str], *, machine: str) -> bool:
    """Whether a version, of whom and with which changes, makes an entry more than `machine`'s."""
    is_noted = bool(fields) and NOTED_BY_MACHINES.issuperset(fields)
    return by_name != machine and not is_noted


def _vanished(wanted: Sequence[Wanted], *, by: str) -> list[str]:
    """What this machine once loaded and the files no longer hold. Taking away is for people."""
    ids = {one.public_id for one in wanted}
    kinds = {one.model.KIND for one in wanted}
    rows = Publication.objects.filter(by_name=by, by=None, version=1, kind__in=kinds)
    loaded = rows.values_list("public_id", "kind", "slug")
    return sorted(f"{kind}/{slug}" for public_id, kind, slug in loaded if public_id not in ids)


def _with_present_slugs(wanted: Sequence[Wanted], slugs: Mapping[UUID, str]) -> Sequence[Wanted]:
    """The same, referring to renamed things by the slugs that they have now."""
    renamed = {
        (one.model, one.slug): slugs[one.public_id]
        for one in wanted
        if slugs.get(one.public_id, one.slug) != one.slug
    }
    if not renamed:
        return wanted
    return [replace(one, document=_renaming(one, renamed)) for one in wanted]


def _renaming(one: Wanted, renamed: Mapping[tuple[Any, str], str]) -> Document:
    document = dict(one.document)
    for column in [*documents.plain_fields(one.model), *one.model._meta.many_to_many]:
        value, target = document.get(column.name), column.related_model
        if isinstance(value, str) and target is not None:
            document[column.name] = renamed.get((target, value), value)
        elif isinstance(value, list) and target is not None:
            document[column.name] = sorted(renamed.get((target, item), item) for item in value)
    return document


def _refuse_what_is_wrong(new: Sequence[Wanted], stale: Sequence[Wanted]) -> None:
    """Raise `Refused` with everything that would not be saved, or should not be."""
    references = bulk.References()
    coming = {(one.model, one.reference) for one in new}
    problems = [
        one.problem(
            "slug", "Another entry has this address name now. Choose another for the new one."
        )
        for one in new
        if references.knows(one.model, one.reference)
    ]
    for model, group in _by_model(new).items():
        led = bulk.leading_elsewhere(model, (one.slug for one in group))
        problems += [
            one.problem("slug", str(STILL_LEADS_ELSEWHERE)) for one in group if one.slug in led
        ]
    for one in [*new, *stale]:
        complaints = bulk.prepare(one.model, one.document).complaints()
        problems += [
            one.problem(name, cure) for name, cures in complaints.items() for cure in cures
        ]
        problems += [
            one.problem(name, f"There is no {target.KIND} “{slug}” any more. Name another.")
            for name, target, slug in _references(one)
            if (target, slug) not in coming and not references.knows(target, slug)
        ]
    if problems:
        raise Refused(problems)


def _references(one: Wanted) -> Iterator[tuple[str, Any, str]]:
    """What the document refers to: field, model, slug."""
    for column in [*documents.plain_fields(one.model), *one.model._meta.many_to_many]:
        value = one.document.get(column.name)
        if column.related_model is not None and value is not None:
            for slug in value if isinstance(value, list) else [value]:
                yield column.name, column.related_model, slug


def _write(new: Sequence[Wanted], stale: Sequence[Wanted], report: Report, *, by: str) -> None:
    """Save, and publish in one edition; what begins as a draft is kept as one."""
    references = bulk.References()
    written: list[tuple[Wanted, Recorded]] = []
    for model, group in _by_model(new).items():
        prepared = [bulk.prepare(model, one.document) for one in group]
        written += zip(group, bulk.create(model, prepared, references), strict=True)
    report.created = [one.label for one, _entry in written]
    for model, group in _by_model(stale).items():
        entries = _fetched(model, group)
        for one in group:
            documents.write(entries[one.public_id], one.document, leave={"slug"})
            written.append((one, entries[one.public_id]))
    report.changed = [one.label for one in stale]
    drafts = [
        entry
        for one, entry in written
        if one.state == PublicationState.DRAFT
        and isinstance(entry, Entry)
        and not entry.is_published
    ]
    publishing.publish(by=by, entries=[entry for _one, entry in written if entry not in drafts])
    publishing.keep_draft(by=by, entries=drafts)
    report.drafts = [f"{entry.KIND}/{entry.slug}" for entry in drafts]


def _fetched(model: type[Recorded], group: Sequence[Wanted]) -> dict[UUID, Recorded]:
    ids = [one.public_id for one in group]
    return {entry.public_id: entry for entry in model._default_manager.filter(public_id__in=ids)}
