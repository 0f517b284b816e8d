"""Whether a session has shown a second factor, of the person who is signed in with it.

Signing in with one marks the session, and so does adding one. A session that began with a password
alone, before its owner added a factor elsewhere, never counts.
"""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_used
from allauth.mfa.utils import decrypt, encrypt
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest

from resources.models import Curator

SHOWN = "second-factor-of"  # in the session: the key of the curator who showed it

# Recovery codes stand in for one of these, and are none by themselves.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_one(curator: Curator) -> bool:
    """Whether the curator has an authenticator app or a passkey."""
    return bool(Authenticator.objects.filter(user=curator, type__in=FACTORS).exists())


def is_shown(request: HttpRequest) -> bool:
    """Whether whoever is signed in has a second factor and showed it. Asked once a request."""
    if not isinstance(request.user, Curator):
        return False
    known: bool | None = getattr(request, "_second_factor", None)
    if known is None:
        marked = request.session.get(SHOWN) == str(request.user.pk)
        known = request._second_factor = marked and has_one(request.user)  # type: ignore[attr-defined]
    return known


@receiver(authenticator_used, dispatch_uid="second factor sealed")
@transaction.atomic
def seal_again(authenticator: Authenticator, **kwargs: Any) -> None:
    """Seal what was kept before anything was sealed, or under a former secret key, as of today.

    It is read anew: what was handed here does not know yet which recovery code was used.
    """
    for name in ("secret", "seed"):
        if name in authenticator.data:
            kept = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
            kept.data[name] = encrypt(decrypt(kept.data[name]))
            kept.save(update_fields=["data"])


@receiver(authenticator_used, dispatch_uid="second factor used")
@receiver(authenticator_added, dispatch_uid="second factor added")
def mark(request: HttpRequest, user: Curator, authenticator: Authenticator, **kwargs: Any) -> None:
    """Let the session count from now on."""
    if authenticator.type in FACTORS or "passwordless" in kwargs:  # a recovery code that was used
        request.session[SHOWN] = str(user.pk)
