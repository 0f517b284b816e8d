"""Who signed in and who did what with consequences: rows that nobody changes, superusers included.

No internet address and nothing that a stranger typed is kept. Rows stay for as long as the
directory does: the database itself refuses to change or delete one.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .trust import Added, AddedQuerySet


class AuditEvent(Added):
    """One deed. NULL in `by`: a machine, named in `by_name`, or nobody known if that is blank."""

    class What(models.TextChoices):
        SIGNED_IN = "signed_in", _("signed in")
        SIGN_IN_FAILED = "sign_in_failed", _("sign-in failed")
        SIGNED_OUT = "signed_out", _("signed out")
        FACTOR_ADDED = "factor_added", _("second factor added")
        FACTOR_REMOVED = "factor_removed", _("second factor removed")
        FACTOR_RESET = "factor_reset", _("second factor reset")
        PASSWORD_CHANGED = "password_changed", _("password changed")
        INVITED = "invited", _("curator invited")
        ROLE_GIVEN = "role_given", _("role given")
        CURATOR_CHANGED = "curator_changed", _("curator changed")
        DEACTIVATED = "deactivated", _("curator deactivated")
        ACTIVATED = "activated", _("curator activated again")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")
        MERGED = "merged", _("merged")
        IMPORTED = "imported", _("imported")
        EXPORTED = "exported", _("exported")
        BULK_CHANGED = "bulk_changed", _("changed many")
        BACKUP_RESTORED = "backup_restored", _("backup restored")

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("curator"),
        null=True,
        editable=False,
        related_name="+",
    )
    by_name = models.CharField(_("who"), max_length=150, blank=True, editable=False)
    what = models.CharField(_("what"), max_length=20, choices=What.choices, editable=False)
    about = models.CharField(_("about"), max_length=500, blank=True, editable=False)

    objects = AddedQuerySet.as_manager()

    class Meta(Added.Meta):
        verbose_name = _("line of the audit log")
        verbose_name_plural = _("audit log")
        indexes = [
            models.Index(fields=["at"], name="audit_at"),
            models.Index(fields=["what", "at"], name="audit_what_at"),
        ]

    def __str__(self) -> str:
        return f"{self.by_name or '?'}: {self.get_what_display()}"
