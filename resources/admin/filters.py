"""What the lists of the desk are narrowed by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resources import translations
from resources.models import (
    Organisation,
    OrganisationPhone,
    Origin,
    Resource,
    ResourcePhone,
    State,
)


def titled(title: Promise, kind: type[Any] = admin.ChoicesFieldListFilter) -> type[Any]:
    """Django's filter by a field, under a title that reads well after "By"."""

    class Titled(kind):  # type: ignore[misc]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.title = title

    return Titled


class NeverChecked(admin.SimpleListFilter):
    """Whether a person has ever compared the entry with its source."""

    title = gettext_lazy("check by a person")
    parameter_name = "checked"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [("never", _("Never")), ("once", _("At least once"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() is None:
            return queryset
        return queryset.filter(checked_on__isnull=self.value() == "never")


class SpanishState(admin.SimpleListFilter):
    """Entries whose Spanish waits for somebody who speaks it."""

    title = gettext_lazy("Spanish")
    parameter_name = "spanish"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [
            ("outdated", _("Out of date: the English has changed")),
            ("unread", _("Not read by a person")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "outdated":
                return queryset.filter(pk__in=translations.with_outdated(queryset.model))
            case "unread":
                rows = queryset.model.translations.rel.related_model._default_manager
                key = {queryset.model.KIND: OuterRef("pk")}
                return queryset.filter(Exists(rows.filter(confirmed_at=None, **key)))
            case _other:
                return queryset


class TakenFrom(admin.SimpleListFilter):
    """Entries that were taken from one source of somebody else's."""

    title = gettext_lazy("source of an import")
    parameter_name = "from"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        rows = Origin.objects.filter(kind=model_admin.model.KIND).order_by("source")
        return [(name, name) for name in rows.values_list("source", flat=True).distinct()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() is None:
            return queryset
        rows = Origin.objects.filter(kind=queryset.model.KIND, source=self.value())
        return queryset.filter(Exists(rows.filter(public_id=OuterRef("public_id"))))


class WithoutContact(admin.SimpleListFilter):
    """Entries that a reader could not get in touch with."""

    title = gettext_lazy("contact")
    parameter_name = "contact"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [("none", _("No way to make contact"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return (
            queryset.filter(without_contact(queryset.model)) if self.value() == "none" else queryset
        )


def without_contact(model: type[Any]) -> Q:
    """A condition: neither the entry nor its organisation has a phone, an address, a mailbox."""
    owner = "organisation_id" if model is Resource else "pk"
    prefix = "organisation__" if model is Resource else ""
    silent = Q(**{f"{prefix}website": "", f"{prefix}email": ""}) & ~Q(
        Exists(OrganisationPhone.objects.filter(organisation=OuterRef(owner)))
    )
    if model is Organisation:
        return silent
    own_phone = Exists(ResourcePhone.objects.filter(resource=OuterRef("pk")))
    return silent & Q(apply_url="", url="", status_page_url="") & ~Q(own_phone)


class WorksIn(admin.SimpleListFilter):
    """Resources of one state, or of the whole country."""

    title = gettext_lazy("state")
    parameter_name = "in"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        states = State.objects.order_by("name").values_list("code", "name")
        return [("national", _("Whole United States")), *states]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case None:
                return queryset
            case "national":
                return queryset.filter(area_kind=Resource.AreaKind.NATIONAL)
            case code:
                return queryset.filter(states__code=code)
