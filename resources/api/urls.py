"""The addresses of the API. They stand once, not for each language; a last slash may be there."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, re_path

from resources.api import views
from resources.api.describing import openapi
from resources.api.endpoint import ListOf, OneOf, Open

LISTS: dict[str, tuple[type[ListOf], type[OneOf] | None]] = {
    "services": (views.Services, views.Service),
    "organizations": (views.Organizations, views.Organization),
    "taxonomies": (views.Taxonomies, views.Taxonomy),
    "taxonomy_terms": (views.TaxonomyTerms, views.TaxonomyTerm),
    "service_at_locations": (views.ServiceAtLocations, views.ServiceAtLocation),
    "tombstones": (views.Tombstones, None),
}


def _endpoint(address: str, view: type[Open], name: str) -> URLPattern:
    function: Any = view.as_view()
    function.changes_nothing = True  # `directory.middleware.OnlyReadInPublic`
    pattern: URLPattern = re_path(rf"^api/hsds/{address}$", function, name=f"hsds_{name}")
    return pattern


described = [_endpoint("", views.Root, "root")]
for name, (many, one) in LISTS.items():
    described.append(_endpoint(f"{name}/?", many, name))
    if one is not None:
        described.append(_endpoint(rf"{name}/(?P<public_id>[^/]+)/?", one, f"one_of_{name}"))

endpoints: list[URLPattern] = [
    *described,
    re_path(r"^api/hsds/openapi\.json$", openapi, name="hsds_openapi"),
    _endpoint(r"profile/(?P<name>[a-z_]+)\.json", views.ProfileSchema, "profile_schema"),
    _endpoint("(?!profile/$).*", views.Nothing, "nothing"),
]
