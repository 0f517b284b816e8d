"""The site's addresses, without the limits of how often one may ask."""

from __future__ import annotations

from directory.urls import handler400, handler403, handler404, handler500, urlpatterns
from resources.api import limits

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

for counted in (limits.PAGES, limits.STREAMS):
    counted.update(dict.fromkeys(counted, 10**9))
