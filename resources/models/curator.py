"""The people who keep the directory true."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _


class Curator(AbstractUser):
    """Somebody with an account. Visitors have none."""

    class Meta(AbstractUser.Meta):  # type: ignore[name-defined,misc]
        verbose_name = _("curator")
        verbose_name_plural = _("curators")
