"""What the lists of the desk are narrowed by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resources.models import (
    Organisation,
    OrganisationPhone,
    Resource,
    ResourcePhone,
    State,
)

if TYPE_CHECKING:
    Base = admin.SimpleListFilter
else:
    Base = admin.SimpleListFilter


class NeverChecked(Base):
    """Whether a person has ever compared the entry with its source."""

    title = gettext_lazy("checked by a person")
    parameter_name = "checked"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [("never", _("Never")), ("once", _("At least once"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() is None:
            return queryset
        return queryset.filter(checked_on__isnull=self.value() == "never")


class WithoutContact(Base):
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


class WorksIn(Base):
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
