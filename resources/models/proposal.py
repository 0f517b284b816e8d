"""A change of a public entry that waits for somebody who may publish it."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .entry import Entry, is_of_one_entry
from .organisation import Organisation
from .resource import Resource


class ProposalQuerySet(models.QuerySet[Any]):
    def waiting(self) -> Self:
        """Those that a publisher has not decided on, oldest first."""
        return self.filter(state=Proposal.State.WAITING).order_by("at", "pk")

    def about(self, entry: Entry) -> Self:
        """Those that would change this entry."""
        return self.filter(**{entry.KIND: entry})


class Proposal(models.Model):
    """What somebody would change. `changes`: field or part -> its new value, as a document has it;
    `base`: the version that they changed, `was`: what it said there, of the same fields."""

    LONGEST_NOTE = 300

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for a publisher")
        PUBLISHED = "published", _("published")
        SENT_BACK = "sent_back", _("sent back")
        TAKEN_BACK = "taken_back", _("taken back")

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, editable=False, related_name="proposals"
    )
    resource = models.ForeignKey(
        Resource, models.PROTECT, null=True, editable=False, related_name="proposals"
    )
    base = models.PositiveIntegerField(_("version that was changed"), editable=False)
    was = models.JSONField(default=dict, encoder=DjangoJSONEncoder, editable=False)
    changes = models.JSONField(default=dict, encoder=DjangoJSONEncoder, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="proposals"
    )
    by_name = models.CharField(_("who"), max_length=150, editable=False)
    at = models.DateTimeField(_("proposed"), default=timezone.now, editable=False)
    note = models.CharField(_("note"), max_length=LONGEST_NOTE, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING, editable=False
    )
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    answer = models.CharField(_("answer"), max_length=LONGEST_NOTE, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-at", "-pk"]
        constraints = [
            is_of_one_entry("proposal_is_of_one_entry"),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state="waiting") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="proposal_is_decided_by_somebody",
            ),
            # Whoever changes their mind changes their proposal.
            models.UniqueConstraint(
                fields=["organisation", "by"],
                condition=Q(state="waiting"),
                name="one_waiting_proposal_an_organisation",
            ),
            models.UniqueConstraint(
                fields=["resource", "by"],
                condition=Q(state="waiting"),
                name="one_waiting_proposal_a_resource",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry}, {self.by_name}"

    @property
    def entry(self) -> Entry:
        """What would be changed."""
        entry = self.organisation or self.resource
        assert entry is not None  # noqa: S101 - the database holds it
        return entry

    @property
    def seal(self) -> str:
        """What somebody looked at: another one as soon as it would change something else."""
        said = json.dumps([self.changes, self.note], sort_keys=True, default=str)
        return hashlib.sha256(said.encode()).hexdigest()[:32]

    @property
    def is_waiting(self) -> bool:
        return bool(self.state == self.State.WAITING)
