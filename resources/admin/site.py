"""The curators' desk: Django's admin site with a first page that says what waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.translation import gettext_lazy

from resources.admin import (
    alerts,
    batches,
    duplicates,
    letters,
    links,
    proposals,
    queue,
    searches,
    waiting,
)
from resources.admin.saving import curator_of
from resources.admin.signing_in import second_factor

# The kinds of things in the order in which curators need them.
ORDER = (
    "Organisation",
    "Resource",
    "Need",
    "Condition",
    "Medicine",
    "Insurance",
    "State",
    "PovertyGuideline",
    "ReviewRule",
    "StatusWords",
    "Curator",
    "AuditEvent",
)


class CuratorsDesk(admin.AdminSite):
    """Where curators work. Public pages know nothing of it."""

    site_title = gettext_lazy("Curators' desk")
    site_header = gettext_lazy("Support Directory: curators' desk")
    index_title = gettext_lazy("What waits")
    index_template = "admin/desk.html"
    final_catch_all_view = True
    # Lists and forms are wide: the way to others is in the head of each page.
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Whoever is staff, and has shown a second factor in this session."""
        return super().has_permission(request) and second_factor.is_shown(request)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """There is one way in; Django's own, which knows no second factor, leads to it."""
        return HttpResponseRedirect(reverse("account_login"))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """The desk's own pages before those of the models."""

        def page(view: Callable[..., HttpResponse]) -> Any:
            def shown(request: HttpRequest, **kwargs: Any) -> HttpResponse:
                return view(request, each_context=self.each_context(request), **kwargs)

            return self.admin_view(shown)

        return [
            path("queue/", page(queue.queue_view), name="queue"),
            path("queue/links/", page(links.links_view), name="links"),
            path("queue/source/", page(queue.source_view), name="check_by_source"),
            path("queue/<int:pk>/", page(queue.check_view), name="check"),
            path("proposals/", page(proposals.list_view), name="proposals"),
            path("proposals/<int:pk>/", page(proposals.review_view), name="proposal"),
            path("batches/", page(batches.list_view), name="batches"),
            path("batches/<int:pk>/", page(batches.batch_view), name="batch"),
            path("duplicates/", page(duplicates.list_view), name="duplicates"),
            path("duplicates/like/<slug:kind>/", page(duplicates.like_view), name="like"),
            path(
                "duplicates/<slug:kind>/<int:pk>/<int:other_pk>/",
                page(duplicates.merge_view),
                name="merge",
            ),
            path("letters/", page(letters.letters_view), name="letters"),
            path("letters/<int:pk>/", page(letters.letter_view), name="letter"),
            path("alerts/", page(alerts.alerts_view), name="alerts"),
            path("searches/", page(searches.searches_view), name="searches"),
            *super().get_urls(),
        ]

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Drafts that wait, what nobody has checked, what changed lately."""
        waits = waiting.at_the_desk(curator_of(request))
        return super().index(request, {**waits, **(extra_context or {})})

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[dict[str, Any]]:
        """What there is to work on: entries first, then their words, then people."""
        apps: list[dict[str, Any]] = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda model: ORDER.index(model["object_name"]))
        return apps


desk = CuratorsDesk(name="admin")
