"""What the pages of an illness and of a state say besides their results."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyroaring import BitMap

from resources.models import Condition, Medicine, State
from resources.pages.drawn import Card, draw
from resources.pages.landing import FIRST_OF_GROUP, Shown, shown
from resources.pages.landing.lists import terms_in_order
from resources.search.results import SearchResults
from resources.search.sets import Directory

# So many of a state's own resources are shown at once; the rest is in the search.
FIRST_OF_STATE = 25


@dataclass(frozen=True, slots=True)
class Relatives:
    """The illnesses around one: wider, narrower, nearly the same; and medicines people look up."""

    wider: list[Condition]
    narrower: list[Condition]
    related: list[Condition]
    medicines: list[Medicine]


def relatives_of(condition: Condition, directory: Directory) -> Relatives:
    """What stands around an illness, each by name. Four queries."""
    tree = directory.conditions
    return Relatives(
        wider=_by_slug(tree.above(condition.slug)),
        narrower=_by_slug(tree.children(condition.slug)),
        related=list(terms_in_order(condition.related.all())),
        medicines=list(condition.medicines.order_by("name")),
    )


def _by_slug(slugs: Iterable[str]) -> list[Condition]:
    return list(terms_in_order(Condition.objects.filter(slug__in=list(slugs))))


@dataclass(frozen=True, slots=True)
class StateHelp:
    """What there is in a state: only there, there and in some others, and for the whole country."""

    only_here: list[Card]
    only_here_count: int
    shared: list[Card]
    shared_count: int
    national: Shown
    national_count: int


def state_help(state: State, results: SearchResults) -> StateHelp:
    """The help of a state from the results of a search for it."""
    directory = results.directory
    here = directory.tags("area", state.code) & directory.offered
    others = set(directory.said["area"]) - {state.code}
    only_here = here - directory.tags_of_any("area", others)
    national = directory.tags("area_kind", "national") & directory.offered
    return StateHelp(
        only_here=_first(only_here, directory),
        only_here_count=len(only_here),
        shared=_first(here - only_here, directory),
        shared_count=len(here - only_here),
        national=shown(results, limit=FIRST_OF_GROUP, leave_out=here),
        national_count=len(national),
    )


def _first(keys: BitMap, directory: Directory) -> list[Card]:
    """The first of these by name, as cards."""
    first = directory.places.first(keys, 0, FIRST_OF_STATE)
    return draw(directory, [(pk, ()) for pk in first])
