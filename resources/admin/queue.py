"""What needs checking: the list, and the page on which one entry is checked.

A check takes two steps: open a source, say that all is as it stands. The next entry follows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from resources import documents, trust
from resources.admin import difference
from resources.admin.difference import Difference
from resources.admin.saving import curator_of
from resources.admin.shared import change_url
from resources.models import (
    Check,
    Curator,
    Entry,
    Organisation,
    Report,
    Resource,
    ResourceSource,
    Review,
    StatusSighting,
    StatusWords,
    Tier,
)
from resources.trust import CannotRecord, doubts, due
from resources.trust.absorbed import and_absorbed
from resources.trust.named import pages_of

A_PAGE = 25
MOST_SNOOZED = 365  # days
MOST_CITING = 500

Part = Check.Part

# Which fields belong to which part; what is in none is told with who may get it.
FIELDS: dict[str, frozenset[str]] = {
    Part.CONTACT: frozenset({"phones", "email", "website", "url", "city", "state", "languages"}),
    Part.APPLICATION: frozenset(
        {
            *("how_to_apply", "who_may_apply", "clinic_must_apply", "apply_url", "documents"),
            *("windows", "decision_time", "renewal", "use_by", "costs", "paid_to"),
        }
    ),
    Part.STATUS: frozenset(
        {"fund_status", "fund_status_seen_on", "status_page_url", "lifecycle", "lifecycle_since"}
    ),
}
# What is about the entry as a record, and nothing to compare with a page.
NOT_COMPARED = frozenset(
    {
        "slug",
        "translations",
        "sources",
        "fund_status_days",
        "fund_status_precision",
        "year_of_facts",
    }
)


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of the list, and why it is there."""

    review: Review
    entry: Entry
    reasons: list[str]


@dataclass(frozen=True, slots=True)
class PartToCheck:
    """A part of an entry: what it says, when it was checked last, when it is due."""

    name: str
    label: str
    says: list[Difference]
    last: Check | None
    due_on: dt.date
    is_due: bool


class CheckForm(forms.Form):
    """How something was checked: "page:" with the address that was read, "phone" or "email"."""

    way = forms.CharField(
        max_length=510,
        error_messages={
            "required": gettext_lazy("Open the page that you compare with, or say how you checked.")
        },
    )
    version = forms.IntegerField()
    note = forms.CharField(required=False, max_length=300)

    def __init__(self, data: QueryDict, entry: Entry) -> None:
        super().__init__(data)
        self.entry = entry
        self.how, self.source = "", ""

    def clean_way(self) -> str:
        """The way, told apart into `how` and `source`."""
        way: str = self.cleaned_data["way"]
        self.how, _colon, self.source = way.partition(":")
        if self.how not in Check.How.values or (
            self.source and self.source not in pages_of(self.entry)
        ):
            raise forms.ValidationError(_("Choose one of its pages, or another way."))
        return way

    def clean_version(self) -> int:
        """Refuse what was said of an entry that has changed since."""
        version: int = self.cleaned_data["version"]
        if version != self.entry.version:
            raise forms.ValidationError(
                _("Somebody changed it meanwhile. Look at it again; nothing was recorded.")
            )
        return version


class SnoozeForm(forms.Form):
    """For how long an entry is put off, and why."""

    days = forms.IntegerField(min_value=1, max_value=MOST_SNOOZED)
    why = forms.CharField(max_length=300, error_messages={"required": gettext_lazy("Say why.")})


class OftenForm(forms.Form):
    """How often an entry is looked at: its tier, and days of its own for each part."""

    tier = forms.ChoiceField(label=gettext_lazy("How much people rely on it"), choices=Tier.choices)

    def __init__(self, data: QueryDict | None, review: Review) -> None:
        super().__init__(data, initial={"tier": review.tier})
        self.review = review
        labels, usual = dict(Part.choices), due.intervals()
        for part in review.due:
            self.fields[part] = forms.IntegerField(
                label=_("%(part)s: every so many days") % {"part": str(labels[part]).capitalize()},
                required=False,
                min_value=1,
                max_value=MOST_SNOOZED,
                initial=review.every.get(part),
                widget=forms.NumberInput(attrs={"placeholder": usual[review.tier, part]}),
            )

    def save(self) -> None:
        """Keep it, and let what is due follow."""
        days = {part: self.cleaned_data[part] for part in self.review.due}
        Review.objects.filter(pk=self.review.pk).update(
            tier=self.cleaned_data["tier"], every={part: n for part, n in days.items() if n}
        )
        due.settle_entries([self.review.entry])


