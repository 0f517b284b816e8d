"""Every address of the site: the public pages in each language, the curators' desk, the probes."""

from __future__ import annotations

from importlib.util import find_spec

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, path

from directory.health import healthz, readyz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("admin/", admin.site.urls),
]

if find_spec("resources.views.search"):
    from resources import urls as resources

    urlpatterns += [
        *resources.files,
        *i18n_patterns(*resources.pages, prefix_default_language=False),
    ]

handler400 = "resources.views.errors.bad_request"
handler404 = "resources.views.errors.page_not_found"
handler500 = "resources.views.errors.server_error"
