"""Organisations: who runs the help."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .entry import (
    Entry,
    Part,
    Phone,
    PublicationState,
    Source,
    Translation,
    WebAddressField,
    is_http,
)
from .vocabulary import State


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def published(self) -> Self:
        """Those that the public sees."""
        return self.filter(publication_state=PublicationState.PUBLISHED)

    def with_parts(self) -> Self:
        """With everything that their pages and documents show, in a fixed number of queries."""
        return self.select_related("state", "successor").prefetch_related(
            "names", "phones", "sources", "translations"
        )


class Organisation(Entry):
    """Who runs the help: a charity, a maker, an office of the state."""

    KIND: ClassVar[str] = "organisation"

    class Category(models.TextChoices):
        PATIENT_ADVOCACY = "patient_advocacy", _("Patient advocacy")
        PRESCRIPTION_ASSISTANCE = "prescription_assistance", _("Prescription assistance")
        CANCER_SOCIETY = "cancer_society", _("Cancer society")
        CHARITABLE_FOUNDATION = "charitable_foundation", _("Charitable foundation")
        MANUFACTURER = "manufacturer", _("Drug maker")
        GOVERNMENT = "government", _("Government")
        INFORMATION_SERVICE = "information_service", _("Information service")
        OTHER = "other", _("Other kind of organization")

    class Status(models.TextChoices):
        ACTIVE = "active", _("active")
        RENAMED = "renamed", _("renamed")
        MERGED = "merged", _("merged")
        CLOSED = "closed", pgettext_lazy("organization", "closed")

    name = models.CharField(_("name"), max_length=150)
    category = models.CharField(
        _("category"), max_length=30, choices=Category.choices, db_index=True
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.ACTIVE
    )
    # A day, where it is known since when it has been renamed, merged or closed.
    status_since = models.DateField(_("since"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("goes on as"),
    )
    status_note = models.CharField(_("what became of it"), max_length=500, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    website = WebAddressField(_("website"), blank=True)
    email = models.EmailField(_("email"), blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    state = models.ForeignKey(
        State, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("state")
    )
    # For manufacturers: the makers' names as the medicines have them.
    makers = models.JSONField(_("makers"), default=list, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta(Entry.Meta):
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ["name"]
        # What the desk's lists ask for, page by page.
        indexes = [
            models.Index(fields=["name", "-id"], name="organisation_by_name"),
            models.Index(fields=["publication_state", "checked_on"], name="organisation_by_check"),
        ]
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                condition=is_http("website"), name="organisation_website_is_http"
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("id")),
                name="organisation_does_not_succeed_itself",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["active", "renamed", "merged", "closed"]),
                name="organisation_status_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organisation", args=[self.slug])

    @property
    def place(self) -> str:
        """ "Hampton, VA", to tell look-alikes apart; empty where it is not known."""
        return place_of(self.city, self.state.code if self.state else "")

    @property
    def is_gone(self) -> bool:
        """Renamed, merged or closed: its page says so and leads on."""
        return self.status != self.Status.ACTIVE

    def heir(self) -> Organisation | None:
        """The organisation that goes on today, along successors; None where there is none."""
        seen, current = {self.pk}, self.successor
        while current is not None and current.successor is not None and current.pk not in seen:
            seen.add(current.pk)
            current = current.successor
        return current


def place_of(city: str, state: str) -> str:
    """A city with the code of its state; as much of it as is known."""
    return ", ".join(filter(None, [city, state]))


class OrganisationName(Part):
    """Another name of an organisation. Not unique: an old entry and its heir may share one."""

    class Sort(models.TextChoices):
        FORMER = "former", _("former name")
        ABBREVIATION = "abbreviation", _("abbreviation")
        ALSO = "also", _("also known as")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="names")
    name = models.CharField(_("name"), max_length=150, db_index=True)
    sort = models.CharField(
        _("kind of name"), max_length=15, choices=Sort.choices, default=Sort.ALSO
    )

    class Meta(Part.Meta):
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="organisation_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationPhone(Phone):
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="phones")


class OrganisationSource(Source):
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="sources")


class OrganisationTranslation(Translation):
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="translations")

    class Meta(Translation.Meta):
        constraints = [
            *Translation.Meta.constraints,
            models.UniqueConstraint(
                fields=["organisation", "field", "language", "english_digest"],
                name="organisation_translation_once",
            ),
        ]
