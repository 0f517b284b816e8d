"""What happens to organisations and resources, each with a form of its own.

Renamed, merged, closed, ended, a new number: the form asks for day and source, shows what else
names the entry, and changes all of it as one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resources import documents, edits, ripples
from resources.admin import clashing, difference, history
from resources.admin.clashing import Clashing
from resources.admin.forms import is_taken
from resources.admin.saving import curator_of
from resources.admin.shared import change_url, sentences
from resources.documents import Document
from resources.edits import CannotEdit, Edit
from resources.models import (
    Batch,
    Entry,
    Organisation,
    OrganisationName,
    Resource,
    dialable,
    digest_of,
)
from resources.models.entry import URL_LENGTH
from resources.models.recorded import SLUG_LENGTH
from resources.ripples import Mention, Ripple
from resources.search.clashes import Edited

MOVE, END, WITHDRAW, LEAVE = "move", "end", "withdraw", "leave"
FATES = {
    MOVE: gettext_lazy("goes on there"),
    END: gettext_lazy("has ended"),
    WITHDRAW: gettext_lazy("is withdrawn"),
    LEAVE: gettext_lazy("stays as it is"),
}


class NewsForm(forms.Form):
    """Since when, and where it says so: what every verb asks for."""

    since = forms.DateField(
        label=gettext_lazy("Since"),
        help_text=gettext_lazy("The day, such as 2026-11-27. Left empty: not known."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    source = forms.URLField(
        label=gettext_lazy("The page that says so"),
        assume_scheme="https",
        max_length=URL_LENGTH,
        widget=forms.URLInput(attrs={"class": "vURLField"}),
    )
    note = forms.CharField(
        label=gettext_lazy("What became of it, for readers (optional)"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    def __init__(self, data: Any, entry: Entry) -> None:
        super().__init__(data)
        self.entry = entry

    def clean_since(self) -> dt.date | None:
        """No day to come."""
        since: dt.date | None = self.cleaned_data["since"]
        if since and since > timezone.localdate():
            raise forms.ValidationError(_("That day has not come yet."))
        return since


class RenamedForm(NewsForm):
    """The new name. The old one stays among the others, and its address leads on."""

    name = forms.CharField(
        label=gettext_lazy("New name"),
        max_length=150,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    field_order = ("name", "since", "source", "note")

    def clean_name(self) -> str:
        """Another one than today's."""
        name = " ".join(str(self.cleaned_data["name"]).split())
        if name == str(self.entry):
            raise forms.ValidationError(_("That is its name today. Write the new one."))
        return name


class MergedForm(NewsForm):
    """As whom it goes on."""

    successor = forms.CharField(
        label=gettext_lazy("Goes on as (address name)"),
        help_text=gettext_lazy("The last part of the address of its page, such as cancercare."),
        max_length=SLUG_LENGTH,
        widget=forms.TextInput(attrs={"class": "vTextField", "list": "organisations"}),
    )
    field_order = ("successor", "since", "source", "note")

    def clean_successor(self) -> Organisation:
        """A public organisation, and not this one."""
        slug = str(self.cleaned_data["successor"]).strip().rstrip("/").rpartition("/")[2]
        found = Organisation.objects.published().filter(slug=slug).exclude(pk=self.entry.pk).first()
        if found is None:
            raise forms.ValidationError(_("No other public organization has this address name."))
        return found


class NumberForm(NewsForm):
    """Which of its numbers changed, and the new one."""

    old = forms.ChoiceField(label=gettext_lazy("The number that changed"))
    new = forms.CharField(label=gettext_lazy("The new number"), max_length=40)
    field_order = ("old", "new", "since", "source")

    def __init__(self, data: Any, entry: Entry) -> None:
        super().__init__(data, entry)
        del self.fields["note"]
        numbers = [(phone.dial, phone.number) for phone in entry.phones.all()]  # type: ignore[attr-defined]
        self.fields["old"] = forms.ChoiceField(label=self.fields["old"].label, choices=numbers)

    def clean_new(self) -> str:
        """One that can be dialled."""
        number = str(self.cleaned_data["new"]).strip()
        try:
            dialable(number)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        return number


