"""The endpoints of HSDS 3.2, for reading only: lists by GET and POST, single things by GET."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from resources.api import choosing, writing
from resources.api.answering import as_json
from resources.api.describing import described
from resources.api.endpoint import ListOf, OneOf, Open, published
from resources.context import SITE_NAME, directory_of
from resources.hsds import VERSION, profile
from resources.hsds.places import services_at
from resources.hsds.profile_schemas import DIALECT, SCHEMAS
from resources.hsds.telling import Document, Telling
from resources.hsds.vocabulary import TAXONOMIES
from resources.models import Organisation, Resource


@described("root")
class Root(Open):
    """What this API is."""

    http_method_names: ClassVar[Any] = ["get", "head", "options"]

    def get(self, request: Request) -> HttpResponseBase:
        self.asked(request, ())
        absolute = request.build_absolute_uri
        document = {
            "version": VERSION,
            "profile": absolute(reverse("hsds_profile")),
            "openapi_url": absolute(reverse("hsds_openapi")),
            "description": "Who can help people with cancer and other serious illnesses in the"
            " United States, with what, and whether it is open.",
            "data_guide": absolute(reverse("api")),
            "publisher": {"name": str(SITE_NAME), "url": absolute(reverse("home"))},
            "license": "https://creativecommons.org/licenses/by/4.0/",
        }
        return as_json(request._request, document, directory_of(request._request))


@described("service")
class Services(ListOf):
    about = _("What organizations offer: funds, free medicine, rides, lodging, helplines.")

    parameters = (
        *("search", "taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after"),
        *("postcode", "proximity", "minimal", "full"),
    )
    choose, write = choosing.services, writing.services


@described("service")
class Service(OneOf):
    """One service."""

    def find(self, public_id: UUID, asked: Mapping[str, Any], telling: Telling) -> Document | None:
        pk = published(Resource, public_id)
        return next(writing.services([pk], {"full": True}, telling), None) if pk else None


@described("organization")
class Organizations(ListOf):
    about = _("Who runs the services, with former names and successors.")

    parameters = ("search", "taxonomy_term_id", "taxonomy_id", "full", "full_service")
    choose, write = choosing.organisations, writing.organisations


@described("organization")
class Organization(OneOf):
    """One organization."""

    parameters = ("full_service",)

    def find(self, public_id: UUID, asked: Mapping[str, Any], telling: Telling) -> Document | None:
        pk = published(Organisation, public_id)
        how = {**asked, "full": True}
        return next(writing.organisations([pk], how, telling), None) if pk else None


@described("taxonomy")
class Taxonomies(ListOf):
    about = _("The vocabularies that entries are tagged with.")

    parameters = ("search",)
    choose, write = choosing.taxonomies, writing.taxonomies


@described("taxonomy")
class Taxonomy(OneOf):
    """One taxonomy."""

    def find(self, public_id: UUID, asked: Mapping[str, Any], telling: Telling) -> Document | None:
        found = [one for one in TAXONOMIES.values() if one.id == public_id]
        return next(writing.taxonomies(found, asked, telling), None)


@described("taxonomy_term")
class TaxonomyTerms(ListOf):
    about = _("The terms of the vocabularies: needs, illnesses, medicines, insurance, kinds.")

    parameters = ("search", "taxonomy_id", "top_only", "parent_id")
    choose, write = choosing.terms, writing.terms


@described("taxonomy_term")
class TaxonomyTerm(OneOf):
    """One term."""

    def find(self, public_id: UUID, asked: Mapping[str, Any], telling: Telling) -> Document | None:
        term = telling.vocabulary.by_id.get(public_id)
        return next(writing.terms([term], asked, telling)) if term else None


@described("service_at_location")
class ServiceAtLocations(ListOf):
    about = _("Services at their locations: by phone or online, and in a city for local ones.")

    parameters = (
        *("search", "taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after"),
        *("postcode", "proximity", "full"),
    )
    choose, write = choosing.places, writing.places


@described("service_at_location")
class ServiceAtLocation(OneOf):
    """One service at one location."""

    def find(self, public_id: UUID, asked: Mapping[str, Any], telling: Telling) -> Document | None:
        for where, service in services_at(public_id).items():
            pk = published(Resource, service)
            if pk and choosing.is_given(pk, where, telling.directory):
                return next(writing.places([(pk, where)], {"full": True}, telling), None)
        return None


@described("tombstone")
class Tombstones(ListOf):
    about = _("What was taken down, by id. It is of our profile: HSDS has no word for it.")

    parameters = ("modified_after",)
    choose, write = choosing.tombstones, writing.tombstones


class ProfileSchema(Open):
    """What the profile adds to a document of HSDS, in JSON Schema."""

    http_method_names: ClassVar[Any] = ["get", "head", "options"]

    def get(self, request: Request, name: str) -> HttpResponseBase:
        self.asked(request, ())
        if name not in SCHEMAS:
            raise NotFound(f"There are: {', '.join(SCHEMAS)}.")
        about = {
            "$schema": DIALECT,
            "$id": request.build_absolute_uri(request.path),
            "title": f"{name} of the profile, {profile.VERSION}",
        }
        document = {**about, **SCHEMAS[name]}
        return as_json(request._request, document, directory_of(request._request))


class Nothing(Open):
    """Any other address below the root."""

    def get(self, request: Request) -> HttpResponseBase:
        raise NotFound("There is no such address. /api/ says what there is.")

    post = put = patch = delete = get
