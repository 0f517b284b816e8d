"""The addresses under /admin/ for signing in: django-allauth's pages, in the desk's frame.

They stand before the desk's own, so that `login/`, `logout/` and `password_change/` are these.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.decorators import rate_limit
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.contrib.auth import views
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from resources.admin.site import desk
from resources.audit import What, note


def _framed(view: Any) -> Any:
    """One of these pages, with the desk's name and head on it."""

    @wraps(view)
    def framed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase = view(request, *args, **kwargs)
        if isinstance(response, TemplateResponse) and not response.is_rendered:
            response.context_data = {**desk.each_context(request), **(response.context_data or {})}
        return response

    return framed


def _leaving_nothing(view: Any) -> Any:
    """Signing out, after which the browser keeps no page of the desk, whoever sits there next."""

    @wraps(view)
    def leaving(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase = view(request, *args, **kwargs)
        if not request.user.is_authenticated:
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    return leaving


class PasswordResetConfirm(views.PasswordResetConfirmView):
    """Choosing a password by a link that was mailed. It signs nobody in."""

    def form_valid(self, form: Any) -> Any:
        response = super().form_valid(form)
        note(self.user, What.PASSWORD_CHANGED, "by a link that was mailed")
        return response


urlpatterns: list[URLPattern] = [
    path("login/", _framed(account.login), name="account_login"),
    path("logout/", _leaving_nothing(_framed(account.logout)), name="account_logout"),
    path("inactive/", _framed(account.account_inactive), name="account_inactive"),
    path("reauthenticate/", _framed(account.reauthenticate), name="account_reauthenticate"),
    path("password_change/", _framed(account.password_change), name="account_change_password"),
    path(
        "password_reset/",
        _framed(rate_limit(action="reset_password")(views.PasswordResetView.as_view())),
        name="admin_password_reset",
    ),
    path(
        "password_reset/done/",
        _framed(views.PasswordResetDoneView.as_view()),
        name="password_reset_done",
    ),
    path(
        "reset/<uidb64>/<token>/",
        _framed(PasswordResetConfirm.as_view()),
        name="password_reset_confirm",
    ),
    path(
        "reset/done/",
        _framed(views.PasswordResetCompleteView.as_view()),
        name="password_reset_complete",
    ),
    path("second-factor/", _framed(mfa.index), name="mfa_index"),
    path("second-factor/show/", _framed(mfa.authenticate), name="mfa_authenticate"),
    path("second-factor/again/", _framed(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("second-factor/app/add/", _framed(totp.activate_totp), name="mfa_activate_totp"),
    path("second-factor/app/remove/", _framed(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "second-factor/codes/",
        _framed(recovery_codes.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "second-factor/codes/new/",
        _framed(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("second-factor/passkeys/", _framed(webauthn.list_webauthn), name="mfa_list_webauthn"),
    path("second-factor/passkeys/add/", _framed(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path(
        "second-factor/passkeys/again/",
        _framed(webauthn.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "second-factor/passkeys/<int:pk>/remove/",
        _framed(webauthn.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path(
        "second-factor/passkeys/<int:pk>/name/",
        _framed(webauthn.edit_webauthn),
        name="mfa_edit_webauthn",
    ),
    path(
        "login/passkey/",
        rate_limit(action="passkey", limit_get=True)(webauthn.login_webauthn),
        name="mfa_login_webauthn",
    ),
]
