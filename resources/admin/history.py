"""The saved versions of one thing, their differences, and bringing one back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from resources import documents, publishing
from resources.admin import clashing, difference
from resources.admin.clashing import Clashing
from resources.admin.difference import Difference
from resources.documents import Document
from resources.models import Curator, Publication, Recorded
from resources.publishing import CannotPublish, ChangedMeanwhile

VERSIONS_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Version:
    """One row of the history: the publication, and what changed in it in words."""

    publication: Publication
    labels: Sequence[str]
    is_first: bool


@dataclass(frozen=True, slots=True)
class Versions:
    """One page of the history."""

    page: Page[Publication]
    rows: Sequence[Version]


@dataclass(frozen=True, slots=True)
class Compared:
    """Two versions and what differs."""

    old: Publication
    new: Publication
    differences: Sequence[Difference]


def versions_of(thing: Recorded, *, page: str) -> Versions:
    """The versions of a thing, newest first, a hundred a page."""
    found = Publication.objects.of(thing).defer("document")
    shown = Paginator(found, VERSIONS_A_PAGE).get_page(page)
    return Versions(
        shown,
        [
            Version(row, difference.labels_of(type(thing), row.fields), row.version == 1)
            for row in shown
        ],
    )


def version_or_404(thing: Recorded, version: int) -> Publication:
    """One version of a thing. Raises `Http404` where there is none."""
    found = Publication.objects.of(thing).filter(version=version).first()
    if found is None:
        raise Http404
    return found


def compared(thing: Recorded, old: str, new: str) -> Compared | None:
    """The versions with these numbers, the older first; None where they are not two versions."""
    numbers = {version_in(old), version_in(new)}
    found = {row.version: row for row in Publication.objects.of(thing).filter(version__in=numbers)}
    if len(found) != 2:
        return None
    first, second = (found[number] for number in sorted(found))
    return Compared(first, second, difference.between(type(thing), first.document, second.document))


def version_in(text: str) -> int:
    """The version number that a form sent; -1, which no version has, where it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


def difference_to(thing: Recorded, publication: Publication) -> list[Difference]:
    """What restoring this version would change, but for what a restore leaves as it is."""
    return difference.between(type(thing), *_now_and_then(thing, publication))


def clashing_of(thing: Recorded, publication: Publication, sent: Mapping[str, str]) -> Clashing:
    """What the words that this version brings back have come to mean besides."""
    return clashing.of_edit(thing, *_now_and_then(thing, publication), sent)


def _now_and_then(thing: Recorded, publication: Publication) -> tuple[Document, Document]:
    """What the thing says now, and what it would say with this version restored."""
    now = documents.read(thing)
    kept = publishing.KEPT_BY_RESTORE | (publication.document.keys() - now.keys())
    then = {name: value for name, value in publication.document.items() if name not in kept}
    return now, {**now, **then}


def restored(
    thing: Recorded, publication: Publication, *, by: Curator, sent: Mapping[str, str]
) -> list[str]:
    """Bring the version back, unless somebody saved meanwhile. Returns the obstacles."""
    try:
        with transaction.atomic():
            publishing.expect_version(thing, version_in(sent.get("seen_version", "")))
            words = clashing_of(thing, publication, sent)
            if not words.is_kept:
                return [clashing.refusal()]
            note = words.noted(sent.get("note", "").replace("\x00", "")[: clashing.LONGEST_WORD])
            publishing.restore(by=by, publication=publication, note=note)
    except ChangedMeanwhile:
        return [
            _("Somebody saved this in the meantime. Look at the difference again, then decide.")
        ]
    except CannotPublish as refusal:
        return refusal.problems
    except ValidationError as refusal:
        return refusal.messages
    return []
