"""What is done inside a site whose desk is measured: `python -m tests.bench.desk.inside TASK`.

A process of its own, with the settings and the database that its environment names.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

import django


def work(_given: Any) -> None:
    """Fill the desk."""
    from django.utils import timezone

    from tests.bench.desk.work import work as fill

    fill(timezone.localdate())


def pages(_given: Any) -> dict[str, list[str]]:
    """The addresses of every page that is measured, by its name."""
    from tests.bench.desk.pages import pages as of_the_desk

    return of_the_desk()


def sign_in(_given: Any) -> str:
    """The Cookie header of a curator who has signed in."""
    return "; ".join(f"{name}={cookie.value}" for name, cookie in _curator().cookies.items())


def queries(pages: dict[str, list[str]]) -> dict[str, int]:
    """How many queries each page makes at most, once what is kept in memory is there."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = _curator()
    counts: dict[str, int] = {}
    for name, paths in pages.items():
        client.get(paths[0])
        for path in paths:
            with CaptureQueriesContext(connection) as captured:
                client.get(path)
            counts[name] = max(counts.get(name, 0), len(captured))
    return counts


def slowest_queries(pages: dict[str, list[str]]) -> dict[str, list[tuple[float, str]]]:
    """The three slowest queries of the first address of each page: seconds and SQL."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, found = _curator(), {}
    for name, paths in pages.items():
        client.get(paths[0])
        with CaptureQueriesContext(connection) as captured:
            client.get(paths[0])
        rows = [(float(row["time"]), row["sql"]) for row in captured.captured_queries]
        found[name] = sorted(rows, reverse=True)[:3]
    return found


def _curator() -> Any:
    from django.test import Client

    from resources.models import Curator
    from tests import second_factor
    from tests.bench.desk.work import CURATOR

    client = Client(SERVER_NAME="localhost", raise_request_exception=True)
    return second_factor.sign_in(client, Curator.objects.get(username=CURATOR))


TASKS: dict[str, Callable[[Any], Any]] = {
    task.__name__: task for task in (work, pages, sign_in, queries, slowest_queries)
}

if __name__ == "__main__":
    django.setup()
    print(json.dumps(TASKS[sys.argv[1]](json.load(sys.stdin))))