@dataclass(frozen=True, slots=True)
class Plan:
    """What a verb changes: in the entry itself, and what is proposed of the texts that name it."""

    changes: Document
    ripple: Ripple
    replaced: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing that happens to entries of these kinds; `fates`: what may become of what is its."""

    name: str
    title: str | Promise
    form: type[NewsForm]
    kinds: frozenset[str]
    plan: Callable[[Any, Mapping[str, Any]], Plan]
    fates: tuple[str, ...] = ()


def _with_source(document: Document, url: str, says: str) -> list[Document]:
    row = {"position": len(document["sources"]), "url": url, "page_date": "", "says": says}
    return [*document["sources"], row]


def _names(entry: Entry, document: Document) -> list[str]:
    return [str(entry), *(row["name"] for row in document.get("names", []))]


def _renamed(entry: Organisation, said: Mapping[str, Any]) -> Plan:
    document, new = documents.read(entry), said["name"]
    old = str(entry)
    changes: Document = {
        "name": new,
        "sources": _with_source(document, said["source"], _("The new name.")),
        "status_note": said["note"] or document["status_note"],
    }
    former = {
        "position": len(document["names"]),
        "name": old,
        "sort": OrganisationName.Sort.FORMER.value,
    }
    others = [row for row in document["names"] if row["name"] not in (old, new)]
    changes["names"] = [*others, former]
    slug = slugify(new)[:SLUG_LENGTH].strip("-_")
    if slug and not is_taken(entry, slug):
        changes["slug"] = slug
    return Plan(changes, ripples.of_names([old], apart_from=entry), {old: new})


def _merged(entry: Organisation, said: Mapping[str, Any]) -> Plan:
    document = documents.read(entry)
    changes = {
        "status": Organisation.Status.MERGED.value,
        "status_since": said["since"] and said["since"].isoformat(),
        "successor": said["successor"].slug,
        "status_note": said["note"] or document["status_note"],
        "sources": _with_source(document, said["source"], _("The merger.")),
    }
    return Plan(changes, ripples.of_names(_names(entry, document), apart_from=entry))


def _closed(entry: Organisation, said: Mapping[str, Any]) -> Plan:
    document = documents.read(entry)
    changes = {
        "status": Organisation.Status.CLOSED.value,
        "status_since": said["since"] and said["since"].isoformat(),
        "successor": None,
        "status_note": said["note"] or document["status_note"],
        "sources": _with_source(document, said["source"], _("That it closed.")),
    }
    return Plan(changes, ripples.of_names(_names(entry, document), apart_from=entry))


def _ended(entry: Resource, said: Mapping[str, Any]) -> Plan:
    document = documents.read(entry)
    changes = {
        **_end(said["since"]),
        "sources": _with_source(document, said["source"], said["note"] or _("That it ended.")),
    }
    return Plan(changes, ripples.of_names([str(entry)], apart_from=entry))


def _end(since: dt.date | None) -> Document:
    return {
        "lifecycle": Resource.Lifecycle.ENDED.value,
        "lifecycle_since": since and since.isoformat(),
    }


def _new_number(entry: Entry, said: Mapping[str, Any]) -> Plan:
    document = documents.read(entry)
    phones = [
        {**row, "number": said["new"]} if row["dial"] == said["old"] else row
        for row in document["phones"]
    ]
    changes = {
        "phones": [{**row, "dial": ""} for row in phones],
        "sources": _with_source(document, said["source"], _("The new number.")),
    }
    ripple = ripples.of_number(said["old"], apart_from=entry)
    return Plan(changes, ripple, {mention.text: said["new"] for mention in ripple.mentions})


ORGANISATION, RESOURCE = Organisation.KIND, Resource.KIND
VERBS = {
    verb.name: verb
    for verb in (
        Verb(
            "renamed", gettext_lazy("It was renamed"), RenamedForm, frozenset({ORGANISATION}),
            _renamed,
        ),
        Verb(
            "merged", gettext_lazy("It merged into another"), MergedForm,
            frozenset({ORGANISATION}), _merged, (MOVE, WITHDRAW, END, LEAVE),
        ),
        Verb(
            "closed", gettext_lazy("It closed"), NewsForm, frozenset({ORGANISATION}), _closed,
            (END, WITHDRAW, LEAVE),
        ),
        Verb(
            "ended", gettext_lazy("It has ended"), NewsForm, frozenset({RESOURCE}), _ended,
            (END, WITHDRAW, LEAVE),
        ),
        Verb(
            "number", gettext_lazy("A phone number changed"), NumberForm,
            frozenset({ORGANISATION, RESOURCE}), _new_number,
        ),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text:
    """A text that names the entry, as it is and as it is proposed."""

    mention: Mention
    label: str
    proposed: str
    url: str

    @property
    def input_name(self) -> str:
        return f"text-{self.mention.key}"

    @property
    def words(self) -> list[str]:
        """Those that stand one a line."""
        return self.mention.text.split("\n")

    @property
    def rows(self) -> int:
        """How many lines of it are seen at once."""
        lines = self.proposed.count("\n") + 1 + len(self.proposed) // 80
        return min(lines, 8)

    @property
    def seen_name(self) -> str:
        """What the form sends of the text that was looked at."""
        return f"seen-{self.mention.key}"

    @property
    def seen(self) -> str:
        return digest_of(self.mention.text)


@dataclass(frozen=True, slots=True)
class Its:
    """A resource, or a fund, of the entry, and what is proposed to become of it."""

    resource: Resource
    chosen: str

    is_seen: bool

    @property
    def input_name(self) -> str:
        return f"fate-{self.resource.pk}"

    @property
    def seen_name(self) -> str:
        """What the form sends of the version that was looked at."""
        return f"its-{self.resource.pk}"


def verbs_of(entry: Entry) -> list[tuple[str, str | Promise]]:
    """The verbs of a public entry: address and title."""
    if not entry.is_published:
        return []
    has_phones = entry.phones.exists()  # type: ignore[attr-defined]
    return [
        (url_of(entry, verb), verb.title)
        for verb in VERBS.values()
        if entry.KIND in verb.kinds and (verb.name != "number" or has_phones)
    ]


def url_of(entry: Entry, verb: Verb) -> str:
    """The form of a verb."""
    return reverse(f"admin:resources_{entry.KIND}_news", args=[entry.pk, verb.name])


def news_view(model_admin: Any, request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Ask for the verb's facts; show what follows; change all of it as one."""
    entry, verb = model_admin.thing_or_404(request, pk), VERBS.get(name)
    if verb is None or entry.KIND not in verb.kinds or not entry.is_published:
        raise Http404
    if not model_admin.has_publish_permission(request):
        raise PermissionDenied
    step = request.POST.get("step", "")
    form = verb.form(request.POST if request.method == "POST" else None, entry)
    if request.method != "POST" or not form.is_valid():
        return _page(model_admin, request, entry, verb, form)
    plan = verb.plan(entry, form.cleaned_data)
    texts = _texts(request, plan, is_sent=step == "save")
    its = _its(request, entry, verb)
    parts = _parts(entry, plan, texts, its, form.cleaned_data, request)
    words = clashing.of_edits(_edited(parts), request.POST)
    obstacles: list[str] = []
    changed = [text for text in texts if request.POST.get(text.seen_name) != text.seen]
    unseen = [str(each.resource) for each in its if not each.is_seen]
    if step == "save" and (changed or unseen):
        names = ", ".join([*(str(text.mention.entry) for text in changed), *unseen])
        obstacles = [_("Somebody changed what names it meanwhile: %s. Look again.") % names]
    elif step == "save" and not words.is_kept:
        obstacles = [clashing.refusal()]
    elif step == "save":
        try:
            batch = edits.apply(
                parts,
                by=curator_of(request),
                kind=Batch.Kind.RIPPLE,
                about=words.noted(f"{entry}: {verb.title}"),
                withdrawn=[each.resource for each in its if each.chosen == WITHDRAW],
            )
        except CannotEdit as refusal:
            obstacles = sentences(refusal.obstacles)
            entry.refresh_from_db()
        else:
            sentence = _("It is saved and public. You can undo it here, as one.")
            messages.success(request, sentence)
            return HttpResponseRedirect(reverse("admin:batch", args=[batch.pk]))
    return _page(
        model_admin,
        request,
        entry,
        verb,
        form,
        plan=plan,
        texts=texts,
        its=its,
        words=words,
        obstacles=obstacles,
    )


