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

    `since`: from when it has been found to work, or to fail, or to lead elsewhere, as it does;
    `failed_days`: on how many days in a row it failed; `worked_on`: when it worked last. `seen` is
    what a fund's status page has been seen to say since `seen_since` ("open", "closed",
    "waitlist"), as `sentence` says it.
    """

    url = WebAddressField(_("address"), unique=True)
    outcome = models.CharField(_("outcome"), max_length=15)
    since = models.DateTimeField(_("so since"), null=True)
    checked_on = models.DateField(_("checked on"), db_index=True)
    worked_on = models.DateField(_("worked on"), null=True)
    failed_days = models.PositiveSmallIntegerField(_("days of failing"), default=0)
    leads_to = models.CharField(_("leads to"), max_length=2000, blank=True)
    seen = models.CharField(_("says"), max_length=10, blank=True)
    seen_since = models.DateTimeField(_("says so since"), null=True)
    sentence = models.CharField(_("in the words"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")

    def __str__(self) -> str:
        return self.url


class StatusWords(models.Model):
    """What means open, closed or a waiting list on one page, where the usual words do not do.

    One phrase a line, in the order of the page's words. See `resources.trust.links.watching`.
    """

    url = WebAddressField(_("address of the page"), unique=True)
    open = models.TextField(_("means open"), blank=True, max_length=1000)
    closed = models.TextField(_("means closed"), blank=True, max_length=1000)
    waitlist = models.TextField(_("means a waiting list"), blank=True, max_length=1000)

    class Meta:
        verbose_name = _("words of a status page")
        verbose_name_plural = _("words of status pages")
        ordering = ["url"]

    def __str__(self) -> str:
        return self.url
