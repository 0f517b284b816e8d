"""What was seen, by whom and when: rows that are added and never changed.

A mistaken row stays; a later one says that it was one (`corrects`). The database itself refuses to
change or delete a row (`resources.migrations.append_only`).
"""

from __future__ import annotations

from typing import Any, NoReturn, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .entry import Entry, WebAddressField, is_of_one_entry
from .organisation import Organisation
from .resource import Resource


class NeverChanged(Exception):
    """Somebody tried to change or delete a row of the record."""


class AddedQuerySet(models.QuerySet[Any]):
    """Rows that are added only."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise NeverChanged

    def delete(self) -> NoReturn:
        """Refused."""
        raise NeverChanged


class WitnessedQuerySet(AddedQuerySet):
    def standing(self) -> Self:
        """Those that no later row has taken back, newest first."""
        corrected = self.model._default_manager.filter(corrects__isnull=False)
        rows = self.filter(stands=True).exclude(pk__in=corrected.values("corrects"))
        return rows.order_by("-at", "-pk")


class Added(models.Model):
    """A row that is added, and never changed or deleted."""

    at = models.DateTimeField(_("recorded"), default=timezone.now, editable=False)

    class Meta:
        abstract = True
        ordering = ["-at", "-pk"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row. Raises `NeverChanged` for one that is there already."""
        if not self._state.adding:
            raise NeverChanged
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise NeverChanged


class Witnessed(Added):
    """Who saw something, and when. NULL in `by`: a machine, named in `by_name`."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    by_name = models.CharField(_("who"), max_length=150, editable=False)
    note = models.CharField(_("note"), max_length=300, blank=True)
    # A row that takes an earlier one back, and may put itself in its place.
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, editable=False, related_name="corrected_by"
    )
    stands = models.BooleanField(default=True, editable=False)

    objects = WitnessedQuerySet.as_manager()

    class Meta(Added.Meta):
        abstract = True


class Check(Witnessed):
    """A person compared an entry, or a part of it, with what it says on this day."""

    class Part(models.TextChoices):
        WHOLE = "whole", _("all of it")
        CONTACT = "contact", _("how to reach them")
        ELIGIBILITY = "eligibility", _("who may get it, and how much")
        APPLICATION = "application", _("how to apply")
        STATUS = "status", _("open or closed")

    class How(models.TextChoices):
        PAGE = "page", _("read their page")
        PHONE = "phone", _("phoned them")
        EMAIL = "email", _("an e-mail from them")

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, editable=False, related_name="checks"
    )
    resource = models.ForeignKey(
        Resource, models.PROTECT, null=True, editable=False, related_name="checks"
    )
    part = models.CharField(_("what"), max_length=12, choices=Part.choices, default=Part.WHOLE)
    on = models.DateField(_("checked on"))
    how = models.CharField(_("how"), max_length=6, choices=How.choices, default=How.PAGE)
    source = WebAddressField(_("page that was read"), blank=True)
    version = models.PositiveIntegerField(_("version that was checked"))

    class Meta(Witnessed.Meta):
        verbose_name = _("check")
        verbose_name_plural = _("checks")
        constraints = [
            is_of_one_entry("check_is_of_one_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.entry}, {self.get_part_display()}, {self.on}"

    @property
    def entry(self) -> Entry:
        """What was checked."""
        entry = self.organisation or self.resource
        if entry is None:
            raise ValidationError("a check of nothing")
        return entry


class StatusSighting(Witnessed):
    """Somebody saw on a day that a fund was open, closed, or had a waiting list."""

    class Status(models.TextChoices):
        OPEN = Resource.FundStatus.OPEN.value, _("open")
        CLOSED = Resource.FundStatus.CLOSED.value, _("closed")
        WAITLIST = Resource.FundStatus.WAITLIST.value, _("waiting list")

    resource = models.ForeignKey(Resource, models.PROTECT, editable=False, related_name="sightings")
    status = models.CharField(_("status"), max_length=10, choices=Status.choices)
    seen_on = models.DateField(_("seen on"))
    precision = models.CharField(
        _("precision"), max_length=5, choices=Resource.Precision.choices, default="day"
    )
    # Where the source says since when it is so.
    effective_from = models.DateField(_("since"), null=True, blank=True)
    source = WebAddressField(_("page where it was seen"), blank=True)

    class Meta(Witnessed.Meta):
        verbose_name = _("sighting of a status")
        verbose_name_plural = _("sightings of statuses")

    def __str__(self) -> str:
        return f"{self.resource}, {self.get_status_display()}, {self.seen_on}"
