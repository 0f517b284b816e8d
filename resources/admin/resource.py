"""Resources at the desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from resources.admin import alike
from resources.admin.actions import PUBLISH, Deed
from resources.admin.entries import EntryAdmin
from resources.admin.filters import (
    NeverChecked,
    SpanishState,
    TakenFrom,
    WithoutContact,
    WorksIn,
    titled,
)
from resources.admin.forms import ResourceForm
from resources.admin.parts import (
    CountyInline,
    LimitInline,
    ResourcePhoneInline,
    ResourceSourceInline,
)
from resources.admin.rules import rules_page
from resources.admin.site import desk
from resources.admin.spanish import ResourceTranslationInline
from resources.eligibility.doubts import doubts
from resources.languages import language_of_page
from resources.models import (
    Entry,
    Organisation,
    OrganisationName,
    OrganisationPhone,
    Resource,
    ResourcePhone,
)


@admin.register(Resource, site=desk)
class ResourceAdmin(EntryAdmin):
    form = ResourceForm
    inlines = (
        ResourcePhoneInline,
        ResourceSourceInline,
        LimitInline,
        CountyInline,
        ResourceTranslationInline,
    )
    autocomplete_fields = (
        "organisation",
        "part_of",
        "needs",
        "conditions",
        "medicines",
        "states",
        "insurance",
    )
    # In the order in which a curator reads a page about it: what, for whom, rules, how, trust.
    fieldsets = (
        (
            gettext_lazy("What it is"),
            {
                "fields": [
                    "organisation",
                    "name",
                    "summary",
                    "needs",
                    "award",
                    "part_of",
                    ("takes_anyone", "urgent"),
                ]
            },
        ),
        (
            gettext_lazy("Who it is for"),
            {
                "fields": [
                    ("conditions", "condition_partial"),
                    "conditions_note",
                    ("medicines", "medicines_note"),
                    ("area_kind", "states"),
                    ("area_partial", "area_note"),
                ]
            },
        ),
        (
            gettext_lazy("Rules"),
            {
                "fields": [
                    ("insurance_rule", "insurance"),
                    "insurance_required",
                    ("income_rule", "income_limit_percent", "income_limit_year"),
                    "income_note",
                    ("age_min", "age_max"),
                    ("immigration_rule", "residency_note"),
                    "treatment_note",
                    "eligibility_notes",
                ]
            },
        ),
        (
            gettext_lazy("How to get it"),
            {
                "fields": [
                    "how_to_apply",
                    "who_may_apply",
                    "clinic_must_apply",
                    "apply_url",
                    "url",
                    "documents",
                    ("windows", "decision_time"),
                    ("paid_to", "costs"),
                    ("renewal", "use_by"),
                    "languages",
                    "languages_note",
                ]
            },
        ),
        (
            gettext_lazy("Is it true today?"),
            {
                "fields": [
                    ("lifecycle", "lifecycle_since"),
                    ("fund_status", "fund_status_seen_on", "fund_status_days"),
                    "status_page_url",
                    "year_of_facts",
                ]
            },
        ),
        (gettext_lazy("Address of its page"), {"fields": ["slug"], "classes": ["collapse"]}),
    )
    list_display = (
        "name",
        "organisation",
        "publication_state",
        "lifecycle",
        "status",
        "checked",
        "changed",
    )
    list_filter = (
        "publication_state",
        "organisation__category",
        "fund_status",
        ("lifecycle", titled(gettext_lazy("whether it still exists"))),
        NeverChecked,
        SpanishState,
        WithoutContact,
        TakenFrom,
        ("needs", titled(gettext_lazy("need"), admin.RelatedFieldListFilter)),
        WorksIn,
    )
    search_fields = ("name", "slug", "organisation__name", "organisation__names__name")
    search_help_text = gettext_lazy("Names, organizations and their former names, phone numbers")
    list_select_related = ("organisation",)

    @admin.display(description=gettext_lazy("status today"), ordering="fund_status")
    def status(self, resource: Resource) -> str:
        """What may be said of the fund today, and what was seen when that is too old to count."""
        today = resource.fund_status_on(self.today())
        counts = str(Resource.FundStatus(today.counts).label)
        if not today.is_old or today.seen_on is None:
            return counts
        seen = str(Resource.FundStatus(today.seen).label)
        return format_html("{} ({}, {})", counts, seen, date_format(today.seen_on, "M Y"))

    @admin.display(description=gettext_lazy("checked"), ordering="checked_on")
    def checked(self, resource: Resource) -> Any:
        return resource.checked_on or _("never")

    def name_among_like(self, entry: Any) -> str:
        return f"{entry}, {entry.organisation}"

    def response_next(self, request: HttpRequest, obj: Any) -> HttpResponse | None:
        if {"_addanother", "_addalike"} & request.POST.keys():
            return HttpResponseRedirect(alike.add_address(obj, like="_addalike" in request.POST))
        return super().response_next(request, obj)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new one that is like another begins with what often holds for both."""
        given: dict[str, Any] = super().get_changeform_initial_data(request)
        like = alike.asked_for(request)
        return {**given, **alike.fields_from(like)} if like else given

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        given: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        like = None if obj.pk else alike.asked_for(request)
        return {**given, "initial": alike.rows_from(like, inline.model)} if like else given

    def mentions(self, word: str) -> Q:
        named = Organisation.objects.filter(name__icontains=word).values("pk")
        others = OrganisationName.objects.filter(name__icontains=word).values("organisation")
        return (
            Q(name__icontains=word)
            | Q(slug__icontains=word)
            | Q(organisation__in=named)
            | Q(organisation__in=others)
        )

    def answers(self, digits: str) -> Q:
        """One of its own or of its organisation: readers are given either."""
        own = ResourcePhone.objects.filter(dial__contains=digits).values("resource")
        its = OrganisationPhone.objects.filter(dial__contains=digits).values("organisation")
        return Q(pk__in=own) | Q(organisation__in=its)

    def further_for(self, deed: Deed, entry: Any) -> tuple[Sequence[Entry], str]:
        """What it belongs to goes public along with it, where that is not public yet."""
        above = (entry.organisation, entry.part_of) if deed.name == PUBLISH.name else ()
        hidden = [each for each in above if each is not None and not each.is_published]
        return hidden, _("Publish what it belongs to as well")

    def complete(self, thing: Any) -> None:
        """The year of its facts, where the form left it empty."""
        thing.take_year_from_sources()

    def get_urls(self) -> list[URLPattern]:
        page = path(
            "<int:pk>/rules/",
            self.admin_site.admin_view(self.rules_view),
            name="resources_resource_rules",
        )
        return [page, *super().get_urls()]

    @method_decorator([sensitive_post_parameters(), sensitive_variables()])
    def rules_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Its rules as a reader sees them, what is doubtful about them, and a trial."""
        resource = self.thing_or_404(request, pk)
        if not self.has_view_or_change_permission(request, resource):
            raise PermissionDenied
        said = request.POST if request.method == "POST" else None
        context = {
            **self.desk_context(request, resource, _("Rules: %s") % resource),
            "page": rules_page(pk, said, language_of_page()),
        }
        response = TemplateResponse(request, "admin/recorded/rules.html", context)
        patch_cache_control(response, private=True, no_store=True)
        return response

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        resource = kwargs.get("obj")
        if resource is not None:
            context["doubts"] = doubts(resource)
            context["rules_url"] = self.url_of("rules", resource)
            if self.has_add_permission(request):
                context["alike_url"] = alike.add_address(resource, like=True)
        elif like := alike.asked_for(request):
            context["like"] = {"entry": like, "labels": alike.labels_from(like)}
        return super().render_change_form(request, context, *args, **kwargs)

    def previewed(
        self, request: HttpRequest, entry: Any, frame: Mapping[str, Any]
    ) -> HttpResponseBase:
        from resources.pages import sheet
        from resources.views.resource import resource_page

        found = sheet.to_read().get(pk=entry.pk)
        return resource_page(request, found, self.today(), **frame)
