"""Curators' accounts: an invitation instead of a password that somebody else has known."""

from __future__ import annotations

import secrets

from django.contrib.auth.forms import PasswordResetForm

from resources import roles
from resources.models import Curator


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
    form = PasswordResetForm({"email": curator.email})
    if not curator.email or not form.is_valid() or curator not in form.get_users(curator.email):
        return False
    form.save(
        domain_override=host,
        use_https=https,
        subject_template_name="admin/curators/invitation_subject.txt",
        email_template_name="admin/curators/invitation_email.txt",
    )
    return True
