"""What was changed as one, at the desk: the list, one batch entry by entry, undoing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resources import edits
from resources.admin import difference
from resources.admin.saving import curator_of
from resources.admin.shared import may_publish_all, sentences
from resources.edits import CannotEdit, Undone
from resources.models import Batch, Publication

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """What a batch did to one entry."""

    publication: Publication
    name: str
    labels: Sequence[str]
    history_url: str


def list_view(request: HttpRequest, each_context: dict[str, Any]) -> HttpResponse:
    """The batches, the newest first."""
    rows = Batch.objects.select_related("undone_by", "undoes")
    context = {
        **each_context,
        "title": _("Changed as one"),
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("p", "1")),
    }
    return TemplateResponse(request, "admin/batches/list.html", context)


def batch_view(request: HttpRequest, pk: int, each_context: dict[str, Any]) -> HttpResponse:
    """One batch, entry by entry, with a button that undoes it."""
    batch = get_object_or_404(Batch.objects.select_related("undone_by", "undoes"), pk=pk)
    if request.method == "POST":
        if not may_publish_all(request):
            raise PermissionDenied
        return _undone(request, batch)
    rows = batch.publications.defer("document").order_by("pk")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("p", "1"))
    context = {
        **each_context,
        "title": str(batch),
        "batch": batch,
        "page": page,
        "rows": _rows(page),
        "undone_by": getattr(batch, "undone_by", None),
        "may_undo": may_publish_all(request) and not hasattr(batch, "undone_by"),
    }
    return TemplateResponse(request, "admin/batches/batch.html", context)


def _rows(publications: Any) -> list[Row]:
    found = edits.changed_things(publications)
    return [
        Row(
            row,
            str(found[row.public_id]),
            difference.labels_of(type(found[row.public_id]), row.fields),
            reverse(f"admin:resources_{row.kind}_history", args=[found[row.public_id].pk])
            + f"?old={row.version - 1}&new={row.version}",
        )
        for row in publications
        if row.public_id in found
    ]


def _undone(request: HttpRequest, batch: Batch) -> HttpResponse:
    here = HttpResponseRedirect(reverse("admin:batch", args=[batch.pk]))
    try:
        undone = edits.undo(batch, by=curator_of(request))
    except CannotEdit as refusal:
        for sentence in sentences(refusal.obstacles):
            messages.error(request, sentence)
        return here
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return here
    _tell(request, undone)
    return HttpResponseRedirect(reverse("admin:batch", args=[undone.batch.pk]))


def _tell(request: HttpRequest, undone: Undone) -> None:
    count = undone.batch.entries
    sentence = ngettext(
        "%(count)d entry says again what it said before.",
        "%(count)d entries say again what they said before.",
        count,
    )
    messages.success(request, sentence % {"count": count})
    if undone.discarded:
        gone = ngettext(
            "%(count)d draft that it had made is gone.",
            "%(count)d drafts that it had made are gone.",
            undone.discarded,
        )
        messages.success(request, gone % {"count": undone.discarded})
    if undone.left:
        names = ", ".join(str(entry) for entry in undone.left[:20])
        sentence = _("Somebody changed these since, and their changes stay: %s.")
        messages.warning(request, sentence % names)
