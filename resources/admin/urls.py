"""The addresses under /admin/: the desk, and Django's own pages for a forgotten password."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import views
from django.urls import URLPattern, URLResolver, path

from resources.admin.site import desk


def _framed(view: Any) -> Any:
    """One of Django's password pages, with the desk's name on it."""
    return view.as_view(
        extra_context={"site_header": desk.site_header, "site_title": desk.site_title}
    )


urlpatterns: list[URLPattern | URLResolver] = [
    path("password_reset/", _framed(views.PasswordResetView), name="admin_password_reset"),
    path("password_reset/done/", _framed(views.PasswordResetDoneView), name="password_reset_done"),
    path(
        "reset/<uidb64>/<token>/",
        _framed(views.PasswordResetConfirmView),
        name="password_reset_confirm",
    ),
    path("reset/done/", _framed(views.PasswordResetCompleteView), name="password_reset_complete"),
    path("", desk.urls),
]
