"""A curator who has signed in with a second factor, without going through the pages each time."""

from __future__ import annotations

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from resources.admin.signing_in import second_factor
from resources.models import Curator

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_of(secret: str = SECRET, *, later: int = 0) -> str:
    """The code that an app shows now, or so many half-minutes later."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later)))


def give_app(curator: Curator) -> None:
    """An authenticator app with `SECRET`."""
    Authenticator.objects.get_or_create(
        user=curator, type=Authenticator.Type.TOTP, defaults={"data": {"secret": SECRET}}
    )


def sign_in(client: Client, curator: Curator) -> Client:
    """Sign in with a second factor, as far as a session can tell."""
    give_app(curator)
    client.force_login(curator)
    session = client.session
    session[second_factor.SHOWN] = str(curator.pk)
    session.save()
    return client
