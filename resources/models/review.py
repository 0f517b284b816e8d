"""When entries are to be looked at again, and how often: a desk's own notes, nothing public."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .entry import Entry, is_of_one_entry
from .organisation import Organisation
from .resource import Resource
from .trust import Check

# So many days after it was due, an entry that was checked once is publicly overdue.
GRACE_DAYS = 60


class Tier(models.TextChoices):
    """How much people rely on an entry, which says how often it is looked at."""

    FIRST = "first", _("most relied on")
    USUAL = "usual", _("usual")
    HELPLINE = "helpline", _("a helpline")


class ReviewRule(models.Model):
    """After how many days a part of an entry of this tier is to be looked at again."""

    tier = models.CharField(_("tier"), max_length=10, choices=Tier.choices)
    part = models.CharField(
        _("what"),
        max_length=12,
        choices=[choice for choice in Check.Part.choices if choice[0] != Check.Part.WHOLE],
    )
    days = models.PositiveSmallIntegerField(_("days"))

    class Meta:
        verbose_name = _("rule for looking again")
        verbose_name_plural = _("rules for looking again")
        ordering = ["tier", "part"]
        constraints = [
            models.UniqueConstraint(fields=["tier", "part"], name="one_rule_a_tier_and_part"),
            models.CheckConstraint(condition=Q(days__gte=1), name="a_rule_has_days"),
        ]

    def __str__(self) -> str:
        return f"{self.get_tier_display()}, {self.get_part_display()}: {self.days}"


class Review(models.Model):
    """Where a published entry stands among those to be looked at. Kept by `resources.trust.due`.

    `due`: part -> the day (ISO) from which it is due; `due_on` is the first of them. `weight`: how
    many it serves. `score`: how wrong it may be times that, as of `scored_on`. `doubts`: what else
    speaks against it (`resources.trust.doubts`), whether or not anything is due.
    """

    organisation = models.OneToOneField(
        Organisation, models.CASCADE, null=True, editable=False, related_name="review"
    )
    resource = models.OneToOneField(
        Resource, models.CASCADE, null=True, editable=False, related_name="review"
    )
    tier = models.CharField(_("tier"), max_length=10, choices=Tier.choices, default=Tier.USUAL)
    # part -> days, where this entry has an interval of its own.
    every = models.JSONField(_("days of its own"), default=dict, blank=True)
    due = models.JSONField(default=dict, editable=False)
    due_on = models.DateField(_("due"), db_index=True, editable=False)
    weight = models.PositiveIntegerField(default=1, editable=False)
    score = models.FloatField(default=0, db_index=True, editable=False)
    scored_on = models.DateField(editable=False)
    doubts = models.JSONField(default=list, editable=False)
    is_doubted = models.BooleanField(default=False, db_index=True, editable=False)
    snoozed_until = models.DateField(_("put off until"), null=True, blank=True)
    snooze_note = models.CharField(_("why"), max_length=300, blank=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            is_of_one_entry("review_is_of_one_entry"),
        ]

    def __str__(self) -> str:
        return str(self.organisation or self.resource)

    def is_overdue(self, today: dt.date) -> bool:
        """Whether readers are told: past due for longer than somebody may be busy."""
        return self.due_on + dt.timedelta(days=GRACE_DAYS) < today

    @property
    def entry(self) -> Entry:
        """What is to be looked at."""
        entry = self.organisation or self.resource
        assert entry is not None  # noqa: S101 - the database holds it
        return entry
