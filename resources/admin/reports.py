"""What readers reported, at the desk: the list, one report with the way to its entry, closing it.

Nothing is sent from here: an answer is written in the curator's own mail program.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from resources.admin.parts import ModelAdmin
from resources.admin.saving import curator_of
from resources.admin.shared import change_url, typed
from resources.admin.site import desk
from resources.context import SITE_NAME
from resources.models import Entry, Report
from resources.trust import reports

LONGEST_NOTE = 300
SHOWN = 80  # characters of the words, in the list


@admin.register(Report, site=desk)
class ReportAdmin(ModelAdmin):
    """Readers write them, curators read and close them; nobody adds, changes or deletes one."""

    list_display = ("what", "words", "page", "at", "state")
    list_filter = ("state", "kind", "wrong")
    list_select_related = ("organisation", "resource")
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    ordering = ("-state", "-at")  # what is new before what is closed
    actions = ("close_chosen",)

    # --- who may what

    def has_module_permission(self, request: HttpRequest) -> bool:
        """The way here is in the head of each page, not among what is kept."""
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    # --- the list

    @admin.display(description=gettext_lazy("What"), ordering="wrong")
    def what(self, report: Report) -> str:
        """What is wrong, or which organisation is missing."""
        return headline(report)

    @admin.display(description=gettext_lazy("In their words"))
    def words(self, report: Report) -> str:
        return Truncator(report.text).chars(SHOWN)

    @admin.display(description=gettext_lazy("About"))
    def page(self, report: Report) -> str:
        return str(report.entry or report.path)

    @admin.action(description=gettext_lazy("Close"), permissions=["change"])
    def close_chosen(self, request: HttpRequest, queryset: QuerySet[Report]) -> None:
        """Close many at once, as after a flood of them."""
        closed = sum(reports.close(report, by=curator_of(request)) for report in queryset)
        self.message_user(
            request,
            ngettext("%d report is closed.", "%d reports are closed.", closed) % closed,
            messages.SUCCESS,
        )

    # --- one report

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """What was written, beside the ways to the entry; closing it, for those who may."""
        report: Any = self.get_object(request, object_id)
        if report is None:
            raise Http404
        if not self.has_view_permission(request, report):
            raise PermissionDenied
        if request.method == "POST":
            return self._close(request, report)
        context = {
            **self.admin_site.each_context(request),
            "title": headline(report),
            "opts": self.opts,
            "report": report,
            "entry": report.entry,
            "entry_url": change_url(report.entry) if report.entry else "",
            "add_url": add_url(report) if report.kind == Report.Kind.SUGGESTION else "",
            "mailto": mailto(report.email) if report.email else "",
            "kept_days": reports.KEPT.days,
            "longest_note": LONGEST_NOTE,
            "may_close": not report.is_closed and self.has_change_permission(request, report),
        }
        return TemplateResponse(request, "admin/reports/report.html", context)

    def _close(self, request: HttpRequest, report: Report) -> HttpResponse:
        if not self.has_change_permission(request, report):
            raise PermissionDenied
        note = typed(request, "note", LONGEST_NOTE)
        if reports.close(report, by=curator_of(request), note=note):
            self.message_user(request, _("The report is closed."), messages.SUCCESS)
        else:
            self.message_user(request, _("Somebody closed it already."), messages.WARNING)
        return HttpResponseRedirect(reverse("admin:resources_report_changelist"))


def headline(report: Report) -> str:
    """What it is about in a few words."""
    if report.kind == Report.Kind.PROBLEM:
        return str(report.get_wrong_display())
    return _("Suggested: %s") % (report.name or "–")


def waiting_about(entry: Entry) -> list[Report]:
    """The reports about an entry that nobody has closed, the newest first."""
    return list(Report.objects.waiting().about(entry))


def add_url(report: Report) -> str:
    """The form of a new organisation, with what was suggested filled in."""
    known = {"name": report.name, "website": report.website}
    given = {name: value for name, value in known.items() if value}
    return f"{reverse('admin:resources_organisation_add')}?{urlencode(given)}"


def mailto(email: str) -> str:
    """A link to write to a reader. An address may hold "?" and "&", and must add nothing to it."""
    subject = _("Your message to %s") % SITE_NAME
    return f"mailto:{quote(email, safe='@')}?subject={quote(subject)}"
