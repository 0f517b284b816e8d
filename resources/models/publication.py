"""The record of every published change, and the edition that it raised."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .batch import Batch
from .entry import PublicationState


class Edition(models.Model):
    """The one row that holds the number of the current edition.

    Publishing locks it, so that editions are raised one after another, in the order in which
    their changes become visible.
    """

    # Above all that anybody can have seen, where the newest editions may be lost.
    LEAP: ClassVar[int] = 10_000

    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_edition_row")]

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def current(cls) -> int:
        """The number of the current edition; 0 before anything has been published."""
        return cls.objects.values_list("number", flat=True).first() or 0

    @classmethod
    def leap(cls, over: int = 0) -> int:
        """Go on above all that can have been seen, `over` too; returns the number.

        After a loss the numbers of what was lost would come again, and mean something else to
        whoever remembers them: the directory in memory, the tag of a page.
        """
        number = max(cls.current(), over) + cls.LEAP
        cls.objects.update_or_create(pk=1, defaults={"number": number})
        return number


class PublicationQuerySet(models.QuerySet["Publication"]):
    def of(self, entry: Any) -> Self:
        """The rows of one thing, newest first."""
        return self.filter(kind=entry.KIND, public_id=entry.public_id).order_by("-version")

    def public(self) -> Self:
        """Those that changed what the public sees: drafts left out, oldest edition first."""
        return self.filter(edition__isnull=False).order_by("edition", "pk")

    def since(self, edition: int) -> Self:
        """What was published after this edition."""
        return self.public().filter(edition__gt=edition)


class Publication(models.Model):
    """One saved state of one thing: the whole of it as a document, who, when, which fields.

    History, differences, restore, feeds, the text index and the search sets read these rows. They
    are never changed. `edition` is NULL for a draft, which changed nothing public.
    """

    class Change(models.TextChoices):
        CREATED = "created", _("created")
        CHANGED = "changed", _("changed")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")
        RESTORED = "restored", _("restored")
        CHECKED = "checked", _("checked")

    edition = models.PositiveBigIntegerField(_("edition"), null=True, db_index=True)
    kind = models.CharField(_("kind"), max_length=20)
    public_id = models.UUIDField()
    version = models.PositiveIntegerField(_("version"))
    slug = models.CharField(max_length=90)
    change = models.CharField(_("change"), max_length=10, choices=Change.choices)
    state = models.CharField(_("publication"), max_length=10, choices=PublicationState.choices)
    at = models.DateTimeField(_("when"))
    # NULL: a machine, named in `by_name`. A curator who leaves keeps standing here by name.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(_("who"), max_length=150)
    fields = models.JSONField(_("fields"), default=list)
    note = models.CharField(_("note"), max_length=300, blank=True)
    document = models.JSONField(_("as published"), encoder=DjangoJSONEncoder)
    # With what else it was changed, where it was many as one.
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="publications")

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["public_id", "version"], name="publication_version_once"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", edition__isnull=True)
                | (~Q(state="draft") & Q(edition__isnull=False)),
                name="publication_draft_has_no_edition",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug} {self.version}"
