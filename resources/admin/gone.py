"""What somebody is told who saves an entry that was withdrawn while they wrote."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from resources.admin.shared import change_url
from resources.models import Entry


def refused(
    request: HttpRequest, entry: Entry, form: Any, desk_context: dict[str, Any]
) -> HttpResponse:
    """A page that says that nothing is saved, where the entry went, and what they had typed."""
    context = {
        **desk_context,
        "heir": entry.merged_into,
        "heir_url": change_url(entry.merged_into) if entry.merged_into else "",
        "typed": _typed(form),
    }
    return TemplateResponse(request, "admin/recorded/gone.html", context, status=403)


def _typed(form: Any) -> list[tuple[str, str]]:
    """The texts that were changed in a form, each with its label; choices are made again soon."""
    changed = [form[name] for name in form.changed_data]
    return [
        (str(each.label), each.data)
        for each in changed
        if isinstance(each.field, forms.CharField) and each.data
    ]
