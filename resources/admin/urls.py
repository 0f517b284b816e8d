"""The addresses under /admin/: signing in, and the desk."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from resources.admin.signing_in import urls as signing_in
from resources.admin.site import desk

urlpatterns: list[URLPattern | URLResolver] = [
    *signing_in.urlpatterns,
    path("", desk.urls),
]
