"""What is known of a mail."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Fate(models.TextChoices):
    """One that was begun and never confirmed (a machine stopped half-way) stays `sending`: it may
    have arrived, and is not sent again by itself."""

    WAITING = "waiting", _("waits to be sent")
    SENDING = "sending", _("nobody knows whether it was sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("could not be sent")
