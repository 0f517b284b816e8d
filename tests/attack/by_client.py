"""Sends attacks to Django's test client, byte for byte as a web server would hand them over."""

from __future__ import annotations

import time
import traceback
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote_to_bytes

from django.test import Client
from django.test.client import FakePayload

from tests.attack.answers import Answer
from tests.attack.malformed import Attack

WITHOUT_PREFIX = ("CONTENT_TYPE", "CONTENT_LENGTH")


def send_all(attacks: Iterable[Attack]) -> Iterator[tuple[Attack, Answer]]:
    """Every attack with its answer."""
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    for attack in attacks:
        yield attack, send(client, attack)
        client.cookies.clear()


def send(client: Client, attack: Attack) -> Answer:
    """One answer; a request that even the handler could not read counts as a 500."""
    began = time.perf_counter()
    try:
        response = client.request(**environ(attack))
    except Exception as error:
        return Answer(500, (), b"", time.perf_counter() - began, _where(error))
    body = b"".join(response) if response.streaming else response.content
    seconds = time.perf_counter() - began
    cookies = [("Set-Cookie", cookie.OutputString()) for cookie in response.cookies.values()]
    headers = (*response.items(), *cookies)
    raised = getattr(response, "exc_info", None)  # set by the test client where a view failed
    said = _where(raised[1]) if raised else ""
    return Answer(response.status_code, headers, body, seconds, said)


def environ(attack: Attack) -> dict[str, Any]:
    """The WSGI environment of a request (PEP 3333: bytes as Latin-1)."""
    made: dict[str, Any] = {
        "REQUEST_METHOD": attack.method,
        "PATH_INFO": unquote_to_bytes(attack.path).decode("latin-1"),
        "QUERY_STRING": attack.query.decode("latin-1"),
        "SERVER_NAME": "localhost",
        "wsgi.input": FakePayload(attack.body),
        "CONTENT_LENGTH": str(len(attack.body)),
    }
    for name, value in attack.headers:
        key = name.upper().replace("-", "_")
        made[key if key in WITHOUT_PREFIX else f"HTTP_{key}"] = value.decode("latin-1")
    return made


def _where(error: BaseException) -> str:
    """Type, words and place of an exception."""
    places = traceback.extract_tb(error.__traceback__)
    at = f" at {places[-1].filename}:{places[-1].lineno}" if places else ""
    return f"({type(error).__name__}: {str(error)[:120]}{at})"
