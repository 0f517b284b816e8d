"""A spreadsheet that somebody sent, as what it would change: it waits to be imported, for a day."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .batch import Batch

KEPT = dt.timedelta(days=1)


class SheetQuerySet(models.QuerySet[Any]):
    def old(self, now: dt.datetime) -> Self:
        """Those that have waited, or been kept, for longer than a day."""
        return self.filter(at__lt=now - KEPT)


class Sheet(models.Model):
    """What was read of one file. Only whoever sent it sees it. `batch`: what was imported of it."""

    LONGEST_NAME = 120

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, editable=False, related_name="sheets"
    )
    at = models.DateTimeField(default=timezone.now, editable=False, db_index=True)
    kind = models.CharField(max_length=20, editable=False)
    name = models.CharField(_("file"), max_length=LONGEST_NAME, editable=False)
    same = models.PositiveIntegerField(default=0, editable=False)
    notes = models.JSONField(default=list, editable=False)
    is_read = models.BooleanField(default=False, editable=False)
    batch = models.OneToOneField(
        Batch, models.PROTECT, null=True, editable=False, related_name="sheet"
    )

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("spreadsheet")
        verbose_name_plural = _("spreadsheets")

    def __str__(self) -> str:
        return self.name


class SheetRow(models.Model):
    """One row that would change something, or cannot be read. Rows that change nothing are counted.

    `was` and `changes`: of the fields that would change, as documents have them; `since`: field ->
    what it said when the file was exported, and today; `problems`: pairs of column and sentence;
    `words`: names that it adds and that mean something already.
    """

    class Sort(models.TextChoices):
        SAME = "same", _("unchanged")
        CHANGED = "changed", _("changed")
        NEW = "new", _("new")
        DISPUTED = "disputed", _("changed meanwhile")
        WRONG = "wrong", _("with problems")

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    slug = models.CharField(max_length=90, blank=True)
    name = models.CharField(max_length=150, blank=True)
    sort = models.CharField(max_length=10, choices=Sort.choices)
    # NULL in both: there is no such entry yet.
    public_id = models.UUIDField(null=True)
    version = models.PositiveIntegerField(null=True)
    was = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    changes = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    since = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    problems = models.JSONField(default=list)
    words = models.JSONField(default=list)

    class Meta:
        verbose_name = _("row of a spreadsheet")
        verbose_name_plural = _("rows of spreadsheets")
        ordering = ["number", "pk"]
        indexes = [models.Index(fields=["sheet", "sort", "number"], name="sheet_row_by_sort")]

    def __str__(self) -> str:
        return f"{self.number}: {self.slug}"
