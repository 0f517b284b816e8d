"""What is done inside a site where the API is measured: `python -m ... TASK`."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable
from random import Random
from typing import Any

import django

SEED = 20261127
# Everything was loaded at one moment; every tenth was changed since, within so many days.
CHANGED, WITHIN = 10, 100
EACH = 40


def change(_given: Any) -> None:
    """Let some have been changed, at moments of their own; nothing else of them changes."""
    from django.db import connection
    from django.utils import timezone

    from resources.models import Edition
    from resources.search import sets

    is_postgresql = connection.vendor == "postgresql"
    ago = f"(id / {CHANGED} %% {WITHIN * 8_640}) * 10"  # seconds
    at = f"%s::timestamptz - {ago} * interval '1 second'"
    if not is_postgresql:
        at = f"datetime(%s, '-' || ({ago}) || ' seconds')"
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE resources_resource SET changed_at = {at} WHERE id %% {CHANGED} = 0",
            [timezone.now()],
        )
        cursor.execute("VACUUM ANALYZE" if is_postgresql else "ANALYZE")
    sets.build(Edition.current(), timezone.localdate())


def queries(_given: Any) -> dict[str, list[str]]:
    """What is asked, by kind: addresses below the root of the API, without their page."""
    from django.utils import timezone

    from resources.models import Condition, Need, Organisation, Resource, Term

    dice, now = Random(SEED), timezone.now()
    pks = Resource.objects.published().order_by("pk").values_list("pk", flat=True)
    last = pks.last() or 0
    some = Resource.objects.in_bulk([dice.randint(1, last) for _ in range(4 * EACH)])
    runners = Organisation.objects.in_bulk([one.organisation_id for one in some.values()])
    terms: list[Term] = [*Need.objects.filter(resources__isnull=False).distinct()]
    terms += Condition.objects.filter(resources__isnull=False).distinct()
    since = {
        f"changed since {name}": [f"services?modified_after={_ago(now, days)}"]
        for name, days in {"an hour": 1 / 24, "a day": 1, "10 days": 10, "100 days": 100}.items()
    }
    return {
        "services": ["services?"],
        **since,
        "changed since ever": ["services?modified_after=2000-01-01"],
        "services, minimal, 500 a page": ["services?minimal=true&per_page=500"],
        "services, full": ["services?full=true"],
        "by term": [f"services?taxonomy_term_id={dice.choice(terms).public_id}" for _ in terms],
        "by ZIP code": [f"services?postcode={code}" for code in ("43004", "10001", "73301")],
        "by organization": [
            f"services?organization_id={one.public_id}" for one in list(runners.values())[:EACH]
        ],
        "by words": [f"services?search={words}" for words in ("copay", "gleevec+ohio", "rides")],
        "places": ["service_at_locations?"],
        "organizations": ["organizations?"],
        "one service": [f"services/{one.public_id}?" for one in list(some.values())[:EACH]],
    }


def _ago(now: dt.datetime, days: float) -> str:
    return (now - dt.timedelta(days=days)).isoformat().replace("+", "%2B")


TASKS: dict[str, Callable[[Any], Any]] = {"change": change, "queries": queries}


if __name__ == "__main__":
    django.setup()
    print(json.dumps(TASKS[sys.argv[1]](json.load(sys.stdin))))
