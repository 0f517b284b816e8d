"""What is done to several entries at once: asked back first, then done whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from resources import publishing, trust
from resources.admin.clashing import LONGEST_NOTE
from resources.admin.saving import curator_of
from resources.admin.shared import typed
from resources.models import Entry, PublicationState
from resources.publishing import CannotPublish

# As many as one request can do while somebody waits.
MOST = 500
# More than this nobody compares with their sources at one sitting.
MOST_CHECKED = 50


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing to do to entries: how it is asked, what it needs, and how it is told."""

    name: str
    title: str | Promise
    question: str | Promise
    button: str | Promise
    note_label: str | Promise
    shows_sources: bool
    do: Callable[[HttpRequest, Sequence[Any], str], Any]
    done: Callable[[int], str]
    most: int = MOST


def _publish(request: HttpRequest, entries: Sequence[Any], note: str) -> None:
    publishing.publish(by=curator_of(request), entries=entries, note=note)


def _withdraw(request: HttpRequest, entries: Sequence[Any], note: str) -> None:
    never_public = [entry for entry in entries if entry.publication_state == PublicationState.DRAFT]
    if never_public:
        raise CannotPublish(
            [_("“%s” is a draft: there is nothing to withdraw.") % entry for entry in never_public]
        )
    publishing.withdraw(by=curator_of(request), entries=entries, reason=note)


def _check(request: HttpRequest, entries: Sequence[Any], note: str) -> None:
    hidden = [entry for entry in entries if not entry.is_published]
    if hidden:
        raise CannotPublish(
            [_("“%s” is not published. Publish it first.") % entry for entry in hidden]
        )
    trust.record_check(by=curator_of(request), entries=entries, on=timezone.localdate())


PUBLISH = Deed(
    name="publish_chosen",
    title=gettext_lazy("Publish"),
    question=gettext_lazy("Everybody can read these from now on."),
    button=gettext_lazy("Publish"),
    note_label=gettext_lazy("A word for the history (optional)"),
    shows_sources=False,
    do=_publish,
    done=lambda n: ngettext("%d entry is public.", "%d entries are public.", n) % n,
)
WITHDRAW = Deed(
    name="withdraw_chosen",
    title=gettext_lazy("Withdraw"),
    question=gettext_lazy("Nobody but curators sees these from now on. Their history stays."),
    button=gettext_lazy("Withdraw"),
    note_label=gettext_lazy("Why? (for the history)"),
    shows_sources=False,
    do=_withdraw,
    done=lambda n: ngettext("%d entry is withdrawn.", "%d entries are withdrawn.", n) % n,
)
CHECK = Deed(
    name="check_chosen",
    title=gettext_lazy("I checked these against their source today"),
    question=gettext_lazy(
        "Readers will see that a person compared these with their sources today. "
        "Only say so if you did."
    ),
    button=gettext_lazy("Yes, I compared each of them today"),
    note_label="",
    shows_sources=True,
    do=_check,
    done=lambda n: (
        ngettext(
            "%d entry is marked as checked today.", "%d entries are marked as checked today.", n
        )
        % n
    ),
    most=MOST_CHECKED,
)


def attempted(deed: Deed, request: HttpRequest, entries: Sequence[Entry]) -> list[str]:
    """Do it to all of them, or to none. Returns the obstacles, a sentence each."""
    try:
        deed.do(request, entries, typed(request, "note", LONGEST_NOTE))
    except CannotPublish as refusal:
        return refusal.problems
    return []


def _of_list(deed: Deed) -> Any:
    """The deed as an action of a list."""

    @admin.action(description=deed.title, permissions=["publish"])  # type: ignore[arg-type]
    def act(model_admin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        entries = list(queryset.prefetch_related("sources")[: deed.most + 1])
        if len(entries) > deed.most:
            too_many = _("That is more than %d at once. Narrow the list first.") % deed.most
            model_admin.message_user(request, too_many, messages.ERROR)
            return None
        problems: list[str] = []
        if "confirmed" in request.POST:
            problems = attempted(deed, request, entries)
            if not problems:
                model_admin.message_user(request, deed.done(len(entries)), messages.SUCCESS)
                return None
        return asked(model_admin, request, deed, entries, problems=problems)

    act.__name__ = deed.name
    return act


publish_chosen, withdraw_chosen, check_chosen = (
    _of_list(deed) for deed in (PUBLISH, WITHDRAW, CHECK)
)


def asked(
    model_admin: Any,
    request: HttpRequest,
    deed: Deed,
    entries: Sequence[Entry],
    *,
    problems: Sequence[str],
    original: Entry | None = None,
    further: Sequence[Entry] = (),
    further_label: str = "",
) -> TemplateResponse:
    """The page that asks back. `further` are entries of another kind that may go along."""
    context = {
        **model_admin.desk_context(request, original, str(deed.title)),
        "deed": deed,
        "entries": entries,
        "problems": problems,
        "further": further,
        "further_label": further_label,
        "chosen_further": set(request.POST.getlist("further"))
        if request.method == "POST"
        else None,
        "action_checkbox_name": ACTION_CHECKBOX_NAME,
        "note": request.POST.get("note", ""),
    }
    return TemplateResponse(request, "admin/recorded/deed.html", context)


def deed_view(model_admin: Any, deed: Deed) -> Callable[..., Any]:
    """The deed as a page of one entry; its draft or public resources may go along with it."""

    def view(request: HttpRequest, pk: int) -> Any:
        entry = model_admin.thing_or_404(request, pk)
        if not model_admin.has_publish_permission(request):
            raise PermissionDenied
        further, label = model_admin.further_for(deed, entry)
        problems: list[str] = []
        if request.method == "POST":
            chosen = set(request.POST.getlist("further"))
            entries = [entry, *(each for each in further if str(each.public_id) in chosen)]
            problems = attempted(deed, request, entries)
            if not problems:
                model_admin.message_user(request, deed.done(len(entries)), messages.SUCCESS)
                return model_admin.to_change_page(request, entry)
        return asked(
            model_admin,
            request,
            deed,
            [entry],
            problems=problems,
            original=entry,
            further=further,
            further_label=label,
        )

    return view
