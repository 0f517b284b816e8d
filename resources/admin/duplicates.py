"""Entries that may be there twice, at the desk: the list, two side by side, merging them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from resources import documents, duplicates, merging
from resources.admin import difference, history
from resources.admin.saving import curator_of
from resources.admin.shared import KINDS, change_url, may_publish_all, sentences
from resources.duplicates import Reason
from resources.edits import CannotEdit
from resources.merging import Take
from resources.models import Entry, LikelyPair

A_PAGE = 50

REASONS = {
    Reason.NAME: gettext_lazy("like names"),
    Reason.PHONE: gettext_lazy("a phone number"),
    Reason.WEBSITE: gettext_lazy("a website"),
    Reason.PLACE: gettext_lazy("the place"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A likely pair in the list, and what the two share, in words."""

    pair: LikelyPair
    reasons: Sequence[str]
    url: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A field in which two entries differ, each value for a reader, and whose is chosen."""

    field: str
    label: str
    kept: SafeString
    other: SafeString
    may_have_both: bool
    chosen: str

    @property
    def input_name(self) -> str:
        return f"take-{self.field}"


def merge_url(survivor: Entry, other: Entry) -> str:
    """Where two entries stand side by side."""
    return reverse("admin:merge", args=[survivor.KIND, survivor.pk, other.pk])


def list_view(request: HttpRequest, each_context: dict[str, Any]) -> HttpResponse:
    """The likely pairs that nobody has decided on. By POST: two are not one, or look anew."""
    if request.method == "POST":
        if not may_publish_all(request):
            raise PermissionDenied
        return _decided(request)
    waiting = LikelyPair.objects.filter(told_apart_by=None).select_related(
        *("organisation", "other_organisation"),
        *("resource__organisation", "other_resource__organisation"),
    )
    page = Paginator(waiting, A_PAGE).get_page(request.GET.get("p", "1"))
    context = {
        **each_context,
        "title": _("Entries that may be there twice"),
        "page": page,
        "rows": [
            Row(
                pair,
                [str(REASONS[Reason(code)]) for code in pair.reasons],
                merge_url(pair.first, pair.second),
            )
            for pair in page
            if pair.first and pair.second
        ],
        "may_merge": may_publish_all(request),
    }
    return TemplateResponse(request, "admin/duplicates/list.html", context)


def _decided(request: HttpRequest) -> HttpResponse:
    deed, _colon, pk = request.POST.get("deed", "").partition(":")
    if deed == "apart":
        pair = get_object_or_404(LikelyPair, pk=history.version_in(pk))
        duplicates.tell_apart(pair, by=curator_of(request))
        messages.success(request, _("They are not one. They will not be proposed again."))
    elif deed == "look":
        count = sum(duplicates.find_all(model) for model in KINDS.values())
        sentence = ngettext("%(count)d pair waits.", "%(count)d pairs wait.", count)
        messages.success(request, sentence % {"count": count})
    else:
        raise Http404
    return HttpResponseRedirect(reverse("admin:duplicates"))


def merge_view(
    request: HttpRequest, kind: str, pk: int, other_pk: int, each_context: dict[str, Any]
) -> HttpResponse:
    """Two entries side by side: what the one that stays takes over, and what goes along."""
    model = KINDS.get(kind)
    if model is None:
        raise Http404
    survivor, other = (get_object_or_404(model, pk=each) for each in (pk, other_pk))
    obstacles: list[str] = []
    if request.method == "POST":
        if not may_publish_all(request):
            raise PermissionDenied
        try:
            return _merged(request, survivor, other)
        except CannotEdit as refusal:
            obstacles = sentences(refusal.obstacles)
            survivor.refresh_from_db()
            other.refresh_from_db()
    context = {
        **each_context,
        "title": _("Merge two entries"),
        "survivor": survivor,
        "other": other,
        "survivor_url": change_url(survivor),
        "other_url": change_url(other),
        "swap_url": merge_url(other, survivor),
        "compared": _compared(request, survivor, other),
        "follows": merging.follows(other),
        "obstacles": obstacles,
        "may_merge": may_publish_all(request),
    }
    return TemplateResponse(request, "admin/duplicates/merge.html", context)


def _compared(request: HttpRequest, survivor: Entry, other: Entry) -> list[Compared]:
    model = type(survivor)

    def shown(name: str, value: Any) -> SafeString:
        rows = difference.between(model, {}, {name: value})
        return format_html_join("", "{}", ((row.after,) for row in rows))

    return [
        Compared(
            field=choice.field,
            label=difference.label_of(model, choice.field),
            kept=shown(choice.field, choice.kept),
            other=shown(choice.field, choice.other),
            may_have_both=choice.may_have_both,
            chosen=request.POST.get(f"take-{choice.field}", choice.proposed),
        )
        for choice in merging.choices(survivor, other)
    ]


def _merged(request: HttpRequest, survivor: Entry, other: Entry) -> HttpResponse:
    takes = {
        name: request.POST[f"take-{name}"]
        for name in documents.read(survivor)
        if request.POST.get(f"take-{name}") in list(Take)
    }
    seen = [history.version_in(request.POST.get(name, "")) for name in ("version", "other_version")]
    batch = merging.merge(
        survivor,
        other,
        takes,
        versions=(seen[0], seen[1]),
        by=curator_of(request),
    )
    LikelyPair.objects.filter(
        **{f"{column}__in": [survivor.pk, other.pk] for column in LikelyPair.columns(type(other))}
    ).filter(told_apart_by=None).delete()
    sentence = _("They are one now. You can undo it here.")
    messages.success(request, sentence)
    return HttpResponseRedirect(reverse("admin:batch", args=[batch.pk]))


def like_view(request: HttpRequest, kind: str, each_context: dict[str, Any]) -> HttpResponse:
    """What there is already under a name like the one that somebody is typing: a fragment."""
    model = KINDS.get(kind)
    if model is None:
        raise Http404
    apart_from = max(0, history.version_in(request.GET.get("except", "")))
    found = duplicates.like(model, request.GET.get("name", ""), apart_from=apart_from)
    context = {"found": [(entry, change_url(entry)) for entry in found]}
    return TemplateResponse(request, "admin/duplicates/_like.html", context)
