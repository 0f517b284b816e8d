"""What the desk shows of everything recorded, entries and the words of the vocabularies alike."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.core.exceptions import PermissionDenied
from django.db.models import Case, QuerySet, When
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from resources import documents
from resources.admin import clashing, difference, history, mistakes, rows
from resources.admin.saving import SavingAdmin, attempt_of, curator_of
from resources.models import Publication, Recorded


class RecordedAdmin(SavingAdmin):
    """A thing with versions and history, saved through `publishing` alone."""

    change_form_template = "admin/recorded/change_form.html"
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions_selection_counter = True
    view_on_site: Any = False

    # --- the form

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        known = {"obstacles": attempt_of(request).obstacles, "today": self.today()}
        return type(form.__name__, (form,), known)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Each chosen thing is taken out by itself: a button that empties the whole box is pressed
        by mistake, and stands where a screen reader expects the chosen things alone."""
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if field is not None:
            field.widget.is_required = True
        return field

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        """The sent rows, made to fit those that are there now."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if "data" in kwargs and obj.pk:
            unsent = {
                name: value
                for name, value in kwargs.items()
                if name not in ("data", "files", "save_as_new")
            }
            present = inline.get_formset(request, obj)(**unsent).initial_forms
            kwargs["data"] = rows.fitted(kwargs["data"], prefix, forms=present, key=inline.row_key)
        return kwargs

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        thing: Any = kwargs.get("obj") or context.get("original")
        context["conflict"] = attempt_of(request).conflict
        context["clashing"] = attempt_of(request).clashing
        context["kept_words"] = request.POST.get(clashing.KEEP, "")
        context["mistakes"] = mistakes.found_in(
            context["adminform"], [each.formset for each in context["inline_admin_formsets"]]
        )
        context["why_read_only"] = self.why_read_only(request, thing) if thing else ""
        if context["why_read_only"]:
            context["stated"] = difference.stated(self.model, documents.read(thing))
        context["newest"] = Publication.objects.of(thing).first() if thing else None
        return super().render_change_form(request, context, *args, **kwargs)

    def may_record(self, request: HttpRequest, thing: Any) -> bool:
        """Whether what this curator saves of a thing is so at once."""
        return self.has_change_permission(request, thing)

    def why_read_only(self, request: HttpRequest, thing: Any) -> str:
        """A sentence for somebody who may look but not save; empty for everybody else."""
        if self.has_change_permission(request, thing):
            return ""
        return _("You may read this, but not change it. Ask a publisher.")

    def today(self) -> dt.date:
        """The day, taken here at the edge and passed down."""
        return timezone.localdate()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What has been public keeps its history and its address: nothing here is deleted."""
        return False

    # --- history

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        wrap = self.admin_site.admin_view
        return [
            path(
                "<int:pk>/history/<int:version>/restore/",
                wrap(self.restore_view),
                name=f"{name}_restore",
            ),
            *super().get_urls(),
        ]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Every saved version, and the difference between any two."""
        thing = self.get_object(request, object_id)
        if thing is None:
            raise Http404
        if not self.has_view_or_change_permission(request, thing):
            raise PermissionDenied
        versions = history.versions_of(thing, page=request.GET.get("p", "1"))
        context = {
            **self.desk_context(request, thing, _("History: %s") % thing),
            "versions": versions,
            "compared": history.compared(
                thing, request.GET.get("old", ""), request.GET.get("new", "")
            ),
            "may_restore": self.may_record(request, thing),
        }
        return TemplateResponse(request, "admin/recorded/history.html", context)

    def restore_view(self, request: HttpRequest, pk: int, version: int) -> HttpResponseBase:
        """Ask, then bring back what an earlier version said."""
        thing = self.thing_or_404(request, pk)
        publication = history.version_or_404(thing, version)
        if not self.may_record(request, thing):
            raise PermissionDenied
        problems: list[str] = []
        if request.method == "POST":
            problems = history.restored(
                thing, publication, by=curator_of(request), sent=request.POST
            )
            if not problems:
                told = _("Version %d is back. It is now the newest version.") % version
                self.message_user(request, told, messages.SUCCESS)
                return self.to_change_page(request, thing)
        context = {
            **self.desk_context(request, thing, _("Bring back version %d?") % version),
            "publication": publication,
            "problems": problems,
            "differences": history.difference_to(thing, publication),
            "clashing": history.clashing_of(thing, publication, request.POST),
            "longest_word": clashing.LONGEST_WORD,
        }
        return TemplateResponse(request, "admin/recorded/restore.html", context)

    # --- lists

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """While somebody types, names that begin so stand before names that only contain it."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        return self.begun_first(request, found, search_term), may_repeat

    def begun_first(self, request: HttpRequest, found: QuerySet[Any], typed: str) -> QuerySet[Any]:
        """The same, those whose name begins so first where somebody is typing it."""
        if request.resolver_match and request.resolver_match.url_name == "autocomplete":
            begins = When(name__istartswith=typed, then=0)
            return found.order_by(Case(begins, default=1), "name")
        return found

    # --- for the views of the desk

    def thing_or_404(self, request: HttpRequest, pk: int) -> Any:
        thing = self.get_object(request, str(pk))
        if thing is None:
            raise Http404
        return thing

    def to_change_page(self, request: HttpRequest, thing: Recorded) -> HttpResponse:
        """Back to the form, which still knows the filters of the list that it was opened from."""
        kept: dict[str, Any] = {
            "preserved_filters": self.get_preserved_filters(request),
            "opts": self.opts,
        }
        return HttpResponseRedirect(add_preserved_filters(kept, self.url_of("change", thing)))

    def url_of(self, view: str, thing: Recorded) -> str:
        """The address of one of this thing's pages at the desk."""
        return reverse(
            f"admin:{self.opts.app_label}_{self.opts.model_name}_{view}", args=[thing.pk]
        )

    def desk_context(self, request: HttpRequest, thing: Any, title: str) -> dict[str, Any]:
        """What every page about one thing needs."""
        request.current_app = self.admin_site.name
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "original": thing,
            "subtitle": None,
            "change_url": self.url_of("change", thing) if thing else "",
        }
