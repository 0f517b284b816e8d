"""Lines of the audit log that follow from signing in and out, and from second factors."""

from __future__ import annotations

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.signals import password_changed
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from resources.audit import What, note
from resources.models import Curator

WORDS = {
    Authenticator.Type.TOTP: "authenticator app",
    Authenticator.Type.WEBAUTHN: "passkey",
    Authenticator.Type.RECOVERY_CODES: "recovery codes",
}


@receiver(user_logged_in, dispatch_uid="audit signed in")
def note_signed_in(request: HttpRequest, user: Curator, **kwargs: Any) -> None:
    used = [
        record["type"] for record in get_authentication_records(request, user) if "type" in record
    ]
    note(user, What.SIGNED_IN, f"with {WORDS[used[-1]]}" if used else "with a password alone")


@receiver(user_login_failed, dispatch_uid="audit sign-in failed")
def note_failed(**kwargs: Any) -> None:
    """What was typed is not kept: people type their password where the name belongs."""
    note(None, What.SIGN_IN_FAILED, "wrong name or password")


@receiver(authentication_failed, dispatch_uid="audit factor failed")
def note_wrong_code(user: Curator, **kwargs: Any) -> None:
    """Here somebody knew the password of an account: which one is known, who it was is not."""
    note(None, What.SIGN_IN_FAILED, f"right password, wrong second factor: {user.get_username()}")


@receiver(user_logged_out, dispatch_uid="audit signed out")
def note_signed_out(user: Curator | None, **kwargs: Any) -> None:
    if isinstance(user, Curator):
        note(user, What.SIGNED_OUT)


@receiver(authenticator_added, dispatch_uid="audit factor added")
def note_added(user: Curator, authenticator: Authenticator, **kwargs: Any) -> None:
    note(user, What.FACTOR_ADDED, WORDS[authenticator.type])


@receiver(authenticator_removed, dispatch_uid="audit factor removed")
def note_removed(user: Curator, authenticator: Authenticator, **kwargs: Any) -> None:
    note(user, What.FACTOR_REMOVED, WORDS[authenticator.type])


@receiver(authenticator_reset, dispatch_uid="audit codes made anew")
def note_new_codes(user: Curator, **kwargs: Any) -> None:
    note(user, What.FACTOR_ADDED, "new recovery codes")


@receiver(password_changed, dispatch_uid="audit password changed")
def note_password(user: Curator, **kwargs: Any) -> None:
    note(user, What.PASSWORD_CHANGED)
