"""A test's answers end with it, not whenever they are collected as garbage."""

from __future__ import annotations

import gc
from typing import Any

import pytest
from django.core.signals import request_finished
from django.test import Client

from tests import make
from tests.closing import answers_closed


@pytest.mark.django_db
def test_a_stream_that_was_begun_and_let_go_is_closed_at_the_end() -> None:
    make.resource()
    ended: list[object] = []

    def note(**_signal: Any) -> None:
        ended.append(1)

    with answers_closed():
        answer: Any = Client().get("/api/hsds/services?format=ndjson")
        next(iter(answer.streaming_content))
        request_finished.connect(note)
        del answer
        gc.collect()
        assert ended == []
    assert ended == [1]
    request_finished.disconnect(note)
