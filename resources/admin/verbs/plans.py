"""What happens to entries, and what each of these things changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resources import documents, ripples
from resources.admin.forms import is_taken
from resources.admin.verbs.forms import MergedForm, NewsForm, NumberForm, RenamedForm
from resources.documents import Document
from resources.models import Entry, Organisation, OrganisationName, Resource
from resources.models.recorded import SLUG_LENGTH
from resources.ripples import Ripple

MOVE, END, WITHDRAW, LEAVE = "move", "end", "withdraw", "leave"
FATES = {
    MOVE: gettext_lazy("goes on there"),
    END: gettext_lazy("has ended"),
    WITHDRAW: gettext_lazy("is withdrawn"),
    LEAVE: gettext_lazy("stays as it is"),
}


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
    status, heir = Organisation.Status.MERGED, said["successor"].slug
    return _over(entry, said, status, heir, _("The merger."))


def _closed(entry: Organisation, said: Mapping[str, Any]) -> Plan:
    return _over(entry, said, Organisation.Status.CLOSED, None, _("That it closed."))


def _over(
    entry: Organisation, said: Mapping[str, Any], status: str, heir: str | None, says: str
) -> Plan:
    """It is no more what it was; `heir`: the slug of what it goes on as."""
    document = documents.read(entry)
    changes = {
        "status": str(status),
        "status_since": said["since"] and said["since"].isoformat(),
        "successor": heir,
        "status_note": said["note"] or document["status_note"],
        "sources": _with_source(document, said["source"], says),
    }
    return Plan(changes, ripples.of_names(_names(entry, document), apart_from=entry))


def _ended(entry: Resource, said: Mapping[str, Any]) -> Plan:
    document = documents.read(entry)
    changes = {
        **ending(said["since"]),
        "sources": _with_source(document, said["source"], said["note"] or _("That it ended.")),
    }
    return Plan(changes, ripples.of_names([str(entry)], apart_from=entry))


def ending(since: dt.date | None) -> Document:
    """What says that a resource has ended, on this day where it is known."""
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
