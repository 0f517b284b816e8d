"""What a request asks: its parameters from address, form and JSON; never a cookie."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.http import QueryDict
from rest_framework.exceptions import ParseError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.parsers import MultiPartParser as AnyMultiPart
from rest_framework.request import Request

from resources.api.parameters import PARAMETERS

# Bytes of a query by POST. What is asked fits in an address many times.
MOST_BYTES = 16 * 1024

# None: it was named, and nothing was said.
Pairs = list[tuple[str, str | None]]

KINDS = {"string": "a text", "integer": "a whole number", "boolean": "true or false"}


class JSONParser(BaseParser):
    """An object of strings, numbers, true and false, each as its parameter has it."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Pairs:
        try:
            data = json.loads(stream.read(MOST_BYTES + 1))
        except (ValueError, RecursionError):
            raise ParseError("The body is not JSON. Send an object of parameters.") from None
        if not isinstance(data, dict):
            raise ParseError('Send a JSON object of parameters, such as {"search": "copay"}.')
        return [(name, _said(name, value)) for name, value in data.items()]


def _said(name: str, value: Any) -> str | None:
    if value is None:
        return None
    parameter = PARAMETERS.get(name)
    wanted = parameter.schema.get("type", "string") if parameter else "string"
    if wanted == "boolean" and isinstance(value, bool):
        return "true" if value else "false"
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if wanted == "integer" and is_number and value == value // 1:
        return str(int(value))
    if wanted == "string" and isinstance(value, str):
        return value
    raise ParseError(f"“{name[:40]}” has to be {KINDS[wanted]}.")


class FormParser(BaseParser):
    """Parameters as a form sends them."""

    media_type = "application/x-www-form-urlencoded"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Pairs:
        return list(_pairs(QueryDict(stream.read(MOST_BYTES + 1), encoding="utf-8")))


class MultiPartParser(BaseParser):
    """Parameters as a form for files sends them, and a script with `FormData`; no files."""

    media_type = "multipart/form-data"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Pairs:
        sent = AnyMultiPart().parse(stream, media_type, parser_context)
        if sent.files:
            raise ParseError("Send no files: parameters only.")
        return list(_pairs(sent.data))


class AlwaysJSON(BaseContentNegotiation):
    """The API answers in JSON, whatever is said to be accepted: one can see what it is."""

    def select_parser(self, request: Any, parsers: Any) -> Any:
        kind = (request.content_type or "").partition(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == kind), None)

    def select_renderer(self, request: Any, renderers: Any, format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type


def given(request: Request) -> list[Pairs]:
    """The parameters of a request: of its address, then of its body, which count more."""
    asked: Pairs = list(_pairs(request.query_params))
    return [asked, list(request.data)] if request.method == "POST" else [asked]


def _pairs(query: QueryDict) -> Iterator[tuple[str, str]]:
    for name, values in query.lists():
        yield from ((name, value) for value in values)
