"""The one writer of what is public.

Whoever has changed an entry or a term (a curator's form, a loader, a restore) hands it to
`publish`, in the same transaction. It raises the edition, gives each changed thing its next
version and appends a `Publication` row with the whole document. Nothing else makes anything public
or takes it away. Drafts go through `keep_draft`: versions and history, but no edition.

Whatever keeps copies (text index, search sets, feeds) listens to `published`, which is sent inside
the transaction, or reads the rows after the edition that it knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count, groupby
from typing import Any, TypeAlias
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _

from resources import documents
from resources.batches import batched
from resources.cycles import UPWARDS, loops_through, way_around
from resources.models import (
    Batch,
    Curator,
    Edition,
    Entry,
    FormerSlug,
    Organisation,
    Publication,
    PublicationState,
    Recorded,
    Resource,
)

By: TypeAlias = Curator | str
Change = Publication.Change

# Arguments: `publications`, the new rows (drafts included), all of one edition.
published = Signal()

# A restore brings back what an entry said, not what was last seen of it or where it stands.
KEPT_BY_RESTORE = frozenset(
    {
        *("slug", "checked_on", "checked_by", "links_checked_on"),
        *("fund_status", "fund_status_seen_on", "fund_status_precision"),
    }
)

BATCH = 500


class CannotPublish(Exception):
    """Publishing was refused; `problems` are sentences for the curator, one per obstacle."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = list(problems)


class ChangedMeanwhile(Exception):
    """Somebody saved the entry after it was opened; `newest` is what they saved."""

    def __init__(self, newest: Publication | None) -> None:
        super().__init__("changed meanwhile")
        self.newest = newest


@transaction.atomic
def publish(
    *,
    by: By,
    entries: Iterable[Recorded],
    change: Change | None = None,
    note: str = "",
    batch: Batch | None = None,
) -> list[Publication]:
    """Make the entries public as they now stand in the database.

    `by` is the curator, or the name of the machine that does it. All changes of one call share one
    edition; what has not changed since its last version gets no row. Returns the new rows. Raises
    `CannotPublish`, and changes nothing, when an entry has no source or would point at something
    that is not public.
    """
    return _record(
        by=by,
        entries=entries,
        state=PublicationState.PUBLISHED,
        change=change,
        note=note,
        batch=batch,
    )


@transaction.atomic
def withdraw(
    *, by: By, entries: Iterable[Entry], reason: str = "", batch: Batch | None = None
) -> list[Publication]:
    """Take entries out of public sight; their history stays. Returns the new rows.

    Raises `CannotPublish` when something public still points at one of them.
    """
    return _record(
        by=by,
        entries=entries,
        state=PublicationState.WITHDRAWN,
        change=Change.WITHDRAWN,
        note=reason,
        batch=batch,
    )


@transaction.atomic
def keep_draft(*, by: By, entries: Iterable[Entry], note: str = "") -> list[Publication]:
    """Record the saved state of drafts, for their history and against overwriting.

    Raises `ValueError` for an entry that has been public, which never becomes a draft again.
    """
    drafts = list(entries)
    if seen := [entry for entry in drafts if entry.publication_state != PublicationState.DRAFT]:
        raise ValueError(f"Not drafts: {', '.join(map(str, seen))}.")
    return _record(by=by, entries=drafts, state=PublicationState.DRAFT, change=None, note=note)


@transaction.atomic
def record(
    *, by: By, entries: Iterable[Recorded], note: str = "", batch: Batch | None = None
) -> list[Publication]:
    """Record what was saved whatever its state is: a draft as a draft, a public one in public.

    `batch`: what they are changed as one with.
    """
    rows: list[Publication] = []
    for state, group in groupby(sorted(entries, key=state_of), key=state_of):
        rows += _record(
            by=by,
            entries=group,
            state=state,
            change=None,
            note=note,
            batch=batch,
        )
    return rows


@transaction.atomic
def raise_edition() -> None:
    """Let what is made from the data be made anew, after a change that is no entry's or term's."""
    Edition.objects.get_or_create(pk=1)
    Edition.objects.filter(pk=1).update(number=F("number") + 1)