def _texts(request: HttpRequest, plan: Plan, *, is_sent: bool) -> list[Text]:
    found = []
    for mention in plan.ripple.mentions:
        proposed = mention.mended(plan.replaced)
        label = difference.label_of(type(mention.entry), mention.field)
        text = Text(mention, label, proposed, change_url(mention.entry))
        if is_sent and request.POST.get(text.seen_name) == text.seen:
            written = request.POST.get(text.input_name, proposed).replace("\r\n", "\n")
            text = replace(text, proposed=written)
        found.append(text)
    return found


def _its(request: HttpRequest, entry: Entry, verb: Verb) -> list[Its]:
    if not verb.fates:
        return []
    rows = Resource.objects.published().exclude(lifecycle=Resource.Lifecycle.ENDED)
    of = {"organisation": entry.pk} if isinstance(entry, Organisation) else {"part_of": entry.pk}
    found = []
    for resource in rows.filter(**of).order_by("name", "pk"):
        sent = request.POST.get(f"fate-{resource.pk}", verb.fates[0])
        seen = request.POST.get(f"its-{resource.pk}") == str(resource.version)
        found.append(Its(resource, sent if sent in verb.fates else LEAVE, seen))
    return found


def _parts(
    entry: Entry,
    plan: Plan,
    texts: Sequence[Text],
    its: Sequence[Its],
    said: Mapping[str, Any],
    request: HttpRequest,
) -> list[Edit]:
    """Everything that is changed, as one edit for each thing."""
    seen = history.version_in(request.POST.get("version", ""))
    mended = {text.mention.key: text.proposed for text in texts}
    parts = [
        Edit(entry, plan.changes, seen),
        *ripples.edits_of(plan.ripple.mentions, mended),
        *_fates(its, said),
    ]
    return _one_of_each(parts)


