"""What django-allauth asks of this project."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directory.proxies import sender_of
from resources import sealing
from resources.context import SITE_NAME
from resources.models import Curator

logger = logging.getLogger(__name__)

PURPOSE = "second-factor"
# Before what is sealed; what begins otherwise was kept before anything was, and is read as it is.
SEALED = "sealed:"
FRESH = 5 * 60  # seconds after signing in, in which nobody is asked for the password again


class AccountAdapter(DefaultAccountAdapter):
    """Accounts: who may sign in, who tries, and what mails say."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("The name or the password is wrong."),
        "email_password_mismatch": _("The name or the password is wrong."),
        "too_many_login_attempts": _("Too many wrong tries. Wait five minutes, then try again."),
        "rate_limited": _("Too many wrong tries. Wait five minutes, then try again."),
        "incorrect_code": _("That code is wrong, or was used before. Wait for the next one."),
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        """As the last trusted proxy saw it. It is counted with, and never kept or mailed."""
        return sender_of(request) or request.META.get("REMOTE_ADDR") or "unknown"

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """A name at one address: a stranger who guesses keeps nobody out who comes from another."""
        key: str = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{self.get_client_ip(request)}"

    def pre_login(self, request: HttpRequest, user: Curator, **kwargs: Any) -> HttpResponse | None:
        """Turn away whoever has no place at the desk."""
        if not user.is_staff:
            user.is_active = False  # not saved: told in the same words
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within minutes of signing in, as when the first factor is added."""
        now = timezone.now().timestamp()
        records = get_authentication_records(context.request, context.request.user)
        if any(now - record["at"] < FRESH for record in records):
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is down stops nobody from signing in. Mails name no address."""
        try:
            super().send_mail(template_prefix, email, {**context, "ip": "", "user_agent": ""})
        except OSError:  # those of smtplib are OSErrors too
            logger.exception("A mail about an account was not sent")


class MFAAdapter(DefaultMFAAdapter):
    """Second factors: what apps and devices call them."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def encrypt(self, text: str) -> str:
        """The key of an app, or the seed of recovery codes, as the database keeps it."""
        return SEALED + sealing.seal(text, PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        """The same again. What was sealed with another secret key gives one that no code fits."""
        if not encrypted_text.startswith(SEALED):
            return encrypted_text
        try:
            return sealing.unseal(encrypted_text.removeprefix(SEALED), PURPOSE)
        except sealing.Lost:
            logger.error("A second factor was sealed with another SECRET_KEY: reset it")
            return str(generate_totp_secret())

    def get_totp_issuer(self) -> str:
        return f"{SITE_NAME} ({context.request.get_host()})"

    def _get_site_name(self) -> str:
        return str(SITE_NAME)

    def _get_user_identifier(self, user: Curator) -> str:
        """The name to sign in with, and not the mail address: it shows on an unlocked phone."""
        return user.get_username()

    def build_totp_svg(self, url: str) -> str:
        """The picture to point a phone at, as it can stand in a page."""
        svg: str = super().build_totp_svg(url)
        return svg[svg.index("<svg") :]

    def generate_authenticator_name(self, user: Curator, type: Any) -> str:  # noqa: A002
        number: int = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey %d") % number
