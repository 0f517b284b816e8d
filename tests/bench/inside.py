"""What can only be seen or done inside the site: `python -m tests.bench.inside queries|publish`.

A process of its own, with the settings and the database that its environment names.
"""

from __future__ import annotations

import json
import sys
import time

import django


def queries(paths: list[str]) -> list[int]:
    """How many queries each page makes, once what is kept for each language is there."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="localhost")
    counts = []
    for path in ["/", "/es/"]:
        client.get(path)
    for path in paths:
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        counts.append(len(captured))
    return counts


def publish() -> float:
    """Change one resource and publish it, as a curator's form does; the seconds that it took."""
    from django.db import transaction

    from resources.models import Resource
    from resources.publishing import publish as make_public

    resource = Resource.objects.published().order_by("pk")[0]
    resource.summary += " "
    began = time.perf_counter()
    with transaction.atomic():
        resource.save()
        make_public(by="benchmark", entries=[resource])
    return time.perf_counter() - began


if __name__ == "__main__":
    django.setup()
    print(json.dumps(publish() if sys.argv[1] == "publish" else queries(json.load(sys.stdin))))
