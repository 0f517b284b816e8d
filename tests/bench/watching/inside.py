"""What is done inside a site where watching is measured: `python -m ... TASK`."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import django

SEED = 20261127
# Of one fund within a year, and how often what is seen differs from what was seen before.
SEEN_OF_ONE, TURNS = 20, 0.2
# Other filters each time: so many are asked for in turn.
QUERIES = 40


def see(many: int) -> None:
    """Add so many sightings, of as many funds as that takes."""
    from django.db import connection
    from django.utils import timezone

    from resources.models import Resource, StatusSighting

    funds = Resource.objects.published().exclude(fund_status="not_applicable").order_by("pk")
    pks = list(funds.values_list("pk", flat=True))
    rows = _sightings(Random(SEED), pks, many, timezone.now())
    StatusSighting.objects.bulk_create(rows, batch_size=2_000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _sightings(dice: Random, pks: list[int], many: int, now: dt.datetime) -> Iterator[Any]:
    from resources.models import StatusSighting

    for number in range(0, many, SEEN_OF_ONE):
        pk, status = pks[number // SEEN_OF_ONE % len(pks)], dice.choice(["open", "closed"])
        for back in sorted(dice.sample(range(365), SEEN_OF_ONE), reverse=True):
            if dice.random() < TURNS:
                status = dice.choice(["open", "closed", "closed", "waitlist"])
            at = now - dt.timedelta(days=back)
            yield StatusSighting(
                resource_id=pk, status=status, seen_on=at.date(), at=at, by_name="bench"
            )


def paths(_given: Any) -> dict[str, list[str]]:
    """The addresses of each kind of page."""
    from resources.models import Condition, Need, Resource, State, StatusSighting

    dice = Random(SEED)
    needs = list(Need.objects.filter(resources__isnull=False).distinct().order_by("pk"))
    states = list(State.objects.order_by("pk"))
    conditions = list(Condition.objects.filter(resources__isnull=False).distinct().order_by("pk"))
    queries = [
        f"need={dice.choice(needs).slug}&area={dice.choice(states).code}"
        + (f"&condition={dice.choice(conditions).slug}" if number % 2 else "")
        for number in range(QUERIES)
    ]
    words = [f"q={dice.choice(conditions).name.replace(' ', '+')}" for _ in range(QUERIES)]
    seen = StatusSighting.objects.values("resource").distinct()
    slugs = Resource.objects.published().filter(pk__in=seen).order_by("pk")
    some = list(slugs.values_list("slug", flat=True)[:QUERIES])
    return {
        "open now": ["/open-now/"],
        "open now, with filters": [f"/open-now/?{query}" for query in queries],
        "open now, with words": [f"/open-now/?{query}" for query in words],
        "open now, a later page": [f"/open-now/?page={number}" for number in range(2, 42)],
        "open now, feed": [f"/open-now/feed/?{query}" for query in queries],
        "search feed": [f"/search/feed/?{query}" for query in queries],
        "search feed, with words": [f"/search/feed/?{query}" for query in words],
        "search feed, everything": ["/search/feed/"],
        "resource feed": [f"/resources/{slug}/feed/" for slug in some],
        "resource, with its history": [f"/resources/{slug}/" for slug in some],
        "table": [f"/search/?{query}&view=table" for query in queries],
        "table of everything, sorted": [
            f"/search/?view=table&sort={sort}" for sort in ("-seen", "limit", "award", "apply")
        ],
        "CSV": ["/search/csv/"],
    }


def record(_given: Any) -> None:
    """Record a sighting as a curator's check does."""
    from django.utils import timezone

    from resources.models import Resource
    from resources.trust import record_sighting

    funds = Resource.objects.published().exclude(fund_status="not_applicable")
    fund = funds.order_by("?")[0]
    status = "closed" if fund.fund_status == "open" else "open"
    record_sighting(by="bench", resource=fund, status=status, seen_on=timezone.localdate())


def queries(_given: Any) -> dict[str, int]:
    """How many queries each kind of page makes at most, once what is kept is there."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="localhost")
    counts: dict[str, int] = {}
    for name, addresses in paths(None).items():
        if name == "CSV":
            continue
        client.get(addresses[0])
        for path in addresses[:5]:
            with CaptureQueriesContext(connection) as captured:
                client.get(path)
            counts[name] = max(counts.get(name, 0), len(captured))
    return counts


TASKS: dict[str, Callable[[Any], Any]] = {
    "see": see,
    "paths": paths,
    "record": record,
    "queries": queries,
}


if __name__ == "__main__":
    django.setup()
    print(json.dumps(TASKS[sys.argv[1]](json.load(sys.stdin))))
