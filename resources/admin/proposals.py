"""Proposals at the desk: what editors would change in public entries, and what becomes of it."""

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

from resources import proposals
from resources.admin import difference, history
from resources.admin.difference import Difference
from resources.admin.saving import curator_of
from resources.admin.shared import change_url, typed
from resources.models import Curator, Entry, Organisation, Proposal
from resources.proposals import CannotDecide, ProposedField
from resources.publishing import CannotPublish, ChangedMeanwhile

A_PAGE = 50
MOST_OF_MINE = 20

State = Proposal.State


@dataclass(frozen=True, slots=True)
class Row:
    """A proposal in a list: what it is of, and which fields it changes, in words."""

    proposal: Proposal
    entry: Entry
    labels: Sequence[str]


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a proposal, with what differs from today, and what others changed since."""

    name: str
    label: str
    differences: Sequence[Difference]
    since: Sequence[Difference]
    is_disputed: bool
    is_there: bool


def may_publish(request: HttpRequest, entry: Entry) -> bool:
    """Whether this curator decides on proposals for this entry."""
    return request.user.has_perm(f"resources.publish_{entry.KIND}")


def list_view(request: HttpRequest, each_context: dict[str, Any]) -> HttpResponse:
    """What waits for a publisher; below it, the curator's own and what became of them."""
    me = curator_of(request)
    waiting = _with_entries(Proposal.objects.waiting())
    if not me.has_perm("resources.publish_resource"):
        waiting = waiting.filter(by=me)
    page = Paginator(waiting, A_PAGE).get_page(request.GET.get("p", "1"))
    mine = _with_entries(Proposal.objects.filter(by=me).exclude(state=State.WAITING))
    context = {
        **each_context,
        "title": _("Proposals"),
        "page": page,
        "rows": [_row(each) for each in page],
        "mine": [_row(each) for each in mine.order_by("-decided_at", "-pk")[:MOST_OF_MINE]],
    }
    return TemplateResponse(request, "admin/proposals/list.html", context)


def _with_entries(rows: Any) -> Any:
    return rows.select_related("organisation", "resource__organisation", "decided_by")


def _row(proposal: Proposal) -> Row:
    entry = proposal.entry
    return Row(proposal, entry, difference.labels_of(type(entry), proposal.changes))


def review_view(request: HttpRequest, pk: int, each_context: dict[str, Any]) -> HttpResponse:
    """One proposal beside what is public, and what to do with it."""
    proposal = get_object_or_404(_with_entries(Proposal.objects.all()), pk=pk)
    entry, me = proposal.entry, curator_of(request)
    is_mine, decides = proposal.by_id == me.pk, may_publish(request, entry)
    if not (is_mine or decides or me.has_perm(f"resources.view_{entry.KIND}")):
        raise PermissionDenied
    if request.method == "POST":
        if not (is_mine if request.POST.get("deed") == "take_back" else decides):
            raise PermissionDenied
        answer = _decided(request, proposal, me)
        if answer is not None:
            return answer
        entry.refresh_from_db()
        proposal.refresh_from_db()
    changes = [_change(type(entry), field) for field in proposals.fields_of(proposal)]
    ticked = set(request.POST.getlist("field")) if request.method == "POST" else None
    context = {
        **each_context,
        "title": _("Proposal: %s") % entry,
        "proposal": proposal,
        "entry": entry,
        "heir": entry.successor if isinstance(entry, Organisation) else None,
        "merged_url": change_url(entry.merged_into) if entry.merged_into else "",
        "changes": changes,
        "ticked": ticked
        if ticked is not None
        else {change.name for change in changes if not change.is_disputed},
        "change_url": change_url(entry),
        "decides": decides and proposal.is_waiting,
        "is_mine": is_mine,
        "typed_answer": request.POST.get("answer", ""),
        "longest_note": Proposal.LONGEST_NOTE,
    }
    return TemplateResponse(request, "admin/proposals/review.html", context)


def _change(model: type[Entry], field: ProposedField) -> Change:
    def between(old: Any, new: Any) -> list[Difference]:
        return difference.between(model, {field.field: old}, {field.field: new})

    return Change(
        name=field.field,
        label=difference.label_of(model, field.field),
        differences=between(field.now, field.proposed),
        since=between(field.was, field.now) if field.is_disputed else [],
        is_disputed=field.is_disputed,
        is_there=field.is_there,
    )


def _decided(request: HttpRequest, proposal: Proposal, me: Curator) -> HttpResponse | None:
    """Do what a button says; None where a message says why it was not done."""
    deed = request.POST.get("deed", "")
    note = typed(request, "answer", Proposal.LONGEST_NOTE)
    try:
        if deed == "publish":
            _publish(request, proposal, me, note)
            told = _("“%s” is changed and public.") % proposal.entry
        elif deed == "send_back":
            proposals.send_back(proposal, by=me, answer=note, seal=request.POST.get("seal", ""))
            told = _("It is sent back to %s.") % proposal.by_name
        elif deed == "take_back":
            proposals.take_back(proposal, by=me)
            told = _("It is taken back.")
        else:
            raise CannotDecide(_("Choose what to do with it."))
    except ChangedMeanwhile:
        messages.error(
            request,
            _("Somebody saved this entry meanwhile. Look at the changes again, then decide."),
        )
        return None
    except CannotPublish as refusal:
        for problem in refusal.problems:
            messages.error(request, problem)
        return None
    except ValidationError as refusal:
        for problem in refusal.messages:
            messages.error(request, problem)
        return None
    except CannotDecide as refusal:
        messages.error(request, str(refusal))
        return None
    messages.success(request, told)
    return HttpResponseRedirect(reverse("admin:proposals"))


def _publish(request: HttpRequest, proposal: Proposal, me: Curator, note: str) -> None:
    proposals.publish(
        proposal,
        request.POST.getlist("field"),
        by=me,
        version=history.version_in(request.POST.get("seen_version", "")),
        seal=request.POST.get("seal", ""),
        note=note,
    )
