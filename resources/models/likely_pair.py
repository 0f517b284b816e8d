"""Two entries that may be one: proposed by a machine, decided on by a curator."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .entry import Entry
from .organisation import Organisation
from .resource import Resource


class LikelyPair(models.Model):
    """Two organisations, or two resources, the one made first in `first` (`resources.duplicates`).

    `reasons`: codes of what they share. NULL in `told_apart_by`: nobody has looked at it.
    """

    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    other_organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    resource = models.ForeignKey(
        Resource, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    other_resource = models.ForeignKey(
        Resource, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    score = models.FloatField(_("likeness"), db_index=True, editable=False)
    reasons = models.JSONField(default=list, editable=False)
    told_apart_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    told_apart_at = models.DateTimeField(_("told apart"), null=True, editable=False)

    class Meta:
        verbose_name = _("likely pair")
        verbose_name_plural = _("likely pairs")
        ordering = ["-score", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "other_organisation"], name="pair_of_organisations_once"
            ),
            models.UniqueConstraint(
                fields=["resource", "other_resource"], name="pair_of_resources_once"
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) | Q(resource__isnull=True),
                name="pair_is_of_one_kind",
            ),
            models.CheckConstraint(
                condition=(Q(organisation__isnull=True) | ~Q(organisation=F("other_organisation")))
                & (Q(resource__isnull=True) | ~Q(resource=F("other_resource"))),
                name="pair_is_of_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} = {self.second}?"

    @property
    def first(self) -> Any:
        """The entry that was made first; None where it was deleted since."""
        return self.organisation or self.resource

    @property
    def second(self) -> Any:
        """The other."""
        return self.other_organisation or self.other_resource

    @staticmethod
    def columns(model: type[Entry]) -> tuple[str, str]:
        """The names of the two columns for entries of this kind."""
        return model.KIND, f"other_{model.KIND}"
