"""What waits for curators: drafts, entries that nobody has checked, and what changed lately.

Whether Spanish is out of date is known only by comparing text by text, which takes long where much
has changed. So the answer is kept in the cache, and only what was saved since is compared again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from resources import translations
from resources.admin import difference, figures
from resources.alerts import sending
from resources.backups import notes
from resources.languages import language_of_page
from resources.models import (
    Curator,
    Edition,
    Entry,
    LetterAnswer,
    LikelyPair,
    Organisation,
    Proposal,
    Publication,
    PublicationState,
    Report,
    Resource,
)
from resources.search import sets
from resources.trust import letters, looking

KINDS: tuple[type[Entry], ...] = (Organisation, Resource)
SHOWN = 10

# For so long what was compared is kept, in seconds.
KEPT = 60 * 60
# For so long somebody is told of what was sent back: a change that they gave up needs no word.
TOLD_FOR = dt.timedelta(days=30)
# Of what is saved at the same time, one that began earlier may be seen later: so many publications
# before the newest that was seen are looked at again.
AGAIN = 20


@dataclass(frozen=True, slots=True)
class Figures:
    """How many of one kind there are, wait as drafts, have never been checked, or have Spanish
    whose English has changed."""

    name: str
    list_url: str
    published: int
    drafts: int
    never_checked: int
    spanish_outdated: int


@dataclass(frozen=True, slots=True)
class Recent:
    """A change of an entry, with the page to go to."""

    publication: Publication
    name: str
    url: str
    labels: list[str]


def at_the_desk(me: Curator) -> dict[str, Any]:
    """The context of the desk's first page, as this curator sees it."""
    today = timezone.localdate()
    directory = sets.current(today)
    return {
        "backups": notes.worry(timezone.now()) if settings.IN_PRODUCTION else None,
        "came_in": came_in(today, me),
        "pace": figures.pace(today),
        "work": figures.work_of_the_week(today),
        "stale": figures.stale_share(today),
        "coverage": figures.coverage(directory, language_of_page()),
        "figures": [figures_of(model) for model in KINDS],
        "drafts": drafts(),
        "recent": recent(),
    }


@dataclass(frozen=True, slots=True)
class CameIn:
    """What others said and machines found, and no curator has dealt with yet."""

    reports: int
    proposals: int
    sent_back: int
    answers: int
    links: int
    pairs: int
    status_pages: int
    mails: int
    mails_in_trouble: int
    alerts_in_trouble: int


def came_in(today: dt.date, me: Curator) -> CameIn:
    """How much of each waits, for this curator where it is theirs alone. One query."""
    counted = _counted(
        reports=Report.objects.waiting(),
        proposals=Proposal.objects.waiting(),
        sent_back=sent_back_to(me, today),
        answers=LetterAnswer.objects.waiting(),
        links=looking.alarms(),
        status_pages=looking.saying_otherwise(),
        pairs=LikelyPair.objects.filter(told_apart_by=None),
        mails=letters.to_send(today),
        mails_in_trouble=letters.in_trouble(),
        alerts_in_trouble=sending.in_trouble(timezone.now()),
    )
    return CameIn(**counted)


def sent_back_to(me: Curator, today: dt.date) -> QuerySet[Proposal]:
    """What a publisher sent back to them lately, and they have not gone on with since."""
    again = Proposal.objects.filter(
        Q(organisation=OuterRef("organisation")) | Q(resource=OuterRef("resource")),
        by=me,
        at__gt=OuterRef("decided_at"),
    )
    back = Proposal.objects.filter(by=me, state=Proposal.State.SENT_BACK)
    return back.filter(~Exists(again), decided_at__date__gt=today - TOLD_FOR)


def _counted(**rows: QuerySet[Any]) -> dict[str, int]:
    """How many rows there are of each, all counted in one query."""

    def number(counted: QuerySet[Any]) -> Any:
        one = counted.order_by().values(one=Value(1)).annotate(number=Count("pk"))
        return Coalesce(Subquery(one.values("number")), 0)

    asked = {f"of_{name}": number(counted) for name, counted in rows.items()}
    found = Edition.objects.annotate(**asked).values_list(*asked).first()
    return dict(zip(rows, found or [0] * len(rows), strict=True))


def figures_of(model: type[Entry]) -> Figures:
    """Counted in one query, but for the Spanish."""
    public = Q(publication_state=PublicationState.PUBLISHED)
    counted = model._default_manager.aggregate(
        published=Count("pk", filter=public),
        drafts=Count("pk", filter=Q(publication_state=PublicationState.DRAFT)),
        never_checked=Count("pk", filter=public & Q(checked_on=None)),
    )
    return Figures(
        name=str(model._meta.verbose_name_plural),
        list_url=_url(model, "changelist"),
        spanish_outdated=len(with_outdated(model)),
        **counted,
    )


def with_outdated(model: type[Entry]) -> frozenset[int]:
    """The numbers of the entries whose Spanish is out of date, by what was saved last."""
    key = f"desk-outdated-{model.KIND}"
    newest = Publication.objects.values_list("pk", flat=True).first() or 0
    seen, found = cache.get(key, (0, frozenset()))
    if seen == newest:
        return found  # type: ignore[no-any-return]
    found = _renewed(model, found, seen) if seen else frozenset(translations.with_outdated(model))
    cache.set(key, (newest, found), KEPT)
    return found


def _renewed(model: type[Entry], found: frozenset[int], seen: int) -> frozenset[int]:
    """The same after whatever was saved since this publication, deleted drafts left out."""
    saved = Publication.objects.filter(kind=model.KIND, pk__gt=seen - AGAIN).order_by()
    entries: QuerySet[Any] = model._default_manager.filter(
        Q(pk__in=found) | Q(public_id__in=saved.values("public_id"))
    )
    return frozenset(
        entry.pk
        for entry in entries.prefetch_related("phones", "translations")
        if entry.version > 1 and translations.outdated(entry)
    )


def drafts() -> list[tuple[Entry, str]]:
    """The drafts that were saved last, with their pages."""
    state = PublicationState.DRAFT
    entries: tuple[QuerySet[Any], ...] = (
        Organisation.objects.filter(publication_state=state),
        Resource.objects.filter(publication_state=state).select_related("organisation"),
    )
    found: list[Entry] = [
        entry for rows in entries for entry in rows.order_by("-changed_at")[:SHOWN]
    ]
    newest = sorted(
        found, key=lambda entry: entry.changed_at.timestamp() if entry.changed_at else 0.0
    )
    return [(entry, _url(type(entry), "change", entry.pk)) for entry in reversed(newest[-SHOWN:])]


def recent() -> list[Recent]:
    """The entries that curators changed last, each with its newest change."""
    newest_of = Publication.objects.filter(public_id=OuterRef("public_id")).order_by("-version")
    rows = Publication.objects.filter(
        kind__in=[model.KIND for model in KINDS],
        by__isnull=False,
        version=Subquery(newest_of.values("version")[:1]),
    )
    newest = list(rows.defer("document")[:SHOWN])
    found = _found(newest)
    return [
        Recent(
            row,
            str(found[row.public_id]),
            _url(type(found[row.public_id]), "change", found[row.public_id].pk),
            difference.labels_of(type(found[row.public_id]), row.fields) if row.version > 1 else [],
        )
        for row in newest
        if row.public_id in found
    ]


def _found(rows: Iterable[Publication]) -> dict[Any, Entry]:
    ids = [row.public_id for row in rows]
    return {
        entry.public_id: entry
        for model in KINDS
        for entry in model._default_manager.filter(public_id__in=ids)
    }


def _url(model: type[Entry], view: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{view}", args=args)