def may_check(request: HttpRequest) -> bool:
    """Whether this curator may say for readers that an entry was checked."""
    return request.user.has_perm("resources.publish_resource")


def waiting(request: HttpRequest) -> QuerySet[Review]:
    """Those that are due or doubted, and not put off, the most urgent first.

    Where one's own are asked for: all that are assigned to one, due or not.
    """
    today = timezone.localdate()
    rows = Review.objects.filter(Q(snoozed_until__isnull=True) | Q(snoozed_until__lte=today))
    if request.GET.get("whose") == "mine":
        rows = rows.filter(assigned_to=curator_of(request))
    else:
        rows = rows.filter(Q(due_on__lte=today) | Q(is_doubted=True))
    return rows.order_by("-score", "pk")


def queue_view(request: HttpRequest, each_context: dict[str, Any]) -> HttpResponse:
    """The list of what needs checking."""
    today = timezone.localdate()
    # The keys first: joined with their entries, all rows before a late page are read as well.
    shown = Paginator(waiting(request).values_list("pk", flat=True), A_PAGE).get_page(
        request.GET.get("p", "1")
    )
    whole = Review.objects.select_related("organisation", "resource__organisation", "assigned_to")
    reviews = whole.in_bulk(list(shown))
    context = {
        **each_context,
        "title": _("What needs checking"),
        "page": shown,
        "rows": [
            Row(row, row.entry, due.reasons(row, today))
            for row in (reviews[pk] for pk in shown if pk in reviews)
        ],
        "is_mine": request.GET.get("whose") == "mine",
        "may_check": may_check(request),
        "snoozed": Review.objects.filter(snoozed_until__gt=today).count(),
    }
    return TemplateResponse(request, "admin/queue/list.html", context)


def check_view(request: HttpRequest, pk: int, each_context: dict[str, Any]) -> HttpResponse:
    """The page on which an entry is compared with its sources, and what was found is recorded."""
    review = Review.objects.select_related("organisation", "resource").filter(pk=pk).first()
    if review is None:
        raise Http404
    if request.method == "POST":
        if not may_check(request):
            raise PermissionDenied
        answer = _record(request, review)
        if answer is not None:
            return answer
    today = timezone.localdate()
    entry = review.entry
    context = {
        **each_context,
        "title": _("Check: %s") % entry,
        "review": review,
        "entry": entry,
        "parts": parts_to_check(review, entry, today),
        "pages": pages_of(entry),
        "statuses": StatusSighting.Status.choices if "status" in review.due else [],
        "other_ways": [way for way in Check.How.choices if way[0] != Check.How.PAGE],
        "reasons": due.reasons(review, today),
        "doubts": [doubt for doubt in doubts.of_data(review.doubts) if doubt.words],
        "reports": list(Report.objects.waiting().about(entry)),
        "change_url": change_url(entry),
        "sent": request.POST,
        "may_check": may_check(request),
        "often": OftenForm(request.POST if request.POST.get("deed") == "often" else None, review),
        "words_url": words_url(watched_page(entry)) if watched_page(entry) else "",
        "next": next_after(request, review),
    }
    return TemplateResponse(request, "admin/queue/check.html", context)


def watched_page(entry: Entry) -> str:
    """The page that is read for whether a fund is open; "" where there is none."""
    return entry.status_page_url if isinstance(entry, Resource) else ""


def words_url(page: str) -> str:
    """The form in which the words of a status page are set."""
    row = StatusWords.objects.filter(url=page).first()
    if row is not None:
        return reverse("admin:resources_statuswords_change", args=[row.pk])
    return f"{reverse('admin:resources_statuswords_add')}?{urlencode({'url': page})}"


