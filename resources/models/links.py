"""What machines found at the addresses that entries name. They propose, and publish nothing."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .entry import WebAddressField
from .trust import Added, AddedQuerySet


class LinkCheck(Added):
    """One visit of one address, and what it was taken for. Added, and never changed."""

    url = WebAddressField(_("address"), db_index=True)
    outcome = models.CharField(_("outcome"), max_length=15)
    status = models.PositiveSmallIntegerField(_("status of HTTP"), null=True)
    leads_to = models.CharField(_("leads to"), max_length=2000, blank=True)
    detail = models.CharField(_("detail"), max_length=300, blank=True)

    objects = AddedQuerySet.as_manager()

    class Meta(Added.Meta):
        verbose_name = _("link check")
        verbose_name_plural = _("link checks")

    def __str__(self) -> str:
        return f"{self.url}: {self.outcome}"


class Link(models.Model):
    """Where an address stands now: worked out from its checks, and made anew without loss.

    `failed_days`: on how many days in a row it failed; `worked_on`: when it worked last. `seen` is
    what a fund's status page was seen to say ("open", "closed", "waitlist"), as `sentence` says it.
    """

    url = WebAddressField(_("address"), unique=True)
    outcome = models.CharField(_("outcome"), max_length=15)
    checked_on = models.DateField(_("checked on"), db_index=True)
    worked_on = models.DateField(_("worked on"), null=True)
    failed_days = models.PositiveSmallIntegerField(_("days of failing"), default=0)
    failed_since = models.DateField(_("failing since"), null=True)
    leads_to = models.CharField(_("leads to"), max_length=2000, blank=True)
    seen = models.CharField(_("says"), max_length=10, blank=True)
    sentence = models.CharField(_("in the words"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")

    def __str__(self) -> str:
        return self.url
