"""Saving what was taken in: new as drafts, changes as proposals, never over somebody's work.

wishes    whose data, in whose name, drafts or published
known     what the directory already has of a batch
naming    address names for what is new, and the slugs behind references
creating  new entries, many at once
changing  what changed at the source since it was taken last
saver     a batch after the other, each of them all or nothing
"""

from resources.interchange.intake.saving.saver import Saver
from resources.interchange.intake.saving.wishes import Wishes

__all__ = ["Saver", "Wishes"]
