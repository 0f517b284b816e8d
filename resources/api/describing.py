"""The description of the API in OpenAPI 3.1, made from the views that answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view

from resources.api.answering import NDJSON, as_json, opened
from resources.api.parameters import PARAMETERS
from resources.context import directory_of
from resources.hsds.profile_schemas import TOMBSTONE

View = TypeVar("View")
Schema = dict[str, Any]

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
STANDARD = "https://raw.githubusercontent.com/openreferral/specification/3.2/schema"

# The schemas of the standard, by kind: of one with all that belongs to it, and of one in a list.
NESTED = frozenset({"service", "organization", "service_at_location"})
PAGE: Schema = {
    "type": "object",
    "required": ["empty", "contents"],
    "properties": {
        "total_items": {"type": "integer"},
        "total_pages": {"type": "integer"},
        "page_number": {"type": "integer"},
        "size": {"type": "integer", "description": "How many are in contents."},
        "first_page": {"type": "boolean"},
        "last_page": {"type": "boolean"},
        "empty": {"type": "boolean"},
    },
}
ROOT: Schema = {
    "type": "object",
    "required": ["version", "profile", "openapi_url"],
    "properties": {
        "version": {"type": "string"},
        "profile": {"type": "string", "format": "uri"},
        "openapi_url": {"type": "string", "format": "uri"},
        "description": {"type": "string"},
        "data_guide": {"type": "string", "format": "uri"},
        "license": {"type": "string", "format": "uri"},
        "publisher": {"type": "object"},
    },
}
REFUSED: Schema = {
    "type": "object",
    "required": ["detail"],
    "properties": {
        "detail": {"type": "string", "description": "What is wrong, and what to do."},
        "parameter": {"type": "string"},
    },
}


def described(kind: str) -> Callable[[type[View]], type[View]]:
    """Describe a view whose documents are of this kind of HSDS, "root" or "tombstone"."""

    def describe(view: type[View]) -> type[View]:
        many = hasattr(view, "choose")
        said: dict[str, Any] = {
            "summary": (view.__doc__ or "").strip(),
            "tags": ["HSDS" if kind != "tombstone" else "Profile"],
            "auth": [],
        }
        names = (
            *getattr(view, "parameters", ()),
            *(("page", "per_page", "format") if many else ()),
        )
        answers = _answers(kind, many=many)
        name = view.__name__
        methods = {
            "get": extend_schema(
                operation_id=f"get{name}",
                parameters=_parameters(names),
                responses=answers,
                **said,
            )
        }
        if many:
            methods["post"] = extend_schema(
                operation_id=f"find{name}",
                parameters=_parameters(names),
                request={JSON: _body(names), FORM: _body(names)},
                responses=answers,
                **said,
            )
        decorated: type[View] = extend_schema_view(**methods)(view)
        return decorated

    return describe


def _parameters(names: Iterable[str]) -> list[Any]:
    return [
        OpenApiParameter(name, dict(PARAMETERS[name].schema), description=PARAMETERS[name].does)
        for name in names
    ]


def _body(names: Iterable[str]) -> Schema:
    properties = {
        name: {**PARAMETERS[name].schema, "description": PARAMETERS[name].does} for name in names
    }
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _answers(kind: str, *, many: bool) -> dict[Any, Any]:
    refusals: dict[Any, Any] = {400: REFUSED, 429: REFUSED}
    if kind == "root":
        return {(200, JSON): ROOT, **refusals}
    if not many:
        return {(200, JSON): _schema(kind, many=False), 404: REFUSED, 410: REFUSED, **refusals}
    item = _schema(kind, many=True)
    contents: Schema = {
        "type": "object",
        "properties": {"contents": {"type": "array", "items": item}},
    }
    return {(200, JSON): {"allOf": [PAGE, contents]}, (200, NDJSON): item, **refusals}


def _schema(kind: str, *, many: bool) -> Schema:
    if kind == "tombstone":
        return TOMBSTONE
    if kind not in NESTED:
        return {"$ref": f"{STANDARD}/{kind}.json"}
    return {"$ref": f"{STANDARD}/compiled/{kind}{'_list' if many else ''}.json"}


@require_safe
def openapi(request: HttpRequest) -> HttpResponseBase:
    """The description, as JSON."""
    answer = as_json(request, description(), directory_of(request))
    return opened(answer, is_private=False)


@cache
def description() -> Schema:
    """The description of all endpoints; the same for as long as the process lives."""
    from resources.api.urls import described as patterns

    generator: Any = SchemaGenerator
    schema: Schema = generator(patterns=patterns).get_schema(request=None, public=True)
    paths = {_address(path): told for path, told in schema["paths"].items()}
    return {**schema, "paths": paths}


def _address(path: str) -> str:
    """Without the last slash that may be there; the root has it."""
    return path if path == "/api/hsds/" else path.rstrip("/")
