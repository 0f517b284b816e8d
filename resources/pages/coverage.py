"""How much is known of which funds are open today, and where to look for the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext

from resources import translations
from resources.models import Organisation, Resource
from resources.search.sets import Directory
from resources.translations import Wording

# Below this share of funds whose status counts today, one that is missing among those that opened
# has more likely not been looked at than stayed closed; the pages then say so.
ENOUGH = 0.5

# So many foundations are named; more than a person looks through.
MOST_NAMED = 40

Status = Resource.FundStatus


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of how many funds the status counts today, and how many there are that still run."""

    known: int
    funds: int

    @property
    def is_enough(self) -> bool:
        """Whether a list of what opened says much about the funds that are not on it."""
        return self.known >= ENOUGH * self.funds


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a foundation's own, and of which of its funds it tells."""

    label: Wording
    url: str


@dataclass(frozen=True, slots=True)
class Foundation:
    """An organisation with funds, and its own pages that tell which are open."""

    name: str
    url: str
    pages: list[Page]


def coverage_of(directory: Directory) -> Coverage:
    """What is known today."""
    funds = directory.offered - directory.tags("status", Status.NOT_APPLICABLE)
    known = directory.tags_of_any("status", (Status.OPEN, Status.CLOSED, Status.WAITLIST))
    return Coverage(len(known & funds), len(funds))


def foundations(directory: Directory, language: str) -> list[Foundation]:
    """Those with a page that tells a fund's status first, then other charities with funds.

    For a page of `language`; read once in an edition.
    """
    return directory.remembered(
        ("foundations", language), lambda: list(_read(language))[:MOST_NAMED]
    )


def _read(language: str) -> Iterator[Foundation]:
    funds = Resource.objects.published().filter(lifecycle=Resource.Lifecycle.RUNNING)
    funds = funds.exclude(fund_status=Status.NOT_APPLICABLE).order_by()
    told: dict[int, list[Page]] = defaultdict(list)
    telling = funds.exclude(status_page_url="").prefetch_related("translations")
    for fund in telling.order_by("name", "pk")[: 5 * MOST_NAMED]:
        pages = told[fund.organisation_id]
        if fund.status_page_url not in {page.url for page in pages}:
            label = translations.wording(fund, "name", fund.name, language)
            pages.append(Page(label, fund.status_page_url))
    listed = Organisation.objects.published().filter(status=Organisation.Status.ACTIVE)
    with_pages = listed.filter(pk__in=list(told)).order_by("name", "pk")
    others = listed.filter(
        pk__in=funds.values("organisation"), category=Organisation.Category.CHARITABLE_FOUNDATION
    ).exclude(pk__in=list(told))
    for one in with_pages:
        yield Foundation(one.name, one.get_absolute_url(), told[one.pk])
    for one in others.exclude(website="").order_by("name", "pk")[:MOST_NAMED]:
        own = Page(Wording(gettext("its website"), language), one.website)
        yield Foundation(one.name, one.get_absolute_url(), [own])
