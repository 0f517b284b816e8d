"""Answers of `django.test.Client`, closed by the test that asked for them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.test import client


@contextmanager
def answers_closed() -> Iterator[None]:
    """Keep every stream that a client is given, and close it at the end.

    One that was begun and let go is closed by whatever request runs when it is collected as
    garbage. That ends the other request's work, and where it sets what both remember, it can end
    the interpreter: https://github.com/python/cpython/issues/148891.
    """
    given: list[Any] = []
    wrap = client.closing_iterator_wrapper

    def kept(*arguments: Any) -> Any:
        given.append(wrap(*arguments))
        return given[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client, "closing_iterator_wrapper", kept)
        try:
            yield
        finally:
            for stream in given:
                stream.close()