@transaction.atomic
def restore(*, by: By, publication: Publication, note: str = "") -> list[Publication]:
    """Bring an entry back to what an earlier version said, as a new version in its present state.

    Raises `ValidationError` when that can no longer be, as when it refers to something deleted.
    """
    entry = _locked(_model_of(publication.kind), publication.public_id)
    documents.write(entry, publication.document, leave=KEPT_BY_RESTORE | {"merged_into"})
    return _record(by=by, entries=[entry], state=state_of(entry), change=Change.RESTORED, note=note)


def state_of(thing: Recorded) -> PublicationState:
    """Where something stands; a term of a vocabulary is always public."""
    return PublicationState(getattr(thing, "publication_state", PublicationState.PUBLISHED))


def name_of(by: By) -> str:
    """How the record names somebody, or a machine."""
    return (by.get_full_name() or by.get_username()) if isinstance(by, Curator) else by


def was_never_public(entry: Entry) -> bool:
    """Whether the public has never seen the entry, so that nobody can miss it."""
    return not Publication.objects.of(entry).filter(edition__isnull=False).exists()


@transaction.atomic
def discard(*, entries: Iterable[Entry]) -> None:
    """Delete drafts that have never been public, with their history, as if they had not been.

    Raises `CannotPublish` for anything that has been public: that is withdrawn, not deleted.
    """
    given = list(entries)
    seen = [entry for entry in given if not was_never_public(entry)]
    if seen:
        raise CannotPublish(
            [_("“%s” has been public. Withdraw it instead.") % entry for entry in seen]
        )
    for entry in given:
        Publication.objects.of(entry).delete()
        FormerSlug.objects.filter(kind=entry.KIND, public_id=entry.public_id).delete()
        entry.delete()


@dataclass(frozen=True, slots=True)
class Debut:
    """The first versions of entries, for whoever writes bare rows of very many.

    What `publish` or `keep_draft` would read back and write for an entry that is new, as the
    columns of the entry and of its row of the record, without a query. Get one from `debuts`, or
    from `debut_of_drafts`.
    """

    by_name: str
    edition: int | None  # None: drafts
    at: datetime

    @property
    def _state(self) -> str:
        is_draft = self.edition is None
        return (PublicationState.DRAFT if is_draft else PublicationState.PUBLISHED).value

    def columns(self) -> dict[str, Any]:
        """What publishing alone writes on the entry itself."""
        return {"version": 1, "changed_at": self.at, "publication_state": self._state}

    def publication(
        self,
        kind: str,
        public_id: UUID,
        *,
        slug: str,
        sources: Sequence[Any],
        fields: Sequence[str],
        document: Any,
    ) -> dict[str, Any]:
        """The columns of the `Publication` that records the entry.

        `document` is the whole one, as `documents.read` will have it, in whatever form the caller
        writes it; `fields` are those that differ from nothing. Raises `CannotPublish` where there
        is no source, unless it is a draft.
        """
        if not sources and self.edition is not None:
            raise CannotPublish([_no_source(slug)])
        return {
            "edition": self.edition,
            "kind": kind,
            "public_id": public_id,
            "version": 1,
            "slug": slug,
            "change": (Change.CREATED if self.edition is None else Change.PUBLISHED).value,
            "state": self._state,
            "at": self.at,
            "by": None,
            "by_name": self.by_name,
            "fields": fields,
            "note": "",
            "document": document,
            "batch": None,
        }


@contextmanager
def debuts(*, by_name: str) -> Iterator[Iterator[Debut]]:
    """A transaction in which a machine of this name adds entries by their rows: edition by edition.

    Gives one `Debut` after the other; nobody sees an edition of them before the end. Their text
    index is the caller's to write, and `published` is not sent: instances there are none.
    """
    with transaction.atomic():
        edition, _created = Edition.objects.select_for_update().get_or_create(pk=1)
        moment, given = timezone.now(), count()
        yield (Debut(by_name, edition.number + 1 + one, moment) for one in given)
        Edition.objects.filter(pk=1).update(number=F("number") + next(given))


def debut_of_drafts(*, by_name: str) -> Debut:
    """For drafts that a machine of this name adds by their rows. Call it with the `lock`.

    `published` is not sent: of drafts nobody keeps a copy.
    """
    return Debut(by_name, None, timezone.now())


def lock() -> None:
    """Let nobody else publish until this transaction ends. Call it first."""
    Edition.objects.select_for_update().get_or_create(pk=1)


