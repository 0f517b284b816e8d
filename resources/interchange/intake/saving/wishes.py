"""Whose data is taken in, and how."""

from __future__ import annotations

from dataclasses import dataclass

from resources.interchange.intake.texts import room_in
from resources.models import Curator, Publication


@dataclass(frozen=True, slots=True)
class Wishes:
    """`source` names whose data it is, the same each time: their ids belong to that name.

    `by` is the curator in whose name changes of public entries are proposed; without one they are
    told, and nothing else. `publish`: new entries are public at once, and those that nobody here
    has touched follow the source. `preview`: tell what would happen, save nothing.
    """

    source: str
    by: Curator | None = None
    publish: bool = False
    preview: bool = False

    @property
    def machine(self) -> str:
        """How the record names what was saved by nobody."""
        return f"import from {self.source}"[: room_in(Publication, "by_name")]
