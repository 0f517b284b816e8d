"""The words that entries are tagged with, at the desk. What is saved here is public at once."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from resources import publishing
from resources.admin.forms import ConditionForm, MedicineForm, NeedForm, TermForm
from resources.admin.parts import ModelAdmin
from resources.admin.recorded import RecordedAdmin
from resources.admin.site import desk
from resources.models import Condition, Insurance, Medicine, Need, PovertyGuideline, State

NAMES: Any = (
    gettext_lazy("What it is called"),
    {"fields": [("name", "spanish_name"), ("synonyms", "spanish_synonyms")]},
)
ADDRESS: Any = (gettext_lazy("Address of its page"), {"fields": ["slug"], "classes": ["collapse"]})


class TermAdmin(RecordedAdmin):
    form = TermForm
    actions = None


@admin.register(Need, site=desk)
class NeedAdmin(TermAdmin):
    form = NeedForm
    autocomplete_fields = ("parent",)
    search_fields = ("name", "spanish_name", "slug", "synonyms", "spanish_synonyms")
    list_display = ("name", "parent", "question", "spanish_name", "changed_at")
    list_select_related = ("parent",)
    fieldsets = (
        NAMES,
        (gettext_lazy("Where it stands"), {"fields": ["parent", "position", "open_eligibility"]}),
        (gettext_lazy("As a person would say it"), {"fields": ["question", "spanish_question"]}),
        ADDRESS,
    )


@admin.register(Condition, site=desk)
class ConditionAdmin(TermAdmin):
    form = ConditionForm
    autocomplete_fields = ("parent", "also_under", "related")
    search_fields = ("name", "spanish_name", "slug", "synonyms", "spanish_synonyms")
    list_display = ("name", "parent", "spanish_name", "changed_at")
    list_select_related = ("parent",)
    fieldsets = (
        NAMES,
        (gettext_lazy("Where it stands"), {"fields": ["parent", "also_under", "related", "icd10"]}),
        ADDRESS,
    )


@admin.register(Medicine, site=desk)
class MedicineAdmin(TermAdmin):
    form = MedicineForm
    autocomplete_fields = ("conditions",)
    search_fields = ("name", "spanish_name", "slug", "synonyms", "brands")
    list_display = ("name", "brand_names", "maker", "generic_available", "changed_at")
    list_filter = ("generic_available", "generic_kind")
    fieldsets = (
        NAMES,
        (
            gettext_lazy("The medicine"),
            {"fields": ["brands", "maker", ("generic_available", "generic_kind"), "conditions"]},
        ),
        ADDRESS,
    )

    @admin.display(description=gettext_lazy("brand names"))
    def brand_names(self, medicine: Medicine) -> str:
        return ", ".join(medicine.brands)


@admin.register(Insurance, site=desk)
class InsuranceAdmin(TermAdmin):
    autocomplete_fields = ("parent", "also_under")
    search_fields = ("name", "spanish_name", "slug", "synonyms", "spanish_synonyms")
    list_display = ("name", "parent", "spanish_name", "changed_at")
    list_select_related = ("parent",)
    fieldsets = (
        NAMES,
        (gettext_lazy("Where it stands"), {"fields": ["parent", "also_under", "position"]}),
        ADDRESS,
    )


@admin.register(State, site=desk)
class StateAdmin(TermAdmin):
    list_display = ("name", "code", "sort", "guideline_table", "spanish_name")
    search_fields = ("name", "spanish_name", "code", "slug")
    fieldsets = (
        NAMES,
        (gettext_lazy("The state"), {"fields": ["code", "sort", "guideline_table", "note"]}),
        ADDRESS,
    )


@admin.register(PovertyGuideline, site=desk)
class GuidelineAdmin(ModelAdmin):
    list_display = ("year", "table", "first_person", "each_additional", "effective", "verified")
    list_filter = ("verified", "table")
    actions = None

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        publishing.raise_edition()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
