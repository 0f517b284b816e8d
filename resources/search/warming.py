"""What a server's worker reads before anybody asks, so that the first who does need not wait."""

from __future__ import annotations

import logging
from threading import Thread

from django.db import DatabaseError, connections
from django.utils import timezone

from directory.databases.asking import ask
from resources.search import sets
from resources.search.areas import zip_codes
from resources.search.query import SearchQuery
from resources.search.real_words import real_words
from resources.search.results import find
from resources.search.suggesting import suggest

_log = logging.getLogger("resources.search")


def warm_up() -> Thread:
    """Begin to read, beside whatever comes; returns the thread that does."""
    thread = Thread(target=_read, daemon=True)
    thread.start()
    return thread


def _read() -> None:
    """The sets, what the words mean, the counts, what can be suggested, the ZIP codes."""
    try:
        ask(_look_for_something)
    except DatabaseError:
        _log.exception("The search could not be made ready before the first request")
    finally:
        connections.close_all()
    zip_codes()
    real_words()


def _look_for_something() -> None:
    directory = sets.current(timezone.localdate())
    for language in ("en", "es"):
        found = find(SearchQuery(text="copay"), directory, language)
        found.facets  # noqa: B018 - asked for so that it is worked out
    suggest(directory, "copay", "en")