def expect_version(entry: Recorded, version: int) -> None:
    """Lock the entry and make sure that it is still at the version that a form was opened with.

    Raises `ChangedMeanwhile`. Call it first in the transaction that saves the form.
    """
    lock()
    found = _locked(type(entry), entry.public_id)
    if found.version != version:
        raise ChangedMeanwhile(Publication.objects.of(found).first())


def _locked(model: type[Recorded], public_id: Any) -> Any:
    return model._default_manager.select_for_update().get(public_id=public_id)


def _model_of(kind: str) -> type[Recorded]:
    return next(model for model in recorded_models() if kind == model.KIND)


def recorded_models() -> Iterator[type[Recorded]]:
    """Every model whose changes are recorded: entries and terms."""
    return (
        model
        for model in apps.get_app_config("resources").get_models()
        if issubclass(model, Recorded)
    )


def _record(
    *,
    by: By,
    entries: Iterable[Recorded],
    state: PublicationState,
    change: Change | None,
    note: str,
    batch: Batch | None = None,
) -> list[Publication]:
    """Append a row for each entry that differs from its newest version, or from its state."""
    edition, _created = Edition.objects.select_for_update().get_or_create(pk=1)
    number = None if state == PublicationState.DRAFT else edition.number + 1
    maker = _Maker(by=by, state=state, change=change, note=note, edition=number, batch=batch)
    given = sorted(entries, key=_kind_of)
    rows: list[Publication] = []
    for model, group in groupby(given, key=type):
        for some in batched(group, BATCH):
            rows += maker.rows(model, some)
    _refuse_what_cannot_be(rows, state)
    _tell(given, rows)
    if rows:
        if number is not None:
            Edition.objects.filter(pk=1).update(number=number)
        published.send(sender=Publication, publications=rows)
    return rows


def _kind_of(thing: Recorded) -> str:
    return thing.KIND


def _tell(given: Sequence[Recorded], rows: Sequence[Publication]) -> None:
    """Let the instances that were handed in know what has become of them."""
    by_id = {row.public_id: row for row in rows}
    for entry in given:
        row = by_id.get(entry.public_id)
        if row is not None:
            entry.version, entry.changed_at = row.version, row.at
            if isinstance(entry, Entry):
                entry.publication_state = row.state


class _Maker:
    """Makes the rows of one call: the same person, moment, state and edition for all of them."""

    def __init__(
        self,
        *,
        by: By,
        state: PublicationState,
        change: Change | None,
        note: str,
        edition: int | None,
        batch: Batch | None,
    ) -> None:
        self.state, self.change, self.note, self.edition = state, change, note, edition
        self.batch = batch
        self.by = by if isinstance(by, Curator) else None
        self.by_name = name_of(by)
        self.at = timezone.now()

    def rows(self, model: type[Recorded], some: Sequence[Recorded]) -> list[Publication]:
        """Record some entries of one model."""
        fresh = model._default_manager.in_bulk([entry.pk for entry in some])
        said = documents.read_many(model, fresh)
        newest = _newest(model, list(fresh.values()))
        rows: list[Publication] = []
        changed: dict[int, list[int]] = {}  # new version -> primary keys
        for pk in dict.fromkeys(entry.pk for entry in some):
            row = self._row(fresh[pk], said[pk], newest.get(fresh[pk].public_id))
            if row is not None:
                rows.append(row)
                changed.setdefault(row.version, []).append(pk)
        for version, pks in changed.items():
            self._mark(model._default_manager.filter(pk__in=pks), version)
        Publication.objects.bulk_create(rows)
        return rows

    def _mark(self, entries: QuerySet[Any], version: int) -> None:
        state = {"publication_state": self.state} if issubclass(entries.model, Entry) else {}
        entries.update(version=version, changed_at=self.at, **state)

    def _row(
        self, entry: Recorded, document: documents.Document, newest: Publication | None
    ) -> Publication | None:
        fields = documents.differing(newest.document if newest else {}, document)
        if newest is not None and not fields and newest.state == self.state:
            return None
        if newest is not None and newest.slug != entry.slug:
            _keep_slug(entry, newest.slug)
        return Publication(
            edition=self.edition,
            kind=entry.KIND,
            public_id=entry.public_id,
            version=entry.version + 1,
            slug=entry.slug,
            change=self.change or _change(newest, self.state),
            state=self.state,
            at=self.at,
            by=self.by,
            by_name=self.by_name,
            fields=fields,
            note=self.note,
            document=document,
            batch=self.batch,
        )


