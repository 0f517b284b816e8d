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

# Bytes of a query by POST. What is asked fits in an address many times.
MOST_BYTES = 16 * 1024

Pairs = list[tuple[str, str]]


class JSONParser(BaseParser):
    """An object of strings, numbers, true and false."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Pairs:
        try:
            data = json.loads(stream.read(MOST_BYTES + 1))
        except (ValueError, RecursionError):
            raise ParseError("The body is not JSON. Send an object of parameters.") from None
        if not isinstance(data, dict):
            raise ParseError('Send a JSON object of parameters, such as {"search": "copay"}.')
        return [(name, _said(name, value)) for name, value in data.items() if value is not None]


def _said(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int):
        return str(value)
    raise ParseError(f"“{name[:40]}” has to be a text, a number, true or false.")


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


def given(request: Request) -> Pairs:
    """The parameters of a request, those of its body after those of its address."""
    asked = list(_pairs(request.query_params))
    return asked + list(request.data) if request.method == "POST" else asked


def _pairs(query: QueryDict) -> Iterator[tuple[str, str]]:
    for name, values in query.lists():
        yield from ((name, value) for value in values)
