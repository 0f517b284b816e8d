"""What else to ask when a resource is closed, over, or may no longer exist.

The search decides what serves the same need for the same illness, and in which order; here stands
only what an alternative must not be.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pyroaring import BitMap

from resources.models import Resource
from resources.pages import loading
from resources.search.facets import INSURED
from resources.search.query import SearchQuery
from resources.search.results import Hit, Note, find
from resources.search.sets import Directory

# So many are named; the search for the rest is one link away.
ENOUGH = 3

# What a hit may leave to be asked and still be worth a call.
WORTH_ASKING = {Note.NATIONAL, Note.INSURANCE_UNSTATED, Note.NO_MEDICINE}

Status = Resource.FundStatus
INSURANCE = "insurance"


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Other help: known to be open today, or else to be asked."""

    open: list[Resource] = field(default_factory=list)
    ask: list[Resource] = field(default_factory=list)


NONE = Alternatives()

# What makes another resource one of the same kind: facet -> the relation that has its terms.
LOOKED_FOR_BY = {
    "need": "needs",
    "condition": "conditions",
    "medicine": "medicines",
    INSURANCE: "insurance",
}


def alternatives_to(resource: Resource, directory: Directory, language: str) -> Alternatives:
    """Other help for the same needs and illness, where this one is of no use today.

    Nothing that has ended, is or was last seen closed, may no longer exist, serves less of the
    country, is for other medicines, or is ruled out by insurance. In the order of the search, one
    of each organisation.
    """
    query = query_like(resource, directory)
    known_open = _fitting(resource, query.adding("status", Status.OPEN), directory, language)
    others = _fitting(resource, query, directory, language)
    ready = _one_each(known_open)[:ENOUGH]
    named = {other.organisation_id for other in known_open}
    rest = [other for other in _one_each(others) if other.organisation_id not in named]
    return Alternatives(ready, rest[: max(0, ENOUGH - len(ready))])


def _fitting(
    resource: Resource, query: SearchQuery, directory: Directory, language: str
) -> list[Resource]:
    """The first that a search finds which can stand in for a resource, in its order."""
    hits = find(query, directory, language).hits
    unfit = _for_other_medicines(directory, resource)
    worth_asking = [
        hit.resource_id for hit in hits if _is_worth_asking(hit) and hit.resource_id not in unfit
    ]
    return [other for other in loading.load(worth_asking) if _serves_instead(other, resource)]


def _for_other_medicines(directory: Directory, resource: Resource) -> BitMap:
    """The help that names medicines, but none of the resource's."""
    named = directory.tags_of_any("medicine", directory.said["medicine"])
    return named - directory.tags_of_any("medicine", _slugs(resource, "medicines"))


def _slugs(resource: Resource, relation: str) -> set[str]:
    return {term.slug for term in resource.inherited(relation)}


def _one_each(resources: list[Resource]) -> list[Resource]:
    """The first of each organisation: three programmes of one office are one call."""
    first: dict[int, Resource] = {}
    for resource in resources:
        first.setdefault(resource.organisation_id, resource)
    return list(first.values())


def query_like(resource: Resource, directory: Directory) -> SearchQuery:
    """The search that somebody makes who needed this resource.

    Who needed help that only works with insurance, and names no kind of it, has some.
    """
    query = SearchQuery()
    for facet, relation in LOOKED_FOR_BY.items():
        for term in resource.inherited(relation):
            query = query.adding(facet, term.slug)
    if (
        not query.insurance
        and resource.only_with_insurance
        and INSURED in directory.terms[INSURANCE]
    ):
        query = query.adding(INSURANCE, INSURED)
    states = [state.code for state in resource.states.all()]
    return query.adding("area", states[0]) if len(states) == 1 else query


def _is_worth_asking(hit: Hit) -> bool:
    return set(hit.notes) <= WORTH_ASKING


def _serves_instead(other: Resource, resource: Resource) -> bool:
    return (
        other.lifecycle == Resource.Lifecycle.RUNNING
        and other.fund_status != Status.CLOSED
        and not other.organisation.is_gone
        and not _are_related(other, resource)
        and _covers(other, resource)
    )


def _are_related(other: Resource, resource: Resource) -> bool:
    """Itself, its programme or its fund: the page leads there anyway."""
    return resource.pk in (other.pk, other.part_of_id) or other.pk == resource.part_of_id


def _covers(other: Resource, resource: Resource) -> bool:
    """Whether it serves all the country that the resource serves."""
    if other.area_kind == Resource.AreaKind.NATIONAL:
        return True
    if resource.area_kind == Resource.AreaKind.NATIONAL:
        return False
    return {state.pk for state in other.states.all()} >= {
        state.pk for state in resource.states.all()
    }
