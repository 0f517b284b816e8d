"""What readers write to the curators: what is wrong with a page, or which organisation is missing.

Nothing is kept of who wrote, but an address for the answer where one was given. What somebody
wrote is never published: a curator reads it, and changes the entry.
"""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .entry import Entry, WebAddressField
from .organisation import Organisation
from .resource import Resource

# So many may wait for a curator. The database holds it: each that waits has one of the places.
MOST_WAITING = 100

LONGEST_TEXT, LONGEST_NAME, LONGEST_EMAIL, LONGEST_PATH = 2000, 200, 254, 200


class ReportQuerySet(models.QuerySet[Any]):
    def waiting(self) -> Self:
        """Those that no curator has closed yet."""
        return self.filter(state=Report.State.NEW)

    def about(self, entry: Entry) -> Self:
        """Those that were sent from the page of this entry."""
        return self.filter(**{entry.KIND: entry})


class Report(models.Model):
    """One message. `text` says what is wrong or, of a suggestion, what the organisation does."""

    class Kind(models.TextChoices):
        PROBLEM = "problem", _("problem")
        SUGGESTION = "suggestion", _("suggestion")

    class Wrong(models.TextChoices):
        CONTACT = "contact", _("The phone number or address is wrong")
        CHANGED = "changed", _("It has closed or changed")
        LINK = "link", _("A link does not work")
        RULES = "rules", _("The rules are not right")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        NEW = "new", _("new")
        CLOSED = "closed", _("closed")

    # What of it was written by the reader: emptied some time after it was closed.
    WRITTEN = ("name", "website", "text", "why", "email")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, editable=False)
    # The page that it was sent from, without its query. Blank: no page of ours was named.
    path = models.CharField(_("page"), max_length=LONGEST_PATH, blank=True, editable=False)
    # Not CASCADE: what goes with an entry counts as part of it (`resources.documents`). An entry
    # that was public is never deleted, so these are emptied in no ordinary case.
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, editable=False, related_name="reports"
    )
    resource = models.ForeignKey(
        Resource, models.SET_NULL, null=True, editable=False, related_name="reports"
    )
    wrong = models.CharField(_("what is wrong"), max_length=10, choices=Wrong.choices, blank=True)
    name = models.CharField(_("name of the organization"), max_length=LONGEST_NAME, blank=True)
    website = WebAddressField(_("website"), blank=True)
    text = models.CharField(_("text"), max_length=LONGEST_TEXT, blank=True)
    why = models.CharField(_("why it belongs here"), max_length=LONGEST_TEXT, blank=True)
    email = models.EmailField(_("email"), max_length=LONGEST_EMAIL, blank=True)
    at = models.DateTimeField(_("sent"), default=timezone.now, editable=False)
    state = models.CharField(
        _("state"), max_length=6, choices=State.choices, default=State.NEW, editable=False
    )
    place = models.PositiveSmallIntegerField(null=True, unique=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False, db_index=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    # A curator's own words, which stay.
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state="new",
                    place__isnull=False,
                    place__gte=1,
                    place__lte=MOST_WAITING,
                    closed_at__isnull=True,
                    closed_by__isnull=True,
                )
                | Q(
                    state="closed",
                    place__isnull=True,
                    closed_at__isnull=False,
                    closed_by__isnull=False,
                ),
                name="report_has_a_place_or_is_closed",
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) | Q(resource__isnull=True),
                name="report_is_about_one_entry",
            ),
        ]

    def __str__(self) -> str:
        """Without a word of what was written: this may stand in a log."""
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def entry(self) -> Entry | None:
        """The entry whose page it was sent from."""
        return self.organisation or self.resource

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED
