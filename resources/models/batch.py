"""Many entries changed as one, so that they can be looked at and undone as one."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Batch(models.Model):
    """One bulk change, import, merger or undoing: `Publication.batch` has what it changed."""

    LONGEST_ABOUT = 300

    class Kind(models.TextChoices):
        BULK = "bulk", _("bulk change")
        IMPORT = "import", _("import")
        MERGE = "merge", _("merger")
        RIPPLE = "ripple", _("change with what follows")
        UNDO = "undo", _("undoing of another")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )
    by_name = models.CharField(_("who"), max_length=150, editable=False)
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False, db_index=True)
    about = models.CharField(_("what"), max_length=LONGEST_ABOUT, editable=False)
    entries = models.PositiveIntegerField(_("entries"), default=0, editable=False)
    undoes = models.OneToOneField(
        "self", models.PROTECT, null=True, editable=False, related_name="undone_by"
    )

    class Meta:
        verbose_name = _("batch")
        verbose_name_plural = _("batches")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.about
