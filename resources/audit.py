"""The audit log: `note` is its one writer. See `resources.models.audit` for what is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from resources.models import AuditEvent, Publication, PublicationState
from resources.publishing import By, name_of, published

What = AuditEvent.What

LONGEST = 500
NAMED = 5  # entries that a line names; it counts the others


def note(by: By | None, what: AuditEvent.What, about: str = "") -> AuditEvent:
    """Add a line: who did what, and to what, in a few words.

    `by` is the curator, the name of a machine, or None where nobody is known.
    """
    row = AuditEvent(what=what, about=about[:LONGEST])
    if by is not None:
        row.by = None if isinstance(by, str) else by
        row.by_name = name_of(by)
    row.save()
    return row


def note_publication(publications: Sequence[Publication], **kwargs: Any) -> None:
    """A line for each call that changed what the public sees. Listens to `published`."""
    first = publications[0]
    is_withdrawal = first.change == Publication.Change.WITHDRAWN
    if not is_withdrawal and first.state != PublicationState.PUBLISHED:
        return
    row = AuditEvent(
        what=What.WITHDRAWN if is_withdrawal else What.PUBLISHED,
        by_id=first.by_id,
        by_name=first.by_name,
        about=_told(publications)[:LONGEST],
    )
    row.save()


def _told(publications: Sequence[Publication]) -> str:
    named = ", ".join(f"{row.kind}/{row.slug}" for row in publications[:NAMED])
    rest = len(publications) - NAMED
    more = f" and {rest} more" if rest > 0 else ""
    return f"edition {publications[0].edition}, entries: {len(publications)} ({named}{more})"


published.connect(note_publication, dispatch_uid="audit")
