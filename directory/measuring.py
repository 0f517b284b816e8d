"""What requests are answered with and how long that takes, for the curators' own monitoring.

By the name of the page and the kind of the answer: no address, no slug, no query, nobody. Each
process counts for itself. Where there are several, each counts in a file of one folder that
`directory.serve` makes for them, and whichever is asked adds all of them up, those that have ended
included. Hence only what can be added is counted here; what stands now is asked for when it is told
(`resources.views.metrics`).
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.multiprocess import MultiProcessCollector

Respond = Callable[[HttpRequest], HttpResponseBase]

# The variable by which prometheus-client knows the folder that processes share.
SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
# Seconds; 0.2 is what docs/objectives.md promises.
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 20)

# What of requests was never a page: static files, and addresses that lead nowhere.
NO_PAGE = "none"

_own = CollectorRegistry()
REQUESTS = Counter(
    "directory_requests", "Answers, by page and kind of status.", ["page", "status"], registry=_own
)
SECONDS = Histogram(
    "directory_request_seconds",
    "Seconds until an answer begins, by page.",
    ["page"],
    registry=_own,
    buckets=BUCKETS,
)


def count_requests(respond: Respond) -> Respond:
    """The middleware; it is not there where nobody may ask for what it counts."""
    if not settings.METRICS_TOKEN:
        raise MiddlewareNotUsed

    def answer(request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        response = respond(request)
        match = request.resolver_match
        page = (match.view_name or NO_PAGE) if match else NO_PAGE
        REQUESTS.labels(page, f"{response.status_code // 100}xx").inc()
        SECONDS.labels(page).observe(time.perf_counter() - began)
        return response

    return answer


def counted() -> CollectorRegistry:
    """What was counted, by all processes."""
    if SHARED_FOLDER not in os.environ:
        return _own
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry
