"""Who asked to hear by email when a fund opens, what there is to tell them, and each mail.

An address is kept sealed, with a key that is not in the database (`resources.alerts.addresses`).
What it is about stands beside it in plain words; nothing else about a person is kept.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .fate import Fate
from .resource import Resource
from .trust import StatusSighting


class AlertQuerySet(models.QuerySet[Any]):
    def confirmed(self) -> Self:
        """Those whose owner pressed the button in the first mail."""
        return self.filter(confirmed_on__isnull=False)

    def over(self, today: dt.date) -> Self:
        """Those that end by this day, confirmed or not."""
        return self.filter(ends_on__lte=today)


class Alert(models.Model):
    """One wish of one address. It is of one resource, or of all that a query finds.

    `address_key` is the same for one address, and nobody without the key can make it: by it all of
    an address are found. `begun`: the newest news (`AlertNews`) when it was confirmed; `told` and
    `told_daily`: the newest that went into a mail, of openings and of all else.
    """

    LONGEST_QUERY = 300

    class Wants(models.TextChoices):
        OPENING = "opening", _("One email, when it opens")
        ALL = "all", _("An email when it opens, and other news at most once a day")

    address = models.TextField(editable=False)
    address_key = models.CharField(max_length=64, db_index=True, editable=False)
    # PROTECT: what has been public is never deleted, and an alert is no part of its resource.
    resource = models.ForeignKey(
        Resource, models.PROTECT, null=True, editable=False, related_name="alerts"
    )
    # A search as its address has it, such as "need=copay&area=OH"; blank where it is of a resource.
    query = models.CharField(max_length=LONGEST_QUERY, blank=True, editable=False)
    wants = models.CharField(max_length=8, choices=Wants.choices, editable=False)
    language = models.CharField(max_length=2, editable=False)
    asked_at = models.DateTimeField(default=timezone.now, editable=False, db_index=True)
    # NULL: nobody has pressed the button yet.
    confirmed_on = models.DateField(null=True, editable=False)
    ends_on = models.DateField(editable=False, db_index=True)
    # The day of the mail that asks whether to go on; NULL before it.
    asked_again_on = models.DateField(null=True, editable=False)
    begun = models.PositiveBigIntegerField(default=0, editable=False)
    told = models.PositiveBigIntegerField(default=0, editable=False)
    told_daily = models.PositiveBigIntegerField(default=0, editable=False)

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        constraints = [
            models.CheckConstraint(
                condition=Q(resource__isnull=False, query="")
                | (Q(resource__isnull=True) & ~Q(query="")),
                name="alert_is_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["address_key", "resource"],
                condition=Q(resource__isnull=False),
                name="one_alert_an_address_and_resource",
            ),
            models.UniqueConstraint(
                fields=["address_key", "query"],
                condition=Q(resource__isnull=True),
                name="one_alert_an_address_and_query",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource or self.query}"


class AlertNews(models.Model):
    """Something that has become of a resource, as it stood when nobody had undone it for a while.

    `sighting`: what an opening was known by. `takes_back`: the opening that was none.
    """

    class Kind(models.TextChoices):
        OPENED = "opened", _("opened")
        MISTAKEN = "mistaken", _("was not open after all")
        WAITLIST = "waitlist", _("has a waiting list")
        CLOSED = "closed", _("closed")
        NEW = "new", _("is new in the directory")
        CHANGED = "changed", _("has changed")
        ENDED = "ended", _("has ended")

    resource = models.ForeignKey(Resource, models.PROTECT, editable=False, related_name="news")
    kind = models.CharField(max_length=8, choices=Kind.choices, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    sighting = models.ForeignKey(
        StatusSighting, models.PROTECT, null=True, editable=False, related_name="+"
    )
    takes_back = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("news for alerts")
        verbose_name_plural = _("news for alerts")
        ordering = ["pk"]
        indexes = [models.Index(fields=["resource", "kind"], name="alert_news_of_resource")]

    def __str__(self) -> str:
        return f"{self.resource}: {self.get_kind_display()}"


class AlertProgress(models.Model):
    """The one row that says up to which edition publications have become news."""

    edition = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_alert_progress_row")]

    def __str__(self) -> str:
        return str(self.edition)


class AlertHeld(models.Model):
    """A resource that was changed a moment ago: what it said in this edition is told already."""

    resource = models.OneToOneField(Resource, models.PROTECT, related_name="+")
    edition = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return f"{self.resource}, {self.edition}"


class AlertMail(models.Model):
    """One mail of an alert. NULL in `alert`: the alert has gone, and with it the address.

    One that was begun and never confirmed (a machine stopped half-way) stays `sending`: it may
    have arrived, and is not sent again by itself.
    """

    Fate = Fate

    alert = models.ForeignKey(
        Alert, models.SET_NULL, null=True, editable=False, related_name="mails"
    )
    news = models.JSONField(default=list, editable=False)  # primary keys of `AlertNews`
    fate = models.CharField(
        max_length=8, choices=Fate.choices, default=Fate.WAITING, editable=False
    )
    at = models.DateTimeField(default=timezone.now, editable=False, db_index=True)

    class Meta:
        verbose_name = _("mail of an alert")
        verbose_name_plural = _("mails of alerts")
        ordering = ["pk"]
        indexes = [models.Index(fields=["fate", "id"], name="alert_mail_by_fate")]

    def __str__(self) -> str:
        return f"{self.pk}: {self.get_fate_display()}"
