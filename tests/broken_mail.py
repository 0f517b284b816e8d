"""Mails that fail in their own way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.mail import EmailMessage


class Broken(EmailMessage):
    """One that raises when it is sent."""

    error: Exception

    def send(self, fail_silently: bool = False) -> int:
        raise self.error


def broken(error: Exception) -> Callable[[Any], EmailMessage]:
    """A function that writes such a mail, whatever for."""
    mail = Broken("subject", "body", to=["help@example.org"])
    mail.error = error
    return lambda row: mail
