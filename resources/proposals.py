"""Changes of public entries that wait: an editor proposes, a publisher decides.

What is public stays as it is meanwhile. A proposal keeps the fields that it changes and what they
said; so two proposals, and what others publish in between, get in each other's way only where they
touch the same field.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from resources import documents, publishing
from resources.coherence import problems_of
from resources.documents import Document
from resources.models import Curator, Entry, Proposal, Publication
from resources.publishing import CannotPublish

State = Proposal.State


class CannotDecide(Exception):
    """It was refused; the message is a sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class ProposedField:
    """One field: what it said when the proposal was made, what it says now, what it would say."""

    field: str
    was: Any
    now: Any
    proposed: Any

    @property
    def is_disputed(self) -> bool:
        """Whether somebody else has changed it since, to something else."""
        return bool(self.now not in (self.was, self.proposed))

    @property
    def is_there(self) -> bool:
        """Whether it says so already."""
        return bool(self.now == self.proposed)


@transaction.atomic
def propose(
    entry: Entry, document: Document, *, by: Curator, note: str, version: int | None = None
) -> Proposal | None:
    """Keep what this document would change in a public entry, in place of their waiting proposal.

    `version` is the one that they changed: what others published since is disputed, and so is what
    was disputed of their proposal before. None where it would change nothing: then a proposal of
    theirs that waited is taken back.
    """
    publishing.lock()
    entry.refresh_from_db()
    base = Publication.objects.of(entry).filter(version=version or -1).first()
    now = base.document if base else documents.read(entry)
    names = documents.differing(now, document)
    earlier = Proposal.objects.about(entry).filter(
        by=by, state__in=[State.WAITING, State.SENT_BACK]
    )
    before = earlier.order_by("-at", "-pk").first()
    mine = Proposal.objects.waiting().about(entry).select_for_update().filter(by=by).first()
    if not names:
        if mine is not None:
            _decide(mine, State.TAKEN_BACK, by=by)
        return None
    proposal = mine or Proposal(by=by, **{entry.KIND: entry})
    proposal.base, proposal.at = entry.version, timezone.now()
    proposal.by_name = publishing.name_of(by)
    proposal.was = {name: _was(name, now, document, before) for name in names}
    proposal.changes = {name: document[name] for name in names}
    proposal.note = note
    proposal.save()
    return proposal


def _was(name: str, now: Document, document: Document, before: Proposal | None) -> Any:
    """What a field said when this value was first proposed for it."""
    if before is not None and before.changes.get(name) == document[name]:
        return before.was.get(name)
    return now.get(name)


def fields_of(proposal: Proposal) -> list[ProposedField]:
    """What it would change, field by field, beside what the entry says today."""
    now = documents.read(proposal.entry)
    return [
        ProposedField(name, proposal.was.get(name), now.get(name), value)
        for name, value in proposal.changes.items()
    ]


def lay_over(entry: Entry, proposal: Proposal) -> None:
    """Write what it would change into the rows of the entry, for a form that is opened again.

    Call it inside a transaction that is rolled back.
    """
    documents.write(entry, proposal.changes)


@transaction.atomic
def publish(
    proposal: Proposal,
    names: Iterable[str],
    *,
    by: Curator,
    version: int,
    seal: str,
    note: str = "",
) -> list[Publication]:
    """Make these fields of a proposal public; returns the publications.

    `version` is that of the entry, `seal` that of the proposal when the publisher looked: raises
    `ChangedMeanwhile` or `CannotDecide` where somebody saved either since. Raises `CannotDecide`
    for a proposal that is decided, an entry that is not public any more and a choice of nothing,
    `CannotPublish` for what cannot be public, `ValidationError` for what cannot be.
    """
    entry = proposal.entry
    publishing.expect_version(entry, version)
    _lock(proposal, seal)
    if not entry.is_published:
        raise CannotDecide(
            _("“%s” is not public any more. Send the proposal back and say why.") % entry
        )
    chosen = {name: proposal.changes[name] for name in names if name in proposal.changes}
    if not chosen:
        raise CannotDecide(_("Tick at least one change, or send the proposal back."))
    documents.write(entry, chosen)
    if problems := problems_of(entry):
        raise CannotPublish(problems)
    said = _("Proposed by %(who)s. %(note)s") % {"who": proposal.by_name, "note": proposal.note}
    told = publishing.publish(by=by, entries=[entry], note=said.strip()[: Proposal.LONGEST_NOTE])
    _decide(proposal, State.PUBLISHED, by=by, answer=note)
    return told


@transaction.atomic
def send_back(proposal: Proposal, *, by: Curator, answer: str, seal: str) -> None:
    """Give it back to whoever made it, with a reason. Raises `CannotDecide` without one."""
    _lock(proposal, seal)
    if not answer.strip():
        raise CannotDecide(_("Write why, so that they know what to change."))
    _decide(proposal, State.SENT_BACK, by=by, answer=answer)


@transaction.atomic
def take_back(proposal: Proposal, *, by: Curator) -> None:
    """Take back a proposal of one's own. Raises `CannotDecide` for one that is decided."""
    _lock(proposal)
    _decide(proposal, State.TAKEN_BACK, by=by)


def _lock(proposal: Proposal, seal: str | None = None) -> None:
    """Lock and read it anew; make sure that it still waits, and says what somebody looked at."""
    list(Proposal.objects.select_for_update().filter(pk=proposal.pk))
    proposal.refresh_from_db()
    if not proposal.is_waiting:
        raise CannotDecide(_("This was decided already: %s.") % proposal.get_state_display())
    if seal is not None and seal != proposal.seal:
        raise CannotDecide(_("It was changed meanwhile. Look at it again, then decide."))


def _decide(proposal: Proposal, state: str, *, by: Curator, answer: str = "") -> None:
    proposal.state, proposal.answer = state, answer
    proposal.decided_by, proposal.decided_at = by, timezone.now()
    proposal.save(update_fields=["state", "answer", "decided_by", "decided_at"])
