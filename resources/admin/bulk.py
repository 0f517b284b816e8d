"""One field of many entries, changed as one: chosen in a list, seen beforehand, undone as one."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from resources import documents, edits
from resources.admin import difference
from resources.admin.difference import Difference
from resources.admin.saving import curator_of
from resources.admin.shared import typed
from resources.documents import Document
from resources.edits import CannotEdit, Edit, Obstacle
from resources.models import Batch, Entry, Recorded

ACTION = "change_chosen"
# As many as one request changes while somebody waits.
MOST = 2000
# So many are shown before they are changed; of more, how many there are.
SHOWN = 100

# What is said of one entry alone, or has a form of its own.
NOT_IN_BULK = frozenset(
    {
        *("name", "slug", "summary", "organisation", "part_of", "successor", "status"),
        *("status_since", "status_note", "website", "email", "makers", "seen_version"),
        *("history_note", "fund_status", "fund_status_seen_on", "lifecycle_since"),
    }
)


class Deed:
    """What is done to a list of words: each entry keeps its others, or has these alone."""

    ADD, REMOVE, REPLACE = "add", "remove", "replace"
    CHOICES = (
        (ADD, gettext_lazy("Add these")),
        (REMOVE, gettext_lazy("Take these away")),
        (REPLACE, gettext_lazy("Have these alone")),
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """One entry of the preview, and what would change in it."""

    entry: Recorded
    differences: Sequence[Difference]


def fields_of(model_admin: Any, request: HttpRequest) -> dict[str, forms.Field]:
    """The fields that may be changed in many at once, as the entry's form has them."""
    columns = {field.name for field in model_admin.model._meta.get_fields()}
    fields = model_admin.get_form(request).base_fields
    return {
        name: field for name, field in fields.items() if name not in NOT_IN_BULK and name in columns
    }


def value_form(model_admin: Any, name: str, field: forms.Field, data: Any) -> forms.Form:
    """A form that asks for the new value of one field; `deed` as well, for a list of words."""
    asked: dict[str, Any] = {name: _plain(field)}
    if _is_many(model_admin.model, name):
        asked = {
            "deed": forms.ChoiceField(
                label=gettext_lazy("What to do"), choices=Deed.CHOICES, initial=Deed.ADD
            ),
            **asked,
        }
    form_class: Any = type("ValueForm", (forms.Form,), asked)
    form: forms.Form = form_class(data)
    return form


def _plain(field: forms.Field) -> forms.Field:
    """The field with a box that works without scripts and knows of no entry."""
    plain = copy.deepcopy(field)
    if isinstance(plain, forms.ModelMultipleChoiceField):
        plain.widget = forms.SelectMultiple(attrs={"size": 12})
        plain.widget.choices = plain.choices
    elif isinstance(plain, forms.ModelChoiceField):
        plain.widget = forms.Select()
        plain.widget.choices = plain.choices
    return plain


def _is_many(model: Any, name: str) -> bool:
    return bool(model._meta.get_field(name).many_to_many)


def changes_of(model: Any, entry: Entry, said: Document, name: str, form: forms.Form) -> Document:
    """What would change in an entry that says `said`."""
    value = documents.as_stated(model, name, form.cleaned_data[name])
    if not _is_many(model, name):
        return {name: value}
    before, these = set(said[name]), set(value)
    match form.cleaned_data["deed"]:
        case Deed.ADD:
            after = before | these
        case Deed.REMOVE:
            after = before - these
        case _:
            after = these
    return {name: sorted(after)}


@admin.action(description=gettext_lazy("Change one field of these"), permissions=["publish"])
def change_chosen(
    model_admin: Any, request: HttpRequest, queryset: QuerySet[Any]
) -> HttpResponse | None:
    """Ask for the field, for its new value, show what would change, change it."""
    entries = list(queryset.order_by("pk")[: MOST + 1])
    if len(entries) > MOST:
        told = _("That is more than %d at once. Narrow the list first.") % MOST
        model_admin.message_user(request, told, messages.ERROR)
        return None
    fields = fields_of(model_admin, request)
    name = request.POST.get("field", "")
    step = request.POST.get("step", "")
    form = None
    if name in fields:
        is_filled = step in ("preview", "change")
        form = value_form(model_admin, name, fields[name], request.POST if is_filled else None)
    if form is None or not form.is_bound or not form.is_valid():
        return _page(model_admin, request, entries, fields, name=name, form=form)
    edited = _edits(model_admin.model, entries, name, form)
    obstacles: Sequence[Obstacle] = []
    if step == "change":
        if request.POST.get("seen") == _seal(edited):
            try:
                return _changed(model_admin, request, edited, fields[name], form, name)
            except CannotEdit as refusal:
                obstacles = refusal.obstacles
        else:
            told = _("Some of these were changed meanwhile. Look again, then change them.")
            model_admin.message_user(request, told, messages.WARNING)
    return _page(
        model_admin,
        request,
        entries,
        fields,
        name=name,
        form=form,
        edited=edited,
        obstacles=obstacles,
    )


