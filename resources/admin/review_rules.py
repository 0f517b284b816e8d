"""The rules for looking again, at the desk: how many days for each tier and part."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from resources.admin.parts import ModelAdmin
from resources.admin.site import desk
from resources.models import ReviewRule
from resources.trust import due


@admin.register(ReviewRule, site=desk)
class ReviewRuleAdmin(ModelAdmin):
    """There is one rule for each tier and part: they are changed, not added or taken away."""

    list_display = ("tier", "part", "days")
    list_editable = ("days",)
    list_display_links = None
    fields = ("days",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """The list; what is due follows the rules as soon as they are saved."""
        response = super().changelist_view(request, extra_context)
        if request.method == "POST":
            due.settle_all()
        return response
