"""Our own documents, read again: everything that an entry states comes back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import pytest

from resources import documents
from resources.hsds import loading, organisations, services
from resources.hsds.telling import Document
from resources.interchange import bulk
from resources.interchange.intake.hsds import Parser
from resources.interchange.intake.stage import Raw, Stage
from resources.interchange.intake.taken import Taken
from resources.interchange.intake.terms import Terms
from resources.models import Organisation, Resource, public_id_for
from tests.hsds.test_documents import telling

pytestmark = pytest.mark.django_db

# Who or what confirmed is a matter of each directory.
REFERENCES = frozenset({"organisation", "part_of", "successor"})
OF_HERE = ("checked_on", "checked_by", "links_checked_on", "merged_into")


def every(model: Any) -> list[int]:
    return list(model.objects.published().values_list("pk", flat=True))


def read_again(entity: str, told: Iterable[Document]) -> dict[UUID, Taken]:
    with Stage() as stage:
        for document in told:
            stage.put(Raw(entity, document["id"], json.loads(json.dumps(document)), "x.json", "1"))
        taken = list(Parser(stage, Terms(), "ourselves").taken())
    return {UUID(one.identifier): one for one in taken}


@pytest.fixture
def slugs(starter: None) -> dict[str, str]:
    models: tuple[Any, ...] = (Organisation, Resource)
    return {
        str(public_id): slug
        for model in models
        for public_id, slug in model.objects.values_list("public_id", "slug")
    }


def unlike(model: Any, taken: dict[UUID, Taken], slugs: dict[str, str]) -> dict[str, Any]:
    """By slug: fields that are not as they are here, and what was guessed or left."""
    found: dict[str, Any] = {}
    here = documents.read_many(model, every(model))
    for document in here.values():
        one = taken[public_id_for(model.KIND, document["slug"])]
        said = {
            name: slugs[value] if name in REFERENCES and value else value
            for name, value in one.document.items()
        }
        kept = bulk.said(bulk.prepare(model, said))
        differing = {
            name: (kept.get(name), value)
            for name, value in document.items()
            if name not in OF_HERE and kept.get(name) != value
        }
        if differing or one.guessed or one.left:
            found[document["slug"]] = differing, one.guessed, one.left
    assert len(here) == len(taken)
    return found


def test_every_service_comes_back_as_it_is(slugs: dict[str, str]) -> None:
    told = telling()
    published = loading.services(every(Resource))
    taken = read_again("service", (services.service_document(*one, told) for one in published))

    assert unlike(Resource, taken, slugs) == {}


def test_every_organization_comes_back_as_it_is(slugs: dict[str, str]) -> None:
    told = telling()
    published = loading.organisations(every(Organisation))
    taken = read_again(
        "organization",
        (organisations.organisation_document(one, seen, [], told) for one, seen in published),
    )

    assert unlike(Organisation, taken, slugs) == {}
