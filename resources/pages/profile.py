"""One organisation as its page tells it: what became of it, how to reach it, what it offers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet

from resources.models import Organisation, OrganisationName, Resource
from resources.models.organisation import OrganisationQuerySet
from resources.pages import cards, loading
from resources.pages.sheet.contact import Contact, contact_of_organisation
from resources.pages.sheet.provenance import Provenance, provenance_of
from resources.pages.sheet.reading import Reader, heir_of
from resources.pages.sheet.standing import since, what_became_of
from resources.translations import Wording

PAGE_SIZE = 25

Sort = OrganisationName.Sort
Lifecycle = Resource.Lifecycle


@dataclass(frozen=True, slots=True)
class Line:
    """A resource in a short list: its name, its page, and the tag that says how it stands."""

    name: Wording
    url: str
    status: cards.Status | None


@dataclass(frozen=True, slots=True)
class Offer:
    """A resource as a card, and how many funds of its own it has."""

    resource: Resource
    funds: int


@dataclass(frozen=True, slots=True)
class Inherited:
    """What a predecessor offered, still listed under its old name."""

    organisation: Organisation
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything that is said of one organisation on one day in one language."""

    organisation: Organisation
    became: str
    since: str
    status_note: Wording
    heir: Organisation | None
    former: list[str]
    also: list[str]
    summary: Wording
    contact: Contact
    offers: list[Offer]
    page: Page[int]
    doubtful: list[Line]
    ended: list[Line]
    predecessors: list[Organisation]
    inherited: list[Inherited]
    provenance: Provenance
    shows_unreviewed: bool


def to_read() -> OrganisationQuerySet:
    """The organisations with everything that a profile reads of them."""
    return Organisation.objects.with_parts().select_related(
        "successor__successor", "successor__state"
    )


def profile_of(organisation: Organisation, *, page: str, today: dt.date, language: str) -> Profile:
    """The profile of an organisation from `to_read`; `page` is the page of its help, as asked for.

    A page that is no number is the first, one past the end the last.
    """
    reader = Reader(language)
    names = list(organisation.names.all())
    shown = Paginator(_own(organisation, Lifecycle.RUNNING), PAGE_SIZE).get_page(page)
    predecessors = list(
        organisation.predecessors.published().select_related("state").order_by("name")
    )
    summary = reader.text(organisation, "summary")
    note = reader.text(organisation, "status_note")
    return Profile(
        organisation=organisation,
        became=what_became_of(organisation),
        since=since(organisation),
        status_note=note,
        heir=heir_of(organisation),
        former=[row.name for row in names if row.sort == Sort.FORMER],
        also=[row.name for row in names if row.sort != Sort.FORMER],
        summary=summary,
        contact=contact_of_organisation(reader, organisation),
        offers=_offers(list(shown)),
        page=shown,
        doubtful=_lines(_of(organisation, Lifecycle.UNCONFIRMED), reader, today),
        ended=_lines(_of(organisation, Lifecycle.ENDED), reader, today),
        predecessors=predecessors,
        inherited=list(_inherited(predecessors, reader, today)),
        provenance=provenance_of(organisation, today),
        shows_unreviewed=reader.shows_unreviewed,
    )


def _of(organisation: Organisation, lifecycle: str) -> QuerySet[Resource]:
    return organisation.resources.published().filter(lifecycle=lifecycle).order_by("name", "pk")


def _own(organisation: Organisation, lifecycle: str) -> QuerySet[Resource, int]:
    """Keys of its help by name, funds left out: they stand on the page of their programme."""
    is_fund_here = Q(part_of__isnull=False, part_of__organisation=F("organisation"))
    return _of(organisation, lifecycle).exclude(is_fund_here).values_list("pk", flat=True)


def _offers(keys: list[int]) -> list[Offer]:
    """The cards of one page, each with the number of its published funds."""
    counted = Resource.objects.published().filter(part_of__in=keys).values("part_of")
    funds = {row["part_of"]: row["count"] for row in counted.annotate(count=Count("pk"))}
    return [Offer(resource, funds.get(resource.pk, 0)) for resource in loading.load(keys)]


def _lines(resources: QuerySet[Resource], reader: Reader, today: dt.date) -> list[Line]:
    return [
        _line(resource, reader, today) for resource in resources.prefetch_related("translations")
    ]


def _line(resource: Resource, reader: Reader, today: dt.date) -> Line:
    tags = cards.statuses(resource, today)
    name = reader.text(resource, "name")
    return Line(name, resource.get_absolute_url(), tags[0] if tags else None)


def _inherited(
    predecessors: Iterable[Organisation], reader: Reader, today: dt.date
) -> Iterable[Inherited]:
    """What its predecessors offered, in one query for all of them."""
    known = {organisation.pk: organisation for organisation in predecessors}
    resources = Resource.objects.published().filter(organisation__in=known).order_by("name")
    lines: dict[int, list[Line]] = {}
    for resource in resources.prefetch_related("translations"):
        lines.setdefault(resource.organisation_id, []).append(_line(resource, reader, today))
    return (Inherited(known[pk], found) for pk, found in lines.items())