def _edited(parts: Iterable[Edit]) -> list[Edited]:
    """What each of them makes of what it changes."""
    found = []
    for part in parts:
        before = documents.read(part.entry)
        found.append(Edited(part.entry, before, {**before, **part.changes}))
    return found


def _fates(its: Iterable[Its], said: Mapping[str, Any]) -> list[Edit]:
    successor = said.get("successor")
    changes = {
        END: _end(said["since"]),
        MOVE: {"organisation": successor.slug} if successor else {},
        WITHDRAW: {},
    }
    return [
        Edit(each.resource, changes[each.chosen], each.resource.version)
        for each in its
        if each.chosen in changes
    ]


def _one_of_each(parts: Iterable[Edit]) -> list[Edit]:
    """The edits, those of one entry as one: a text of a resource that moves as well."""
    of_entry: dict[tuple[str, int], Edit] = {}
    for edit in parts:
        key = (edit.entry.KIND, edit.entry.pk)
        before = of_entry.get(key)
        changes = {**before.changes, **edit.changes} if before else edit.changes
        of_entry[key] = Edit(before.entry if before else edit.entry, changes, edit.version)
    return list(of_entry.values())


def _page(
    model_admin: Any,
    request: HttpRequest,
    entry: Entry,
    verb: Verb,
    form: NewsForm,
    *,
    plan: Plan | None = None,
    texts: Sequence[Text] = (),
    its: Sequence[Its] = (),
    words: Clashing | None = None,
    obstacles: Sequence[str] = (),
) -> TemplateResponse:
    context = {
        **model_admin.desk_context(request, entry, f"{verb.title}: {entry}"),
        "form": form,
        "plan": plan,
        "texts": texts,
        "its": its,
        "fates": [(fate, FATES[fate]) for fate in verb.fates],
        "clashing": words,
        "obstacles": obstacles,
        "version": request.POST.get("version", entry.version) if plan else entry.version,
        "organisations": Organisation.objects.published().values_list("slug", "name")[:1000]
        if verb.name == "merged"
        else [],
    }
    return TemplateResponse(request, "admin/recorded/news.html", context)
