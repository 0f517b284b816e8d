"""The rows that belong to an entry, below its form: names, phones, sources, counties, limits."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resources.admin import alike
from resources.admin.fields import RoughDayTextField, TickedField, rough_day
from resources.languages import LANGUAGE_NAMES
from resources.models import (
    AreaPart,
    DollarLimit,
    OrganisationName,
    OrganisationPhone,
    OrganisationSource,
    ResourcePhone,
    ResourceSource,
    State,
)

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]

    class FormSet(BaseInlineFormSet[Any, Any, Any]):
        def _construct_form(self, i: int, **kwargs: Any) -> Any: ...
        def _should_delete_form(self, form: Any) -> bool: ...

    StackedInline = admin.StackedInline[Any, Any]
    TabularInline = admin.TabularInline[Any, Any]
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelForm, FormSet = forms.ModelForm, BaseInlineFormSet
    StackedInline, TabularInline = admin.StackedInline, admin.TabularInline
    ModelAdmin = admin.ModelAdmin

# Stands after every real place until the rows are numbered again.
LAST = 30_000


class PlaceField(forms.IntegerField):
    """The place of a row among its like: typed from 1, kept from 0; blank puts it last."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=gettext_lazy("Place"),
            help_text=gettext_lazy("1 stands first. Left empty, it stands last."),
            required=False,
            min_value=1,
            max_value=999,
            widget=forms.NumberInput(attrs={"class": "place", "min": 1}),
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        return value + 1 if isinstance(value, int) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)

    def clean(self, value: Any) -> int:
        place = super().clean(value)
        return LAST if place is None else place - 1


class RowForm(ModelForm):
    """A row whose boxes say what they are for: to a screen reader, the heading of a table's column
    is not their label."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, TickedField):
                field.allow(getattr(self.instance, name))
            else:
                field.widget.attrs["aria-label"] = str(field.label)


class PartForm(RowForm):
    """A row with a place."""

    position = PlaceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.initial["position"] = None


class PhoneForm(PartForm):
    languages = TickedField(
        label=gettext_lazy("Languages spoken"),
        choices=list(LANGUAGE_NAMES.items()),
        nothing_is_null=True,
        help_text=gettext_lazy("Nothing ticked: we don't know."),
    )


class SourceForm(PartForm):
    page_date = RoughDayTextField(
        label=gettext_lazy("Date of the page"),
        help_text=gettext_lazy("2018, 2018-05 or 2018-05-17; blank: the page has no date."),
        widget=AdminTextInputWidget(attrs={"class": "day", "size": 11}),
    )

    def clean_page_date(self) -> str:
        text: str = self.cleaned_data["page_date"]
        if text and rough_day(text).day > timezone.localdate():
            raise ValidationError(_("That day has not come yet."))
        return text


class RowFormSet(FormSet):
    """Rows whose boxes for deletion say which row they delete."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if form.instance.pk and "DELETE" in form.fields:
            label = _("Delete: %s") % form.instance
            form.fields["DELETE"].widget.attrs["aria-label"] = label


class PartFormSet(RowFormSet):
    """Rows that are numbered again from 0, in their places, whenever they are saved."""

    def save(self, commit: bool = True) -> Any:
        saved = super().save(commit)
        rows = [
            form.instance
            for form in self.forms
            if form.instance.pk and not self._should_delete_form(form)
        ]
        for place, row in enumerate(sorted(rows, key=lambda row: row.position)):
            if row.position != place:
                type(row)._default_manager.filter(pk=row.pk).update(position=place)
        return saved

    def get_unique_error_message(self, unique_check: Any) -> str:
        return _("Two rows say the same. Remove one.")


class LimitFormSet(RowFormSet):
    """Dollar limits: a larger household may earn at least as much."""

    def clean(self) -> None:
        super().clean()
        rows = sorted(
            (form.cleaned_data["household_size"], form.cleaned_data["dollars"], index)
            for index, form in enumerate(self.forms)
            if not self._should_delete_form(form)
            and {"household_size", "dollars"} <= form.cleaned_data.keys()
        )
        for smaller, larger in pairwise(rows):
            if larger[0] > smaller[0] and larger[1] < smaller[1]:
                self.forms[larger[2]].add_error(
                    "dollars", _("That is less than the limit for %d people.") % smaller[0]
                )

    def get_unique_error_message(self, unique_check: Any) -> str:
        return _("There are two rows for the same number of people. Remove one.")


class PartInline:
    """An inline that follows its entry: who may change the entry may change its rows."""

    extra = 0
    formset: Any = PartFormSet
    # The fields by which a row that was made anew is known again.
    row_key: tuple[str, ...]
    admin_site: admin.AdminSite
    parent_model: type[models.Model]

    def _of_entry(self) -> ModelAdmin:
        return self.admin_site.get_model_admin(self.parent_model)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._of_entry().has_view_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        entry = self._of_entry()
        return (
            entry.has_add_permission(request)
            if obj is None
            else entry.has_change_permission(request, obj)
        )

    has_add_permission = has_change_permission
    has_delete_permission = has_change_permission


class BegunInline(PartInline):
    """An inline whose entry, where it is new, begins with a row to fill in: most have one."""

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 0 if obj else 1


class NameInline(BegunInline, TabularInline):
    row_key = ("name",)
    model = OrganisationName
    form = PartForm
    fields = ("name", "sort", "position")
    verbose_name = gettext_lazy("name")
    verbose_name_plural = gettext_lazy("Former names, abbreviations, other names")


class PhoneInline(PartInline, StackedInline):
    row_key = ("number",)
    form = PhoneForm
    fields = (
        ("number", "extension", "is_tty"),
        ("purpose", "note"),
        ("hours", "time_zone", "position"),
        "languages",
    )


class OrganisationPhoneInline(BegunInline, PhoneInline):
    model = OrganisationPhone


class ResourcePhoneInline(PhoneInline):
    model = ResourcePhone
    verbose_name_plural = gettext_lazy("Phones of its own (its organization's are shown as well)")


class SourceInline(BegunInline, TabularInline):
    row_key = ("url",)
    form = SourceForm
    fields = ("url", "page_date", "says", "position")
    verbose_name_plural = gettext_lazy("Sources: where this comes from (at least one, to publish)")


class OrganisationSourceInline(SourceInline):
    model = OrganisationSource


class ResourceSourceInline(SourceInline):
    model = ResourceSource


class AlikeInline(PartInline, TabularInline):
    """Rows of a resource that a new one takes over from one that it is like."""

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        like = None if obj else alike.asked_for(request)
        return len(alike.rows_from(like, self.model)) if like else 0


class CountyInline(AlikeInline):
    row_key = ("state", "county")
    model = AreaPart
    form = PartForm
    fields = ("state", "county", "position")
    verbose_name_plural = gettext_lazy("Counties, where it is narrower than its states")

    def get_queryset(self, request: HttpRequest) -> Any:
        """With their states, by which each row names itself."""
        return super().get_queryset(request).select_related("state")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The states, asked for once rather than once a row, without buttons to change them."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "state" and field is not None:
            states = [(state.pk, state.name) for state in State.objects.order_by("name")]
            field.widget = forms.Select()
            field.choices = [("", "---------"), *states]  # type: ignore[attr-defined]
        return field


class LimitInline(AlikeInline):
    row_key = ("household_size",)
    model = DollarLimit
    form = RowForm
    formset = LimitFormSet
    fields = ("household_size", "dollars")
    verbose_name_plural = gettext_lazy("Dollar limits by household size")
