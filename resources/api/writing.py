"""Keys of a list as documents, some at a time: minimal, in brief or full, as was asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from resources.api import choosing
from resources.batches import batched
from resources.hsds import loading, profile, rows
from resources.hsds import organisations as organizations
from resources.hsds import services as hsds_services
from resources.hsds.places import at_location
from resources.hsds.telling import Document, Telling
from resources.hsds.terms import taxonomy_document, term_document
from resources.hsds.vocabulary import Taxonomy, Term
from resources.models import Resource

Asked = Mapping[str, Any]


def services(pks: Iterable[int], asked: Asked, telling: Telling) -> Iterator[Document]:
    """Services."""
    if asked.get("full") and not asked.get("minimal"):
        for resource, seen in loading.services(pks):
            yield hsds_services.service_document(resource, seen, telling)
        return
    write = hsds_services.service_in_brief
    if asked.get("minimal"):
        write = hsds_services.service_minimal
    for row in rows.services(pks):
        yield write(row, telling)


def organisations(pks: Iterable[int], asked: Asked, telling: Telling) -> Iterator[Document]:
    """Organisations; full ones with their services, which `full_service` has in full as well."""
    if not asked.get("full") and not asked.get("full_service"):
        for organisation in loading.organisations_in_brief(pks):
            yield organizations.organisation_in_brief(organisation, telling)
        return
    for batch in batched(loading.organisations(pks), loading.BATCH):
        run = _services_of([organisation.pk for organisation, _seen in batch], asked, telling)
        for organisation, seen in batch:
            yield organizations.organisation_document(
                organisation, seen, run.get(organisation.pk, []), telling
            )


def _services_of(
    organisations: list[int], asked: Asked, telling: Telling
) -> Mapping[int, list[Document]]:
    """By organisation what it runs, without itself in it."""
    found: dict[int, list[Document]] = defaultdict(list)
    run = Resource.objects.published().filter(organisation__in=organisations).order_by("pk")
    keys = list(run.values_list("pk", "public_id", "organisation_id"))
    of = {str(public_id): organisation for _pk, public_id, organisation in keys}
    is_full = bool(asked.get("full_service"))
    how = {"full": is_full, "minimal": not is_full}
    for document in services((pk for pk, _id, _organisation in keys), how, telling):
        document.pop("organization", None)
        found[of[document["id"]]].append(document)
    return found


def places(keys: Iterable[tuple[int, str]], asked: Asked, telling: Telling) -> Iterator[Document]:
    """Services at their locations, each with its service."""
    for _where, group in groupby(keys, key=lambda key: key[1]):
        for batch in batched(group, loading.BATCH):
            where, pks = batch[0][1], [pk for pk, _where in batch]
            yield from _places(pks, where, asked, telling)


def _places(pks: list[int], where: str, asked: Asked, telling: Telling) -> Iterator[Document]:
    if not asked.get("full"):
        for row in rows.services(pks):
            service = hsds_services.service_in_brief(row, telling)
            yield {**at_location(row, where), "service": service}
        return
    for resource, seen in loading.services(pks):
        service = hsds_services.service_document(resource, seen, telling)
        del service["service_at_locations"]
        shared = {
            name: service[name]
            for name in ("service_areas", "phones", "schedules")
            if name in service
        }
        yield {**at_location(resource, where), **shared, "service": service}


def taxonomies(found: Iterable[Taxonomy], asked: Asked, telling: Telling) -> Iterator[Document]:
    """Taxonomies."""
    return map(taxonomy_document, found)


def terms(found: Iterable[Term], asked: Asked, telling: Telling) -> Iterator[Document]:
    """Terms."""
    return (term_document(term, telling) for term in found)


def tombstones(
    keys: Iterable[tuple[type[Any], int]], asked: Asked, telling: Telling
) -> Iterator[Document]:
    """What was taken down."""
    return map(profile.tombstone, choosing.buried(iter(keys)))
