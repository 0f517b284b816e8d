"""Many entries changed as one: all of it or nothing, recorded together, undone together.

Bulk changes, imports and mergers are edits; what follows from a change may reach the words of the
vocabularies as well. Each is one `Batch`; History has it thing by thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from resources import audit, documents, publishing
from resources.batches import batched
from resources.coherence import problems_of
from resources.documents import Document
from resources.models import (
    Batch,
    Curator,
    Entry,
    FormerSlug,
    Organisation,
    Publication,
    PublicationState,
    Recorded,
    Resource,
)
from resources.publishing import KEPT_BY_RESTORE, CannotPublish

A_BATCH = 500
STATUS = {"fund_status", "fund_status_seen_on", "fund_status_precision"}
REFERENCES = ("merged_into", "organisation", "part_of", "successor")
MODELS: tuple[type[Entry], ...] = (Organisation, Resource)

State = PublicationState


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to be changed in one entry, or term: fields and parts as documents have them.

    `version` is that of the entry when somebody looked at what would change; None where nobody did.
    An entry that is not saved yet becomes a draft.
    """

    entry: Recorded
    changes: Document
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why one entry cannot be changed so; None: why not all of them together."""

    entry: Recorded | None
    problems: Sequence[str]


class CannotEdit(Exception):
    """It was refused, and nothing was changed; `obstacles` say why."""

    def __init__(self, obstacles: Sequence[Obstacle]) -> None:
        super().__init__(*(problem for each in obstacles for problem in each.problems))
        self.obstacles = obstacles


@dataclass(frozen=True, slots=True)
class Undone:
    """What came of undoing a batch: the batch that undid it, what others changed since, and how
    many drafts that it had made are gone."""

    batch: Batch
    left: list[Recorded] = field(default_factory=list)
    discarded: int = 0


@transaction.atomic
def apply(
    edits: Iterable[Edit],
    *,
    by: Curator,
    kind: str,
    about: str,
    withdrawn: Iterable[Entry] = (),
) -> Batch:
    """Change these entries, and record each in the state that it has; returns the batch.

    Those of `withdrawn` are withdrawn with it, whether or not they are changed. Raises `CannotEdit`
    with every obstacle, and changes nothing, where one of them cannot be changed so, or was saved
    by somebody else since it was looked at.
    """
    publishing.lock()
    batch = _begun(kind, about, by)
    entries, obstacles = [], []
    for edit in edits:
        problems = _written(edit)
        if problems:
            obstacles.append(Obstacle(edit.entry, problems))
        elif isinstance(edit.entry, Resource) and "sources" in edit.changes:
            edit.entry.take_year_from_sources()
        entries.append(edit.entry)
    if obstacles:
        raise CannotEdit(obstacles)
    gone = {entry.public_id: entry for entry in withdrawn}
    stay = [entry for entry in entries if entry.public_id not in gone]
    try:
        rows = publishing.record(by=by, entries=stay, note=batch.about, batch=batch)
        rows += publishing.withdraw(by=by, entries=gone.values(), reason=batch.about, batch=batch)
    except CannotPublish as refusal:
        raise CannotEdit([Obstacle(None, refusal.problems)]) from refusal
    batch.entries = len({row.public_id for row in rows})
    batch.save()
    _log(batch, by)
    return batch


def _begun(kind: str, about: str, by: Curator, undoes: Batch | None = None) -> Batch:
    return Batch.objects.create(
        kind=kind,
        about=about[: Batch.LONGEST_ABOUT],
        by=by,
        by_name=publishing.name_of(by),
        undoes=undoes,
    )


def _log(batch: Batch, by: Curator) -> None:
    what = {Batch.Kind.IMPORT: audit.What.IMPORTED, Batch.Kind.MERGE: audit.What.MERGED}
    told = what.get(Batch.Kind(batch.kind), audit.What.BULK_CHANGED)
    audit.note(by, told, f"{batch.about}, entries: {batch.entries}")


def _written(edit: Edit) -> Sequence[str]:
    """Write one edit, and say what stands against it; what was written stays till all is judged."""
    entry = edit.entry
    is_gone = entry.pk is None and edit.version is not None
    if entry.pk is not None:
        is_gone = not _read_again(entry)
    if is_gone:
        return [_("It is not there any more.")]
    if edit.version is not None and entry.version != edit.version:
        return [_("Somebody saved it since you looked. Look again.")]
    try:
        with transaction.atomic():
            documents.write(entry, edit.changes)
    except ValidationError as error:
        return error.messages
    return problems_of(entry)


def _read_again(entry: Recorded) -> bool:
    """Whether it is still there; if so, as it is now."""
    try:
        entry.refresh_from_db()
    except type(entry).DoesNotExist:
        return False
    return True


@transaction.atomic
def undo(batch: Batch, *, by: Curator) -> Undone:
    """Let entries say again what they said before a batch.

    Each field goes back where nobody changed it since, and what was withdrawn is public again;
    entries of which somebody changed something are told.
    Raises `CannotEdit` where what was there cannot be any more, `ValidationError` where the batch
    was undone already.
    """
    publishing.lock()
    if Batch.objects.filter(undoes=batch).exists():
        raise ValidationError(_("It was undone already."))
    undoing = _begun(Batch.Kind.UNDO, _("Undone: %s") % batch.about, by, undoes=batch)
    changed, left, obstacles = [], [], []
    public_again: list[Recorded] = []
    gone_again: list[Entry] = []
    for entry, row, before in _with_what_was_before(batch):
        now = documents.read(entry)
        # A merger takes the newer status over: undone, it goes back as well.
        kept_as_is = KEPT_BY_RESTORE - (STATUS if batch.kind == Batch.Kind.MERGE else set())
        names = [name for name in row.fields if name not in kept_as_is]
        mine = [name for name in names if _says_still(entry, name, now, row.document)]
        if len(mine) < len(names):
            left.append(entry)
        back = {name: before.document[name] for name in mine if name in before.document}
        problems = _written(Edit(entry, back)) if back else []
        if problems:
            obstacles.append(Obstacle(entry, problems))
        was_withdrawn = (row.state, before.state) == (State.WITHDRAWN, State.PUBLISHED)
        was_published = (row.state, before.state) == (State.PUBLISHED, State.WITHDRAWN)
        state = publishing.state_of(entry)
        if was_withdrawn and state == State.WITHDRAWN:
            public_again.append(entry)
        elif was_published and state == State.PUBLISHED and isinstance(entry, Entry):
            gone_again.append(entry)
        else:
            changed.append(entry)
    if obstacles:
        raise CannotEdit(obstacles)
    try:
        rows = publishing.publish(by=by, entries=public_again, note=undoing.about, batch=undoing)
        rows += publishing.record(by=by, entries=changed, note=undoing.about, batch=undoing)
        rows += publishing.withdraw(by=by, entries=gone_again, reason=undoing.about, batch=undoing)
    except CannotPublish as refusal:
        raise CannotEdit([Obstacle(None, refusal.problems)]) from refusal
    undoing.entries = len(rows)
    undoing.save()
    _log(undoing, by)
    kept, discarded = _discard_made(batch)
    return Undone(undoing, left + kept, discarded)


def _says_still(entry: Recorded, name: str, now: Document, said: Document) -> bool:
    """Whether a field says what it was made to say; a reference may have a new address name."""
    if now.get(name) == said.get(name):
        return True
    target = getattr(entry, name, None) if name in REFERENCES else None
    former = FormerSlug.objects.filter(slug=said.get(name))
    return target is not None and former.filter(public_id=target.public_id).exists()


def _discard_made(batch: Batch) -> tuple[list[Recorded], int]:
    """Discard the drafts that a batch made and nobody touched since; the others, and how many."""
    kept: list[Recorded] = []
    discarded = 0
    made = list(batch.publications.filter(version=1).values_list("public_id", flat=True))
    for model in MODELS:
        for entry in model._default_manager.filter(public_id__in=made):
            try:
                with transaction.atomic():
                    if entry.version > 1:
                        raise CannotPublish([])
                    publishing.discard(entries=[entry])
                    discarded += 1
            except (CannotPublish, ProtectedError):
                kept.append(entry)
    return kept, discarded


def _with_what_was_before(
    batch: Batch,
) -> Iterable[tuple[Recorded, Publication, Publication]]:
    """Each thing that was there before a batch, its row of the batch, and the row before that."""
    for rows in batched(batch.publications.order_by("pk"), A_BATCH):
        ids = [row.public_id for row in rows]
        entries = changed_things(rows)
        versions = {row.version - 1 for row in rows}
        earlier = Publication.objects.filter(public_id__in=ids, version__in=versions)
        before = {(row.public_id, row.version): row for row in earlier}
        for row in rows:
            was = before.get((row.public_id, row.version - 1))
            if was is not None and row.public_id in entries:
                yield entries[row.public_id], row, was


def changed_things(rows: Iterable[Publication]) -> dict[UUID, Recorded]:
    """What these rows of the record are of, as far as it is still there, by public id."""
    of_kind: dict[str, list[UUID]] = {}
    for row in rows:
        of_kind.setdefault(row.kind, []).append(row.public_id)
    return {
        thing.public_id: thing
        for model in publishing.recorded_models()
        if model.KIND in of_kind
        for thing in model._default_manager.filter(public_id__in=of_kind[model.KIND])
    }
