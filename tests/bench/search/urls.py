"""The site's addresses, and under /floor/ and /usual/ the pages to compare with."""

from __future__ import annotations

from django.urls import path

from directory.urls import handler400, handler403, handler404, handler500, urlpatterns
from tests.bench.search.usual import empty, plain_list, usual

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("floor/empty/", empty),
    path("floor/list/", plain_list),
    path("usual/search/", usual),
    *urlpatterns,
]
