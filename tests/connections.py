"""The database connection of a test, which the end of a request must not close."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.signals import request_finished, request_started
from django.db import close_old_connections

SIGNALS = (request_started, request_finished)


@contextmanager
def kept_open() -> Iterator[None]:
    """Within it, requests begin and end without closing it, as `django.test.Client` sees to.

    A connection in a transaction, as a test's is, counts as one that was left in disorder.
    """
    for signal in SIGNALS:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in SIGNALS:
            signal.connect(close_old_connections)
