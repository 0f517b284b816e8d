"""Every address of the site: the public pages in each language, the curators' desk, the probes."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from directory.health import healthz, readyz
from resources import urls as resources
from resources.views.metrics import metrics

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("admin/", include("resources.admin.urls")),
    *resources.files,
    *i18n_patterns(*resources.pages, prefix_default_language=False),
]

handler400 = "resources.views.errors.bad_request"
handler403 = "resources.views.errors.forbidden"
handler404 = "resources.views.errors.page_not_found"
handler500 = "resources.views.errors.server_error"
