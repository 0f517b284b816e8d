"""Two answers for the machines that watch the server."""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from directory.databases import reading
from directory.databases.asking import ask
from directory.databases.watch import watch


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200: this process is alive."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200: pages can be served; `read-only` where nothing can be saved.

    503 with a word: `database` where none can be read, or `migrations` where some are missing.
    """
    trouble = _trouble()
    fine = "ok" if watch.can_write else "read-only"
    return HttpResponse(trouble or fine, content_type="text/plain", status=503 if trouble else 200)


def _trouble() -> str:
    try:
        return "migrations" if ask(_unapplied) else ""
    except DatabaseError:
        return "database"


def lacks_migrations() -> bool:
    """Whether the database can be asked, and its tables are of an older version than the code."""
    return _trouble() == "migrations"


def _unapplied() -> list[Any]:
    executor = MigrationExecutor(reading.connection())
    return executor.migration_plan(executor.loader.graph.leaf_nodes())
