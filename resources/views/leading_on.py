"""Where an address that names no public entry leads: to its new address, onwards, or nowhere."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from resources.models import Entry, FormerSlug, Organisation, PublicationState, Recorded


def lead_on(
    request: HttpRequest, model: type[Recorded], slug: str, *, page: str = ""
) -> HttpResponse:
    """The answer to an address under which nothing public stands.

    A former slug redirects for good, with language and query kept, and so does one of an entry that
    was merged into another; a withdrawn entry says that it is listed no longer and leads on.
    `page`: the name of the page of it that was asked for, if not its own. Raises `Http404` for
    drafts and for what never was.
    """
    entry = entry_at(model, slug)
    state = entry.publication_state if isinstance(entry, Entry) else PublicationState.PUBLISHED
    if entry is None or state == PublicationState.DRAFT:
        raise Http404(slug)
    if state == PublicationState.WITHDRAWN:
        return _withdrawn(request, entry)
    address, query = reverse(page or model.KIND, args=[entry.slug]), request.GET.urlencode()
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)


def entry_at(model: type[Recorded], slug: str) -> Recorded | None:
    """Whatever is, was, or goes on for what was under an address, public or not."""
    entry = _known(model, slug)
    merged = entry.merged_into if isinstance(entry, Entry) else None
    return merged or entry


def _known(model: type[Recorded], slug: str) -> Recorded | None:
    """The entry or term that has, or once had, this slug."""
    entry = model._default_manager.filter(slug=slug).first()
    if entry is not None:
        return entry
    former = FormerSlug.objects.filter(kind=model.KIND, slug=slug).first()
    if former is None:
        return None
    return model._default_manager.filter(public_id=former.public_id).first()


def _withdrawn(request: HttpRequest, entry: Recorded) -> HttpResponse:
    """The page of what is listed no longer; it names whom to ask instead, where that is public."""
    heir: Organisation | None = getattr(entry, "organisation", None) or getattr(
        entry, "successor", None
    )
    context = {"organisation": heir if heir is not None and heir.is_published else None}
    return render(request, "resources/withdrawn.html", context, status=410)
