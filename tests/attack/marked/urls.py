"""The site, with addresses that go wrong in the database, and one that shows the process within."""

from __future__ import annotations

import json

from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

from resources.search import tally
from tests.directory import trouble


def _broken_query(request: HttpRequest) -> HttpResponse:
    """PostgreSQL says which word was no number, and shows the statement."""
    with connection.cursor() as cursor:
        word = request.GET.get("q", "")
        cursor.execute("SELECT CAST(%s AS integer) FROM no_such_table", [word])
    return HttpResponse()


def _no_number(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        word = request.GET.get("q", "")
        cursor.execute("SELECT CAST(CAST(%s AS text) AS integer)", [word])
    return HttpResponse()


def _slow_query(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        word = request.GET.get("q", "")
        cursor.execute("SELECT CAST(%s AS text), pg_sleep(0.01)", [word])
    return HttpResponse("at last")


def _inside(request: HttpRequest) -> JsonResponse:
    """What this process holds, and what the sessions say once they are read."""
    held = {f"cache {name}": str(vars(caches[name])) for name in ("default", "filters")}
    held["tally"] = str(vars(tally.tally))
    sessions = [session.get_decoded() for session in Session.objects.all()]
    return JsonResponse({**held, "sessions": json.dumps(sessions, default=str)})


urlpatterns = [
    path("broken-query", _broken_query),
    path("no-number", _no_number),
    path("slow-query", _slow_query),
    path("inside", _inside),
    *trouble.urlpatterns,
]

handler400, handler403 = trouble.handler400, trouble.handler403
handler404, handler500 = trouble.handler404, trouble.handler500
