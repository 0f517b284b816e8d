"""Descriptions of the API, to be asked whatever they allow and whatever they forbid."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import cache
from typing import Any

import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from schemathesis.config import SchemathesisConfig

from resources.api.answering import NDJSON

# So many made-up requests of each operation, besides every edge of every parameter.
# SCHEMATHESIS_EXAMPLES=500 asks deep.
EXAMPLES = int(os.environ.get("SCHEMATHESIS_EXAMPLES", "5"))


@schemathesis.deserializer(NDJSON)
def documents(_context: Any, response: Any) -> list[Any]:
    """What a stream holds."""
    return [json.loads(line) for line in response.content.splitlines()]


@cache
def _site() -> Any:
    """Without what `directory.wsgi` reads ahead, in threads of its own."""
    return WSGIHandler()


def plain(environ: dict[str, Any], start_response: Any) -> Any:
    """The site, to a client that says it unpacks and does not; an answer is read and closed."""
    environ.pop("HTTP_ACCEPT_ENCODING", None)
    answer = _site()(environ, start_response)
    try:
        return [b"".join(answer)]
    finally:
        answer.close()


def asked(description: Mapping[str, Any]) -> Any:
    """The operations of a description, for `parametrize`; the same requests in every run."""
    config = SchemathesisConfig.from_dict(
        {
            "seed": 1,
            "generation": {"max-examples": EXAMPLES, "deterministic": True},
            "suppress-health-check": ["all"],  # how fast examples are made up is no test of ours
        }
    )
    schema: Any = schemathesis.openapi.from_dict(json.loads(json.dumps(description)), config=config)
    schema.app = plain
    return schema
