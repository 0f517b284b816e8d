"""The app: what happens once when Django starts."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResourcesConfig(AppConfig):
    """Organisations and the resources they offer."""

    name = "resources"
    verbose_name = _("Directory")

    def ready(self) -> None:
        """Register the system checks and those who listen for what is published."""
        import_module("resources.checks")
        if find_spec("resources.search.signals"):
            import_module("resources.search.signals")