def _edits(model: Any, entries: Sequence[Entry], name: str, form: forms.Form) -> list[Edit]:
    """The edits of those entries that would say something else."""
    said = documents.read_many(model, [entry.pk for entry in entries])
    found = [
        Edit(entry, changes_of(model, entry, said[entry.pk], name, form), entry.version)
        for entry in entries
    ]
    return [edit for edit in found if edit.changes[name] != said[edit.entry.pk][name]]


def _seal(edited: Iterable[Edit]) -> str:
    """What was looked at: the same for the same entries at the same versions."""
    rows = "".join(f"{edit.entry.pk}:{edit.version}:{edit.changes};" for edit in edited)
    return hashlib.sha256(rows.encode()).hexdigest()


def _changed(
    model_admin: Any,
    request: HttpRequest,
    edited: Sequence[Edit],
    field: forms.Field,
    form: forms.Form,
    name: str,
) -> HttpResponse:
    if emptied := _emptied(model_admin.model, edited, name, field):
        raise CannotEdit(emptied)
    batch = edits.apply(
        edited,
        by=curator_of(request),
        kind=Batch.Kind.BULK,
        about=typed(request, "note", Batch.LONGEST_ABOUT)
        or _("%(field)s changed in bulk") % {"field": _label(model_admin.model, name)},
    )
    told = ngettext(
        "%(count)d entry is changed. You can undo it here.",
        "%(count)d entries are changed. You can undo it here, as one.",
        batch.entries,
    )
    model_admin.message_user(request, told % {"count": batch.entries}, messages.SUCCESS)
    return HttpResponseRedirect(reverse("admin:batch", args=[batch.pk]))


def _emptied(model: Any, edited: Iterable[Edit], name: str, field: forms.Field) -> list[Obstacle]:
    """What must be there is not taken away from anybody."""
    if not (field.required and _is_many(model, name)):
        return []
    told = _("It would have none left.")
    return [Obstacle(edit.entry, [told]) for edit in edited if not edit.changes[name]]


def _label(model: Any, name: str) -> str:
    return difference.label_of(model, name)


def _page(
    model_admin: Any,
    request: HttpRequest,
    entries: Sequence[Entry],
    fields: dict[str, forms.Field],
    *,
    name: str,
    form: forms.Form | None,
    edited: Sequence[Edit] | None = None,
    obstacles: Sequence[Obstacle] = (),
) -> TemplateResponse:
    model = model_admin.model
    shown: list[Shown] = []
    if edited is not None:
        some = edited[:SHOWN]
        said = documents.read_many(model, [edit.entry.pk for edit in some])
        shown = [
            Shown(
                edit.entry,
                difference.between(model, {name: said[edit.entry.pk][name]}, edit.changes),
            )
            for edit in some
        ]
    is_across = request.POST.get("select_across") == "1"
    context = {
        **model_admin.desk_context(request, None, _("Change one field of many")),
        "count": len(entries),
        "chosen": [entries[0].pk] if is_across and entries else [entry.pk for entry in entries],
        "select_across": "1" if is_across else "0",
        "action": ACTION,
        "action_checkbox_name": ACTION_CHECKBOX_NAME,
        "fields": sorted((_label(model, each), each) for each in fields),
        "name": name if name in fields else "",
        "label": _label(model, name) if name in fields else "",
        "form": form,
        "edited": edited,
        "shown": shown,
        "more": len(edited) - len(shown) if edited else 0,
        "unchanged": len(entries) - len(edited) if edited is not None else 0,
        "seen": _seal(edited) if edited is not None else "",
        "obstacles": obstacles,
        "note": request.POST.get("note", ""),
        "longest_note": Batch.LONGEST_ABOUT,
        "list_url": request.get_full_path(),
    }
    return TemplateResponse(request, "admin/batches/change.html", context)