def parts_to_check(review: Review, entry: Entry, today: dt.date) -> list[PartToCheck]:
    """The parts of an entry, the first due first, with what it says in each."""
    says = difference.stated(type(entry), documents.read(entry))
    of_entry = Check.objects.standing().filter(**{f"{entry.KIND}__in": and_absorbed(entry)})
    checks = list(of_entry.order_by("-on", "-pk"))
    labels = dict(Part.choices)
    found = [
        PartToCheck(
            name=part,
            label=str(labels[part]),
            says=[each for each in says if part_of(each.field, review.due) == part],
            last=next((row for row in checks if row.part in (part, Part.WHOLE)), None),
            due_on=dt.date.fromisoformat(day),
            is_due=dt.date.fromisoformat(day) <= today,
        )
        for part, day in review.due.items()
    ]
    return sorted(found, key=lambda part: part.due_on)


def part_of(field: str, parts: Sequence[str] | dict[str, Any]) -> str:
    """The part that a field of an entry is checked with; "" for what is not compared."""
    if field in NOT_COMPARED:
        return ""
    for part, fields in FIELDS.items():
        if field in fields and part in parts:
            return part
    return Part.ELIGIBILITY if Part.ELIGIBILITY in parts else Part.CONTACT


def next_after(request: HttpRequest, review: Review) -> Review | None:
    """The entry that is looked at next: the one after it in the list, at its end the first."""
    others = waiting(request).exclude(pk=review.pk)
    after = Q(score__lt=review.score) | Q(score=review.score, pk__gt=review.pk)
    return others.filter(after).first() or others.first()


def _record(request: HttpRequest, review: Review) -> HttpResponse | None:
    """Do what a button says, and go on to the next entry; None where a sentence says why not."""
    deed = request.POST.get("deed", "")
    by = curator_of(request)
    try:
        if deed == "mine":
            Review.objects.filter(pk=review.pk).update(assigned_to=by)
            return HttpResponseRedirect(request.get_full_path())
        if deed == "often":
            return _set_how_often(request, review)
        is_snooze = deed == "snooze"
        done = _snooze(request, review) if is_snooze else _check(request, review, deed, by)
    except CannotRecord as refusal:
        messages.error(request, str(refusal))
        return None
    if not done:
        return None
    messages.success(request, done)
    following = next_after(request, review)
    if following is None:
        return HttpResponseRedirect(reverse("admin:queue"))
    return HttpResponseRedirect(_kept(request, reverse("admin:check", args=[following.pk])))


def _kept(request: HttpRequest, address: str) -> str:
    query = request.GET.urlencode()
    return f"{address}?{query}" if query else address


def _set_how_often(request: HttpRequest, review: Review) -> HttpResponse | None:
    form = OftenForm(request.POST, review)
    if not form.is_valid():
        _tell(request, form)
        return None
    form.save()
    messages.success(request, _("“%s”: how often it is looked at is saved.") % review.entry)
    return HttpResponseRedirect(request.get_full_path())


def _snooze(request: HttpRequest, review: Review) -> str:
    form = SnoozeForm(request.POST)
    if not form.is_valid():
        _tell(request, form)
        return ""
    until = timezone.localdate() + dt.timedelta(days=form.cleaned_data["days"])
    Review.objects.filter(pk=review.pk).update(
        snoozed_until=until, snooze_note=form.cleaned_data["why"]
    )
    return _("“%s” is put off.") % review.entry


def _check(request: HttpRequest, review: Review, deed: str, by: Curator) -> str:
    entry = review.entry
    form = CheckForm(request.POST, entry)
    if not form.is_valid():
        _tell(request, form)
        return ""
    today, note = timezone.localdate(), form.cleaned_data["note"]
    if deed in StatusSighting.Status.values and isinstance(entry, Resource):
        trust.record_sighting(
            by=by, resource=entry, status=deed, seen_on=today, source=form.source, note=note
        )
        return _("“%s”: its status is recorded.") % entry
    parts: list[str] = [Part.WHOLE] if deed == "all" else [deed] if deed in review.due else []
    if not parts:
        raise CannotRecord(_("Choose what you checked."))
    trust.record_check(
        by=by, entries=[entry], on=today, parts=parts, how=form.how, source=form.source, note=note
    )  # fmt: skip
    if deed == "all":
        Review.objects.filter(pk=review.pk).update(assigned_to=None)
    return _("“%s” is recorded as checked today.") % entry


