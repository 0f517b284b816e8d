"""Curators' accounts: an invitation instead of a password that somebody else has known."""

from __future__ import annotations

import secrets

from allauth.mfa.models import Authenticator
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from resources import audit, roles
from resources.models import Curator
from resources.publishing import By


def make_curator(*, username: str, email: str, role: str, password: str | None = None) -> Curator:
    """A new curator with this role. Without a password, nobody can sign in as them before they set
    one by the link of an invitation."""
    curator = Curator(username=username, email=email, is_staff=True)
    lock_until_invited(curator) if password is None else curator.set_password(password)
    curator.save()
    roles.give_role(curator, role)
    return curator


def lock_until_invited(curator: Curator) -> None:
    """Give a password that nobody knows. Django mails no link to whoever has none at all."""
    curator.set_password(secrets.token_urlsafe(48))


def invite(curator: Curator, *, host: str, https: bool) -> bool:
    """Mail the curator a link to set a password with. Returns whether there was anybody to mail.

    The link is Django's own for forgotten passwords: it works once and for a few days
    (`PASSWORD_RESET_TIMEOUT`).
    """
    return _mail_link(curator, "invitation", host=host, https=https)


def invite_again(curator: Curator, *, host: str, https: bool) -> bool:
    """Mail a curator whose second factor was reset the link to begin with. Whether it was sent."""
    return _mail_link(curator, "reset", host=host, https=https)


def _mail_link(curator: Curator, mail: str, *, host: str, https: bool) -> bool:
    form = PasswordResetForm({"email": curator.email})
    if not curator.email or not form.is_valid() or curator not in form.get_users(curator.email):
        return False
    form.save(
        domain_override=host,
        use_https=https,
        subject_template_name=f"admin/curators/{mail}_subject.txt",
        email_template_name=f"admin/curators/{mail}_email.txt",
    )
    return True


@transaction.atomic
def reset_second_factor(curator: Curator, *, by: By) -> None:
    """Take away the curator's apps, passkeys and recovery codes, and end all their sessions.

    Until they add a factor anew they can do nothing else: their password alone opens no page.
    """
    Authenticator.objects.filter(user=curator).delete()
    end_sessions(curator)
    audit.note(by, audit.What.FACTOR_RESET, f"of {curator.get_username()}")


def end_sessions(curator: Curator) -> None:
    """Sign the curator out everywhere."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.get_decoded().get("_auth_user_id") == str(curator.pk):
            session.delete()
