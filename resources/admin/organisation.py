"""Organisations at the desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resources.admin.actions import PUBLISH, WITHDRAW, Deed
from resources.admin.entries import EntryAdmin
from resources.admin.filters import NeverChecked, SpanishState, TakenFrom, WithoutContact
from resources.admin.forms import OrganisationForm
from resources.admin.parts import NameInline, OrganisationPhoneInline, OrganisationSourceInline
from resources.admin.site import desk
from resources.admin.spanish import OrganisationTranslationInline
from resources.models import (
    Entry,
    Organisation,
    OrganisationName,
    OrganisationPhone,
    PublicationState,
    Resource,
)


@admin.register(Organisation, site=desk)
class OrganisationAdmin(EntryAdmin):
    form = OrganisationForm
    inlines = (
        NameInline,
        OrganisationPhoneInline,
        OrganisationSourceInline,
        OrganisationTranslationInline,
    )
    autocomplete_fields = ("successor", "state")
    fieldsets = (
        (
            gettext_lazy("Who they are"),
            {"fields": ["name", "category", "summary", ("city", "state"), "makers"]},
        ),
        (gettext_lazy("How to reach them"), {"fields": ["website", "email"]}),
        (
            gettext_lazy("Are they still there?"),
            {"fields": [("status", "status_since"), "successor", "status_note"]},
        ),
        (gettext_lazy("Address of its page"), {"fields": ["slug"], "classes": ["collapse"]}),
    )
    list_display = (
        "name",
        "category",
        "place",
        "status",
        "publication_state",
        "resource_count",
        "checked",
        "changed",
    )
    list_filter = (
        "publication_state",
        "category",
        "status",
        NeverChecked,
        SpanishState,
        WithoutContact,
        TakenFrom,
        "state",
    )
    search_fields = ("name", "names__name", "slug")
    search_help_text = gettext_lazy("Names and former names, address names, phone numbers")
    list_select_related = ("state",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the number of its resources, counted for the rows of one page only."""
        its = Resource.objects.filter(organisation=OuterRef("pk")).order_by().values("organisation")
        counted = its.annotate(number=Count("pk")).values("number")
        return super().get_queryset(request).annotate(resource_count=Subquery(counted))

    @admin.display(description=gettext_lazy("resources"))
    def resource_count(self, organisation: Any) -> int:
        return organisation.resource_count or 0

    @admin.display(description=gettext_lazy("checked"), ordering="checked_on")
    def checked(self, organisation: Organisation) -> Any:
        return organisation.checked_on or _("never")

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        organisation = context.get("original")
        context["add_resource"] = True
        if organisation is not None:
            context["its_resources"] = organisation.resources.order_by("name")[:50]
        return super().render_change_form(request, context, *args, **kwargs)

    def response_next(self, request: HttpRequest, obj: Any) -> HttpResponse | None:
        if "_add_resource" in request.POST:
            return HttpResponseRedirect(
                f"{reverse('admin:resources_resource_add')}?organisation={obj.pk}"
            )
        return super().response_next(request, obj)

    def further_for(self, deed: Deed, entry: Any) -> tuple[Sequence[Entry], str]:
        """Its draft resources go public along with it, its public ones go away along with it."""
        match deed.name:
            case PUBLISH.name:
                drafts = Q(publication_state=PublicationState.DRAFT)
                return self._its(entry, drafts), _("Publish these drafts of it as well")
            case WITHDRAW.name:
                public = Q(publication_state=PublicationState.PUBLISHED)
                return self._its(entry, public), _("Withdraw these resources of it as well")
            case _other:
                return [], ""

    def _its(self, organisation: Organisation, condition: Q) -> list[Resource]:
        return list(
            organisation.resources.filter(condition).order_by("name").prefetch_related("sources")
        )

    def mentions(self, word: str) -> Q:
        others = OrganisationName.objects.filter(name__icontains=word).values("organisation")
        return Q(name__icontains=word) | Q(slug__icontains=word) | Q(pk__in=others)

    def answers(self, digits: str) -> Q:
        phones = OrganisationPhone.objects.filter(dial__contains=digits)
        return Q(pk__in=phones.values("organisation"))

    def previewed(
        self, request: HttpRequest, entry: Any, frame: Mapping[str, Any]
    ) -> HttpResponseBase:
        from resources.pages import profile
        from resources.views.organisation import organisation_page

        found = profile.to_read().get(pk=entry.pk)
        return organisation_page(request, found, self.today(), **frame)
