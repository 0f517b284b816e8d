"""The tiles of the home page: ways in, in the order in which people need them.

None leads to an empty page: what finds nothing today is left out.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from resources.models import Need
from resources.pages.landing import asked_for
from resources.pages.links import search_url
from resources.search.counting import split
from resources.search.query import SearchQuery
from resources.search.results import chosen_values
from resources.search.sets import Directory


@dataclass(frozen=True, slots=True)
class Tile:
    """A way in: what somebody would say, what is behind it, how much matches and is to be asked."""

    title: str | Promise
    text: str | Promise
    url: str
    count: int
    asks: int


@dataclass(frozen=True, slots=True)
class _Start:
    """A tile that begins with what somebody says; the search behind it, or the page of a need."""

    title: str | Promise
    text: str | Promise
    query: SearchQuery
    need: str = ""

    @property
    def url(self) -> str:
        return reverse("need", args=[self.need]) if self.need else search_url(self.query)


# The first two come first on purpose: most people who ask do not know what to ask for, and most
# copay funds shut out those without insurance.
STARTS = (
    _Start(
        _("I don’t know where to start"),
        _("People who listen, look at your case and find what fits"),
        asked_for(need="guidance"),
        need="guidance",
    ),
    _Start(
        _("I have no insurance"),
        _("Ways to get covered, free medicine, free care"),
        asked_for(
            need=("enrolment", "free_medicine", "discount_medicine", "medical_bills"),
            insurance="uninsured",
        ),
    ),
    _Start(
        _("I will run out of medicine"),
        _("Free medicine from the maker, lower prices"),
        asked_for(need=("free_medicine", "discount_medicine")),
    ),
    _Start(
        _("A shut-off notice came"),
        _("Help with power, heat, water and phone bills"),
        asked_for(need="utilities"),
    ),
    _Start(
        _("An eviction notice came"),
        _("Help with rent, mortgage and keeping your home"),
        asked_for(need="rent"),
    ),
)

# The needs that most people come with, in their order on the page; the others stand under /needs/.
NEEDS = (
    "copay",
    "free_medicine",
    "medical_bills",
    "living_costs",
    "travel",
    "lodging",
    "insurance_help",
    "emotional_support",
    "legal_work_school",
    "practical_help",
    "information",
    "veterans",
)


def start_tiles(directory: Directory) -> list[Tile]:
    """The ways in for somebody who is lost or in a hurry."""
    tiles = [
        Tile(start.title, start.text, start.url, *_count(directory, start.query))
        for start in STARTS
    ]
    return [tile for tile in tiles if tile.count or tile.asks]


def need_tiles(directory: Directory) -> list[Tile]:
    """The needs in plain words, each leading to its page. One query."""
    found = Need.objects.in_bulk(NEEDS, field_name="slug")
    tiles = [
        Tile(
            found[slug].display_name,
            found[slug].display_question,
            reverse("need", args=[slug]),
            *_count(directory, asked_for(need=slug)),
        )
        for slug in NEEDS
        if slug in found
    ]
    return [tile for tile in tiles if tile.count or tile.asks]


def _count(directory: Directory, query: SearchQuery) -> tuple[int, int]:
    """How many resources match, and how many are to be asked besides."""
    matches, asks = split(directory, chosen_values(query, None), directory.offered)
    return len(matches), len(asks)