def _tell(request: HttpRequest, form: forms.Form) -> None:
    for errors in form.errors.values():
        for error in errors:
            messages.error(request, str(error))


# --- by source page


def source_view(request: HttpRequest, each_context: dict[str, Any]) -> HttpResponse:
    """Every entry that cites one page, to be checked together and saved once."""
    url = request.GET.get("url", "").replace("\x00", "")
    cites = {"sources__url": url}
    found: list[Entry] = [
        *Organisation.objects.published().filter(**cites).distinct().order_by("name")[:MOST_CITING],
        *Resource.objects.published().filter(**cites).distinct().order_by("name")[:MOST_CITING],
    ]
    if request.method == "POST":
        if not may_check(request):
            raise PermissionDenied
        return _record_by_source(request, url, found)
    context = {
        **each_context,
        "title": _("Check by source page"),
        "url": url,
        "rows": [
            (
                entry,
                _outcome_of(entry),
                isinstance(entry, Resource) and opens(entry),
                change_url(entry),
            )
            for entry in found
        ],
        "outcomes": [
            ("same", _("the same")),
            ("open", _("open")),
            ("closed", _("closed")),
            ("changed", _("changed: open it")),
            ("ended", _("ended: open it")),
        ],
        "cited": [] if url else _most_cited(),
        "may_check": may_check(request),
    }
    return TemplateResponse(request, "admin/queue/source.html", context)


def _most_cited() -> list[dict[str, Any]]:
    rows = ResourceSource.objects.filter(resource__publication_state="published")
    counted = rows.values("url").annotate(entries=Count("resource", distinct=True))
    return list(counted.filter(entries__gt=1).order_by("-entries", "url")[:100])


def opens(entry: Entry) -> bool:
    """Whether it is a fund, which opens and closes."""
    fund_status = getattr(entry, "fund_status", Resource.FundStatus.NOT_APPLICABLE)
    return bool(fund_status != Resource.FundStatus.NOT_APPLICABLE)


def _outcome_of(entry: Entry) -> str:
    """The name under which a form says what a page says of this entry."""
    return f"outcome-{entry.KIND}-{entry.pk}"


@transaction.atomic
def _record_by_source(request: HttpRequest, url: str, entries: Sequence[Entry]) -> HttpResponse:
    by, today = curator_of(request), timezone.localdate()
    if not url:
        raise Http404
    said = {one: request.POST.get(_outcome_of(one), "") for one in entries}
    same = [one for one, outcome in said.items() if outcome in ("same", "open", "closed")]
    to_open = [one for one, outcome in said.items() if outcome in ("changed", "ended")]
    for one, outcome in said.items():
        if outcome in ("open", "closed") and isinstance(one, Resource):
            trust.record_sighting(by=by, resource=one, status=outcome, seen_on=today, source=url)
    if same:
        trust.record_check(by=by, entries=same, on=today, how=Check.How.PAGE, source=url)
    for one in to_open:
        Review.objects.filter(**{one.KIND: one}).update(assigned_to=by)
    told = ngettext(
        "%(count)d entry is recorded as checked today.",
        "%(count)d entries are recorded as checked today.",
        len(same),
    )
    messages.success(request, told % {"count": len(same)})
    if to_open:
        told = ngettext(
            "%(count)d entry waits under “assigned to me”, to be changed.",
            "%(count)d entries wait under “assigned to me”, to be changed.",
            len(to_open),
        )
        messages.warning(request, told % {"count": len(to_open)})
    return HttpResponseRedirect(reverse("admin:queue") + ("?whose=mine" if to_open else ""))
