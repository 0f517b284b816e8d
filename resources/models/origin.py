"""Whence an entry was taken, where it was taken from somebody else's data."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Origin(models.Model):
    """One record of one source, and the entry that it became.

    `version` is the version of the entry at which it said what the record says: what the source
    changes next is told by comparing with that. `digest` is of what was taken last, `place` where
    in the source it stood. The row outlives its entry, so that what was deleted here is not
    brought back.
    """

    LONGEST_SOURCE, LONGEST_IDENTIFIER = 150, 200

    source = models.CharField(_("source"), max_length=LONGEST_SOURCE, editable=False)
    kind = models.CharField(_("kind"), max_length=20, editable=False)
    identifier = models.CharField(_("its id there"), max_length=LONGEST_IDENTIFIER, editable=False)
    public_id = models.UUIDField(_("public id"), editable=False, db_index=True)
    version = models.PositiveIntegerField(_("version"), editable=False)
    digest = models.CharField(max_length=32, editable=False)
    place = models.CharField(_("place in the source"), max_length=200, editable=False)
    first_taken_at = models.DateTimeField(_("first taken"), editable=False)
    taken_at = models.DateTimeField(_("last taken"), editable=False)

    class Meta:
        verbose_name = _("origin")
        verbose_name_plural = _("origins")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "kind", "identifier"], name="origin_once_a_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.kind} {self.identifier}"

    @classmethod
    def of(cls, entry: Any) -> models.QuerySet[Origin]:
        """Where this entry was taken from, the newest first."""
        return cls.objects.filter(kind=entry.KIND, public_id=entry.public_id).order_by("-taken_at")
