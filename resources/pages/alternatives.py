"""What else to ask when a resource is closed, over, or may no longer exist.

The search decides what serves the same need for the same illness, and in which order; here stands
only what an alternative must not be.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pyroaring import BitMap

from resources.models import Resource
from resources.pages import loading
from resources.search.facets import same_maker
from resources.search.query import SearchQuery
from resources.search.results import Hit, Note, find
from resources.search.sets import Directory, Tree

# So many are named; the search for the rest is one link away.
ENOUGH = 3

# What a hit may leave to be asked and still be worth a call.
WORTH_ASKING = {Note.NATIONAL, Note.INSURANCE_UNSTATED, Note.NO_MEDICINE}

Status = Resource.FundStatus


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
    "insurance": "insurance",
}


def alternatives_to(resource: Resource, directory: Directory, language: str) -> Alternatives:
    """Other help for the same needs and illness, where this one is of no use today.

    Nothing that has ended, is or was last seen closed, may no longer exist, serves less of the
    country, is for other medicines, or is ruled out by insurance. What is most alike comes first,
    else it is in the order of the search.
    """
    today = directory.today
    hits = find(query_like(resource), directory, language).hits
    worth_asking = BitMap(hit.resource_id for hit in hits if _is_worth_asking(hit))
    worth_asking -= _for_other_medicines(directory, resource)
    found = loading.load([hit.resource_id for hit in hits if hit.resource_id in worth_asking])
    fitting = [other for other in found if _serves_instead(other, resource)]
    fitting.sort(key=lambda other: _likeness(other, resource, directory), reverse=True)
    others = _one_each(fitting)
    open_today = [other for other in others if other.fund_status_on(today).counts == Status.OPEN]
    rest = [other for other in others if other not in open_today]
    return Alternatives(open_today[:ENOUGH], rest[: max(0, ENOUGH - len(open_today))])


def _for_other_medicines(directory: Directory, resource: Resource) -> BitMap:
    """The help that names medicines, but none of the resource's."""
    named = directory.tags_of_any("medicine", directory.said["medicine"])
    return named - directory.tags_of_any("medicine", _slugs(resource, "medicines"))


def _likeness(other: Resource, resource: Resource, directory: Directory) -> tuple[bool, int, float]:
    """How like the resource another is: in medicine or maker, in illness, in what it helps with."""
    medicines = _slugs(resource, "medicines")
    named = directory.tags_of_any("medicine", medicines)
    fits = BitMap.union(named, *(same_maker(directory, medicine) for medicine in medicines))
    return (
        other.pk in fits,
        _nearness(other, resource, directory.conditions),
        _share(_slugs(other, "needs"), _slugs(resource, "needs")),
    )


def _share(some: set[str], others: set[str]) -> float:
    """How much of two sets is in both, from 0 to 1."""
    return len(some & others) / max(1, len(some | others))


def _slugs(resource: Resource, relation: str) -> set[str]:
    return {term.slug for term in resource.inherited(relation)}


def _one_each(resources: list[Resource]) -> list[Resource]:
    """The first of each organisation: three programmes of one office are one call."""
    first: dict[int, Resource] = {}
    for resource in resources:
        first.setdefault(resource.organisation_id, resource)
    return list(first.values())


def _nearness(other: Resource, resource: Resource, tree: Tree) -> int:
    """How near to the resource's illness the other's is: its depth in the tree of illnesses."""
    own = _slugs(resource, "conditions")
    fitting = own.union(*(tree.above(slug) for slug in own))
    depths = (len(tree.above(slug)) for slug in _slugs(other, "conditions") & fitting)
    return max(depths, default=0)


def query_like(resource: Resource) -> SearchQuery:
    """The search that somebody makes who needed this resource."""
    query = SearchQuery()
    for facet, relation in LOOKED_FOR_BY.items():
        for term in resource.inherited(relation):
            query = query.adding(facet, term.slug)
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