def _change(newest: Publication | None, state: PublicationState) -> Change:
    if state == PublicationState.PUBLISHED and (newest is None or newest.state != state):
        return Change.PUBLISHED
    return Change.CREATED if newest is None else Change.CHANGED


def _newest(model: type[Recorded], entries: Sequence[Recorded]) -> dict[Any, Publication]:
    same_version = model._default_manager.filter(
        public_id=OuterRef("public_id"), version=OuterRef("version")
    )
    rows = Publication.objects.filter(
        Exists(same_version), public_id__in=[entry.public_id for entry in entries]
    )
    return {row.public_id: row for row in rows}


def _keep_slug(entry: Recorded, old: str) -> None:
    """Let the old address lead on to the renamed entry."""
    FormerSlug.objects.filter(kind=entry.KIND, slug=entry.slug, public_id=entry.public_id).delete()
    FormerSlug.objects.update_or_create(
        kind=entry.KIND, slug=old, defaults={"public_id": entry.public_id}
    )


def _refuse_what_cannot_be(rows: Sequence[Publication], state: PublicationState) -> None:
    """Raise `CannotPublish` where there would be a fact without source, a dead end or a circle."""
    problems: list[str] = []
    for kind, group in groupby(rows, key=lambda row: row.kind):
        model, alike = _model_of(kind), list(group)
        if issubclass(model, Entry):
            ids = [row.public_id for row in alike]
            problems += _obstacles(model._default_manager.filter(public_id__in=ids), state)
        problems += _circles(model, alike)
    if problems:
        raise CannotPublish(problems)


def _circles(model: type[Recorded], rows: Iterable[Publication]) -> list[str]:
    """Sentences on what would now stand below itself, or go on as itself.

    Whoever records holds the lock on the edition: of two halves of a circle, one comes second.
    """
    upwards = UPWARDS.get(model, ())
    moved = [row.public_id for row in rows if not set(upwards).isdisjoint(row.fields)]
    pks = model._default_manager.filter(public_id__in=moved).values_list("pk", flat=True)
    return [
        _("This would go round in a circle: %s.") % way_around(loop)
        for loop in (loops_through(model, pks) if moved else [])
    ]


def _obstacles(entries: Any, state: PublicationState) -> list[str]:
    if state == PublicationState.PUBLISHED:
        return [
            *_without_source(entries),
            *_merged_away(entries),
            *(_under_hidden(entries) if entries.model is Resource else []),
        ]
    return _still_pointing_at(entries) if state == PublicationState.WITHDRAWN else []


def _without_source(entries: Any) -> list[str]:
    return [_no_source(entry) for entry in entries.filter(sources=None)]


def _merged_away(entries: Any) -> list[str]:
    return [
        _("“%(entry)s” was merged into “%(other)s”. Undo that first.")
        % {"entry": entry, "other": entry.merged_into}
        for entry in entries.exclude(merged_into=None).select_related("merged_into")
    ]


def _no_source(entry: Any) -> str:
    return str(_("“%s” has no source yet. Add the page that its facts come from.") % entry)


def _under_hidden(resources: Any) -> list[str]:
    public = PublicationState.PUBLISHED
    hidden = resources.exclude(organisation__publication_state=public).select_related(
        "organisation"
    )
    problems = [
        _("“%(entry)s”: publish its organization, “%(organisation)s”, first.")
        % {"entry": entry, "organisation": entry.organisation}
        for entry in hidden
    ]
    funds = resources.filter(part_of__isnull=False).exclude(part_of__publication_state=public)
    return problems + [
        _("“%s”: publish the program that it is a fund of first.") % fund for fund in funds
    ]


def _still_pointing_at(entries: Any) -> list[str]:
    key = "organisation" if entries.model is Organisation else "part_of"
    pointing = Resource.objects.published().filter(**{f"{key}__in": entries})
    return [
        _("“%s” still belongs to it. Withdraw or move that first.") % entry for entry in pointing
    ]
