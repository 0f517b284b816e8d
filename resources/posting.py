"""Handing a mail over, and what is known of it afterwards."""

from __future__ import annotations

import smtplib

from django.core.mail import EmailMessage

# What a mail server answers when it has not taken a mail. Whatever else goes wrong may have
# happened after it took it.
REFUSALS = (
    smtplib.SMTPResponseException,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPNotSupportedError,
    ConnectionRefusedError,
)


def handed_over(mail: EmailMessage) -> bool | None:
    """Whether a mail was taken by the mail server; None where nobody knows."""
    try:
        mail.send()
    except REFUSALS:
        return False
    except OSError:  # a connection that broke while it was being sent
        return None
    return True
