"""The page of a verb: it asks, shows what follows, and changes all of it as one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from resources import documents, edits, ripples
from resources.admin import clashing, difference, history
from resources.admin.clashing import Clashing
from resources.admin.saving import curator_of
from resources.admin.shared import change_url, sentences
from resources.admin.verbs.forms import NewsForm
from resources.admin.verbs.plans import (
    END,
    FATES,
    LEAVE,
    MOVE,
    VERBS,
    WITHDRAW,
    Plan,
    Verb,
    ending,
)
from resources.edits import CannotEdit, Edit
from resources.models import Batch, Entry, Organisation, Resource, digest_of
from resources.ripples import Mention
from resources.search.clashes import Edited


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
        END: ending(said["since"]),
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
