"""What the source says otherwise than it did when it was taken last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from resources import documents, proposals, publishing
from resources.documents import Document
from resources.interchange.intake.saving.known import Standing
from resources.interchange.intake.saving.wishes import Wishes
from resources.interchange.intake.taken import Taken
from resources.interchange.loading import agrees, is_work
from resources.models import Origin, Proposal, Publication

# What a record is here, which the source has no say in once it is taken.
OURS = frozenset({"slug"})


@dataclass(frozen=True, slots=True)
class Changed:
    """A record whose entry is there. `base`: what the entry said when it was taken last."""

    taken: Taken
    standing: Standing
    public_id: UUID
    document: Document  # refers to what is here
    origin: Origin | None

    def differing(self, base: Document, now: Document) -> Document:
        """The fields that the source says otherwise than `base` does, and our entry still does."""
        return {
            name: value
            for name, value in self.document.items()
            if name not in OURS
            and not (name in base and agrees(base[name], value))
            and not agrees(now[name], value)
        }


def bases(changed: Sequence[Changed]) -> Mapping[UUID, Document]:
    """What each entry said when it was taken last; of those never taken, what it says now."""
    versions = {
        one.public_id: one.origin.version if one.origin else one.standing.version for one in changed
    }
    rows = Publication.objects.filter(public_id__in=versions).values_list(
        "public_id", "version", "document"
    )
    return {own: document for own, version, document in rows if versions[own] == version}


def said_now(changed: Sequence[Changed]) -> Mapping[int, Document]:
    """What the entries, all of one model, say today: by primary key."""
    return documents.read_many(changed[0].taken.model, [one.standing.pk for one in changed])


def touched(changed: Sequence[Changed], machine: str) -> set[UUID]:
    """Those of the entries that anybody but this import has ever changed."""
    rows = Publication.objects.filter(public_id__in=[one.public_id for one in changed])
    return {
        public_id
        for public_id, by_name, fields in rows.values_list("public_id", "by_name", "fields")
        if is_work(by_name, fields, machine=machine)
    }


def write(one: Changed, said: Document, wishes: Wishes) -> int:
    """Write these fields into an entry that is nobody's work; return its new version.

    Raises `ValidationError` for what cannot be.
    """
    entry: Any = one.taken.model._default_manager.get(pk=one.standing.pk)
    documents.write(entry, said, leave=OURS)
    publishing.record(by=wishes.machine, entries=[entry])
    return int(entry.version)


def propose(one: Changed, said: Document, base: Document, wishes: Wishes) -> str:
    """Propose these fields in the curator's name; say why not where that cannot be, else nothing.

    What a curator has changed here meanwhile is disputed in the proposal, and not ticked.
    """
    if wishes.by is None:
        return "it would be proposed: say in whose name, with --as"
    entry: Any = one.taken.model._default_manager.get(pk=one.standing.pk)
    note = f"From {wishes.source}: {one.taken.place}"[: Proposal.LONGEST_NOTE]
    waiting = Proposal.objects.waiting().about(entry).filter(by=wishes.by).first()
    if waiting is not None and not waiting.note.startswith(f"From {wishes.source}:"):
        return f"{wishes.by} has a proposal of their own waiting for it"
    version = one.origin.version if one.origin else None
    try:
        proposals.propose(entry, {**base, **said}, by=wishes.by, note=note, version=version)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""
