"""The audit log at the desk: administrators read it, and nobody changes it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst

from resources.admin.parts import ModelAdmin
from resources.admin.site import desk
from resources.models import AuditEvent


@admin.register(AuditEvent, site=desk)
class AuditEventAdmin(ModelAdmin):
    """A list to filter. It has no forms: the database refuses changes in any case."""

    list_display = ("at", "by_name", "what", "about")
    list_display_links = None
    list_filter = ("what", "at", "by")
    search_fields = ("about", "by_name")
    list_per_page = 100
    # Counting a hundred thousand lines would take longer than showing a hundred.
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    ordering = ("-pk",)
    actions = None

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        title = capfirst(str(self.opts.verbose_name_plural))
        return super().changelist_view(request, {**(extra_context or {}), "title": title})

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
