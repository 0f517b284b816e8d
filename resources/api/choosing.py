"""What a list holds for the parameters that were given, as keys in an order: nothing is loaded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.utils import timezone
from pyroaring import BitMap

from resources.api.parameters import Unknown
from resources.batches import batched
from resources.hsds.places import PHYSICAL, VIRTUAL
from resources.hsds.vocabulary import CATEGORY, TAXONOMIES, Taxonomy, Term, vocabulary_of
from resources.models import Organisation, PublicationState, Resource, StatusSighting
from resources.search.facets import matching, untagged
from resources.search.query import SearchQuery
from resources.search.results import SearchResults, find
from resources.search.sets import Directory
from resources.search.words import fold

Key = TypeVar("Key")
Asked = Mapping[str, Any]

# So many keys of a list are read at a time.
STEP = 5_000


@dataclass(frozen=True, slots=True)
class Chosen(Generic[Key]):
    """What was found: how many, the keys from one place up to another, and all of them.

    `whole` is for what would be put in order anew for each part.
    """

    total: int
    part: Callable[[int, int], Sequence[Key]]
    whole: Callable[[], Iterator[Key]] | None = None

    def every(self) -> Iterator[Key]:
        """All of them, a step at a time."""
        if self.whole is not None:
            yield from self.whole()
            return
        for start in range(0, self.total, STEP):
            yield from self.part(start, min(start + STEP, self.total))


def of_list(keys: Sequence[Key]) -> Chosen[Key]:
    """These, in their order."""
    return Chosen(len(keys), lambda start, stop: keys[start:stop])


def services(asked: Asked, directory: Directory) -> Chosen[int]:
    """Published services that meet all that was asked; the best first where words were searched.

    In the order of their keys otherwise, so that what is new comes last and pages stay put.
    """
    hits = _services(asked, directory)
    if "search" not in asked:
        return Chosen(len(hits), lambda start, stop: list(hits[start:stop]))
    found = _found(asked, directory).without(directory.everything - hits)
    return Chosen(found.count, lambda start, stop: _ranked(found, start, stop), found.all_in_order)


def _ranked(found: SearchResults, start: int, stop: int) -> list[int]:
    return [pk for pk, _asks in found.in_order(start, stop)]


def _services(asked: Asked, directory: Directory) -> BitMap:
    hits = directory.everything
    if "search" in asked:
        found = _found(asked, directory)
        hits = hits & (found.matches | found.to_ask)
    if "taxonomy_term_id" in asked:
        term = term_at(asked["taxonomy_term_id"], directory)
        hits = hits & directory.tags(term.kind, term.value)
    if "taxonomy_id" in asked:
        hits = hits - untagged(directory, taxonomy_at(asked["taxonomy_id"]).kind)
    if "organization_id" in asked:
        hits = hits & _of_organisation(asked["organization_id"])
    if "postcode" in asked:
        hits = hits & matching(directory, "area", asked["postcode"])
    if "modified_after" in asked:
        hits = hits & _changed(asked["modified_after"], directory)
    return hits


def _found(asked: Asked, directory: Directory) -> SearchResults:
    return find(SearchQuery(text=asked["search"]), directory, "en")


def _of_organisation(public_id: UUID) -> BitMap:
    organisation = Organisation.objects.published().filter(public_id=public_id).first()
    if organisation is None:
        raise Unknown(
            "organization_id", "No organization has this id. /api/hsds/organizations lists them."
        )
    rows = Resource.objects.published().filter(organisation=organisation)
    return BitMap(rows.order_by().values_list("pk", flat=True))


def _changed(after: dt.datetime, directory: Directory) -> BitMap:
    """Services whose `last_modified` is not before this; see there."""
    return directory.changed_since(after) | _grown_old(after, directory)


def _grown_old(after: dt.datetime, directory: Directory) -> BitMap:
    """Funds of which a sighting stopped counting since then."""
    local = timezone.localtime(after)
    is_midnight = local.time() == dt.time()
    first = local.date() if is_midnight else local.date() + dt.timedelta(days=1)
    until = directory.today.isoformat()
    days = directory.said["old_on"].items()
    old = BitMap.union(BitMap(), *(held for day, held in days if first.isoformat() <= day <= until))
    seen = (directory.said["seen"].get(status, BitMap()) for status in StatusSighting.Status.values)
    return old & BitMap.union(BitMap(), *seen)


def places(asked: Asked, directory: Directory) -> Chosen[tuple[int, str]]:
    """Services at their locations, as service and kind of location: the virtual ones first."""
    chosen = services(asked, directory)
    local = _services(asked, directory) & _local(directory)

    def part(start: int, stop: int) -> list[tuple[int, str]]:
        virtual = chosen.part(start, min(stop, chosen.total)) if start < chosen.total else ()
        first, last = max(0, start - chosen.total), max(0, stop - chosen.total)
        physical = local[first:last]
        return [*((pk, VIRTUAL) for pk in virtual), *((pk, PHYSICAL) for pk in physical)]

    def whole() -> Iterator[tuple[int, str]]:
        yield from ((pk, VIRTUAL) for pk in chosen.every())
        yield from ((pk, PHYSICAL) for pk in local)

    return Chosen(chosen.total + len(local), part, whole)


def is_given(pk: int, where: str, directory: Directory) -> bool:
    """Whether this service has a location of this kind."""
    return where == VIRTUAL or pk in _local(directory)


def _local(directory: Directory) -> BitMap:
    """What `resources.hsds.places.is_local` says, of all."""
    return directory.remembered("hsds local services", lambda: _read_local(directory))


def _read_local(directory: Directory) -> BitMap:
    run_in = directory.said["city_in"].items()
    own = (held & directory.tags("area", state) for state, held in run_in)
    return BitMap.union(BitMap(), *own) - directory.tags("area_kind", "national")


def organisations(asked: Asked, directory: Directory) -> Chosen[int]:
    """Published organisations: named by the words, or with a service that meets what was asked."""
    rows = Organisation.objects.published().order_by("pk").values_list("pk", flat=True)
    if not {"search", "taxonomy_term_id", "taxonomy_id"} & asked.keys():
        return Chosen(rows.count(), lambda start, stop: list(rows[start:stop]))
    every = BitMap(rows)
    hits = every
    named: list[int] = []
    if "search" in asked:
        found = _found(asked, directory)
        named = list(found.organisations)
        hits = hits & (_running(found.matches | found.to_ask, directory) | BitMap(named))
    if "taxonomy_term_id" in asked:
        hits = hits & _with_term(term_at(asked["taxonomy_term_id"], directory), directory)
    if "taxonomy_id" in asked:
        taxonomy = taxonomy_at(asked["taxonomy_id"])
        if taxonomy.kind != CATEGORY:  # which each of them has
            tagged = directory.everything - untagged(directory, taxonomy.kind)
            hits = hits & _running(tagged, directory)
    first = [pk for pk in named if pk in hits]
    return of_list([*first, *(hits - BitMap(first))])


def _running(services: BitMap, directory: Directory) -> BitMap:
    return BitMap({directory.organisation_of(pk) for pk in services})


def _with_term(term: Term, directory: Directory) -> BitMap:
    if term.kind == CATEGORY:
        rows = Organisation.objects.published().filter(category=term.value)
        return BitMap(rows.order_by().values_list("pk", flat=True))
    return _running(directory.tags(term.kind, term.value), directory)


def taxonomies(asked: Asked, directory: Directory) -> Chosen[Taxonomy]:
    """The taxonomies that have all the words in name or description."""
    wanted = fold(asked.get("search", "")).split()
    return of_list(
        [
            taxonomy
            for taxonomy in TAXONOMIES.values()
            if _has_all(wanted, [taxonomy.name, taxonomy.description])
        ]
    )


def terms(asked: Asked, directory: Directory) -> Chosen[Term]:
    """The terms that meet all that was asked; words are looked for in everything they are called.

    `top_only` leaves those that stand under no other. (The standard's name for it says that, its
    description "that have not child terms".)
    """
    vocabulary = vocabulary_of(directory)
    found = list(vocabulary.by_id.values())
    if "taxonomy_id" in asked:
        kind = taxonomy_at(asked["taxonomy_id"]).kind
        found = [term for term in found if term.kind == kind]
    if "parent_id" in asked:
        parent = term_at(asked["parent_id"], directory, "parent_id")
        found = [term for term in found if parent in vocabulary.parents(term)]
    if asked.get("top_only"):
        found = [term for term in found if not vocabulary.parents(term)]
    wanted = fold(asked.get("search", "")).split()
    return of_list([term for term in found if not wanted or _has_all(wanted, _called(term))])


def _called(term: Term) -> Iterator[str]:
    yield from (term.name, term.description)
    for name in ("synonyms", "spanish_synonyms", "brands"):
        yield from term.more.get(name, ())
    yield term.more.get("spanish_name", "")


def _has_all(wanted: Sequence[str], texts: Iterator[str] | Sequence[str]) -> bool:
    said = fold(" ".join(texts))
    return all(word in said for word in wanted)


def tombstones(asked: Asked, directory: Directory) -> Chosen[tuple[type[Any], int]]:
    """What was taken down, the oldest first, as model and key."""
    keys: list[tuple[dt.datetime, type[Any], int]] = []
    models: tuple[type[Any], ...] = (Organisation, Resource)
    for model in models:
        rows = model.objects.filter(publication_state=PublicationState.WITHDRAWN)
        if "modified_after" in asked:
            rows = rows.filter(changed_at__gte=asked["modified_after"])
        pairs = rows.order_by().values_list("changed_at", "pk")
        keys += [(at, model, pk) for at, pk in pairs]
    keys.sort(key=lambda key: (key[0], key[1].KIND, key[2]))
    return of_list([(model, pk) for _at, model, pk in keys])


def buried(
    keys: Iterator[tuple[type[Any], int]] | Sequence[tuple[type[Any], int]],
) -> Iterator[Any]:
    """The entries that these tombstones are of."""
    for batch in batched(keys, 200):
        for model in dict.fromkeys(model for model, _pk in batch):
            rows = model.objects.select_related("merged_into")
            found = rows.in_bulk([pk for of, pk in batch if of is model])
            yield from (found[pk] for of, pk in batch if of is model and pk in found)


def term_at(public_id: UUID, directory: Directory, parameter: str = "taxonomy_term_id") -> Term:
    """The term with this id. Raises `Unknown`."""
    term = vocabulary_of(directory).by_id.get(public_id)
    if term is None:
        raise Unknown(parameter, "No term has this id. /api/hsds/taxonomy_terms lists them.")
    return term


def taxonomy_at(public_id: UUID) -> Taxonomy:
    """The taxonomy with this id. Raises `Unknown`."""
    for taxonomy in TAXONOMIES.values():
        if taxonomy.id == public_id:
            return taxonomy
    raise Unknown("taxonomy_id", "No taxonomy has this id. /api/hsds/taxonomies lists them.")
