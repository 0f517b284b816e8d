"""The description of the API in OpenAPI 3.1, made from the views that answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from http import HTTPStatus
from typing import Any, TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import override
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view

from resources.api.answering import NDJSON, as_json, opened
from resources.api.parameters import PARAMETERS
from resources.api.schemas import AN_ID, COMPONENTS
from resources.context import directory_of

View = TypeVar("View")
Schema = dict[str, Any]

JSON, FORM = "application/json", "application/x-www-form-urlencoded"


# What stands in the address of a single thing.
AN_OWN_ID = OpenApiParameter("public_id", AN_ID, OpenApiParameter.PATH, description="Its id.")


def described(kind: str) -> Callable[[type[View]], type[View]]:
    """Describe a view whose documents are of this kind of HSDS, "root" or "tombstone"."""

    def describe(view: type[View]) -> type[View]:
        many = hasattr(view, "choose")
        said: dict[str, Any] = {
            "summary": _in_english(getattr(view, "about", view.__doc__)),
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
                parameters=[*_parameters(names), *([] if many or kind == "root" else [AN_OWN_ID])],
                responses=answers,
                **said,
            )
        }
        if many:
            methods["post"] = extend_schema(
                operation_id=f"find{name}",
                parameters=_parameters(names),
                request={JSON: _in_json(names), FORM: _body(names)},
                responses=answers,
                **said,
            )
        decorated: type[View] = extend_schema_view(**methods)(view)
        return decorated

    return describe


def _in_english(text: Any) -> str:
    with override("en"):
        return str(text).strip()


def _parameters(names: Iterable[str]) -> list[Any]:
    return [
        OpenApiParameter(
            name, dict(PARAMETERS[name].schema), description=_in_english(PARAMETERS[name].does)
        )
        for name in names
    ]


def _body(names: Iterable[str]) -> Schema:
    properties = {
        name: {**PARAMETERS[name].schema, "description": _in_english(PARAMETERS[name].does)}
        for name in names
    }
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _in_json(names: Iterable[str]) -> Schema:
    """The same, where null says nothing."""
    body = _body(names)
    said = {
        name: {"anyOf": [schema, {"type": "null"}]} for name, schema in body["properties"].items()
    }
    return {**body, "properties": said}


def _answers(kind: str, *, many: bool) -> dict[Any, Any]:
    refused = _component("refused")
    refusals: dict[Any, Any] = dict.fromkeys((400, 404, 405, 429), refused)
    if kind == "root":
        return {(200, JSON): _component(kind), **refusals}
    document = _component(kind)
    if not many:
        return {(200, JSON): document, 410: _component("gone"), **refusals}
    every: Schema = {"type": "array", "items": document}
    contents: Schema = {"type": "object", "properties": {"contents": every}}
    return {
        (200, JSON): {"allOf": [_component("page"), contents]},
        (200, NDJSON): every,  # of what stands on lines, as OpenAPI 3.2 will have it
        **refusals,
        **dict.fromkeys((411, 413, 415), refused),
    }


def _component(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


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
    for operation in (operation for told in paths.values() for operation in told.values()):
        for status, answer in operation["responses"].items():
            answer["description"] = HTTPStatus(int(status)).phrase
    return {**schema, "paths": paths, "components": {"schemas": dict(COMPONENTS)}}


def _address(path: str) -> str:
    """Without the last slash that may be there; the root has it."""
    return path if path == "/api/hsds/" else path.rstrip("/")
