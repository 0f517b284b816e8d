"""/metrics: for the curators' own monitoring, in the text format of Prometheus.

Off until METRICS_TOKEN is set; then for whoever sends it. Nothing about visitors.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Min, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from directory import build
from directory.measuring import counted
from resources.models import Edition, Publication


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """What was counted, and how things stand. 404 where it is off, 401 without the token."""
    if not settings.METRICS_TOKEN:
        raise Http404
    sent = request.headers.get("Authorization", "")
    if not constant_time_compare(sent, f"Bearer {settings.METRICS_TOKEN}"):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    standing = CollectorRegistry()
    standing.register(Standing())
    told = generate_latest(counted()) + generate_latest(standing)
    return HttpResponse(told, content_type=CONTENT_TYPE_LATEST)


class Standing(Collector):
    """How things stand at this moment, read when it is asked for."""

    def collect(self) -> Iterator[Metric]:
        """Whether the database answers and, where it does, edition and work that waits."""
        try:
            found = list(_in_the_database())
        except DatabaseError:
            found = []
        yield _gauge("directory_database_reachable", "1 where the database answers.", bool(found))
        yield from found
        code = GaugeMetricFamily("directory_code", "Which code runs.", labels=["fingerprint"])
        code.add_metric([build.fingerprint()], 1)
        yield code


def _in_the_database() -> Iterator[Metric]:
    now = timezone.now()
    yield _gauge("directory_edition", "The number of the current edition.", Edition.current())
    newest = Publication.objects.public().values_list("at", flat=True).last()
    if newest:
        age = (now - newest).total_seconds()
        yield _gauge("directory_edition_age_seconds", "Since something was last published.", age)
    due = DBTaskResult.objects.ready()
    yield _gauge("directory_tasks_waiting", "Work that is due and has not begun.", due.count())
    yield _gauge("directory_oldest_task_seconds", "Since the oldest of it was due.", _oldest(due))
    failed = DBTaskResult.objects.failed().count()
    yield _gauge("directory_tasks_failed", "Work that failed and is still remembered.", failed)


def _oldest(due: QuerySet[Any]) -> float:
    oldest = due.aggregate(oldest=Min("enqueued_at"))["oldest"]
    return (timezone.now() - oldest).total_seconds() if oldest else 0


def _gauge(name: str, about: str, value: float) -> Metric:
    return GaugeMetricFamily(name, about, value=value)
