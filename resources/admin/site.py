"""The curators' desk: Django's admin site with a first page that says what waits."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy

from resources.admin import waiting


class CuratorsDesk(admin.AdminSite):
    """Where curators work. Public pages know nothing of it."""

    site_title = gettext_lazy("Curators' desk")
    site_header = gettext_lazy("Support Directory: curators' desk")
    index_title = gettext_lazy("What waits")
    index_template = "admin/desk.html"
    final_catch_all_view = True

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Drafts that wait, what nobody has checked, what changed lately."""
        return super().index(request, {**waiting.at_the_desk(), **(extra_context or {})})


desk = CuratorsDesk(name="admin")
