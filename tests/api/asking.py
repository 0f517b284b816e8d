"""Asking the API as a program does."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

ROOT = "/api/hsds/"


def ask(path: str = "", **params: Any) -> Any:
    """The document at an address below the root; the answer has to be 200."""
    response = Client().get(ROOT + path, params)
    assert response.status_code == 200, response.content
    return response.json()


def names(path: str, **params: Any) -> list[str]:
    """What the contents of a list are called, in their order."""
    return [one["name"] for one in ask(path, **params)["contents"]]


def lines(path: str, **params: Any) -> list[Any]:
    """A list as a stream, read to its end."""
    response: Any = Client().get(ROOT + path, {**params, "format": "ndjson"})
    assert response.status_code == 200, response.content
    return [json.loads(line) for line in b"".join(response.streaming_content).splitlines()]
