"""The tiles of the home page: ways in, in the order in which people need them.

None leads to an empty page: what finds nothing today is left out.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from resources.models import Need
from resources.pages.landing import asked_for, search_url
from resources.search.results import chosen_values, split
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
    """A tile that begins with what somebody says; its needs or insurance, and perhaps a page."""

    title: str | Promise
    text: str | Promise
    facet: str
    values: tuple[str, ...]
    page: str = ""


# The first two come first on purpose: most people who ask do not know what to ask for, and most
# copay funds shut out those without insurance (DESIGN, "Pages").
STARTS = (
    _Start(
        _("I don’t know where to start"),
        _("People who listen, look at your case and find what fits"),
        "need",
        ("guidance",),
        page="need",
    ),
    _Start(
        _("I have no insurance"),
        _("Ways to get covered, free medicine, free care"),
        "insurance",
        ("uninsured",),
    ),
    _Start(
        _("I will run out of medicine"),
        _("Free medicine from the maker, lower prices"),
        "need",
        ("free_medicine", "discount_medicine"),
    ),
    _Start(
        _("A shut-off notice came"),
        _("Help with power, heat, water and phone bills"),
        "need",
        ("utilities",),
    ),
    _Start(
        _("An eviction notice came"),
        _("Help with rent, mortgage and keeping your home"),
        "need",
        ("rent",),
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
        Tile(
            start.title, start.text, _address(start), *_count(directory, start.facet, start.values)
        )
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
            *_count(directory, "need", (slug,)),
        )
        for slug in NEEDS
        if slug in found
    ]
    return [tile for tile in tiles if tile.count or tile.asks]


def _address(start: _Start) -> str:
    if start.page:
        return reverse(start.page, args=start.values)
    return search_url(asked_for(**{start.facet: start.values}))


def _count(directory: Directory, facet: str, values: tuple[str, ...]) -> tuple[int, int]:
    """How many resources match, and how many are to be asked besides."""
    chosen = chosen_values(asked_for(**{facet: values}), None)
    matches, asks = split(directory, chosen, directory.offered)
    return len(matches), len(asks)
