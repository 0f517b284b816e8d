"""The app: what happens once when Django starts."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ResourcesConfig(AppConfig):
    """Organisations and the resources they offer."""

    name = "resources"
    verbose_name = _("Directory")

    def ready(self) -> None:
        """Register the system checks and those who listen."""
        import_module("directory.databases.moments")
        import_module("resources.checks")
        post_migrate.connect(import_module("resources.roles").make_roles, sender=self)
        import_module("resources.search.indexing")
        import_module("resources.trust.following")
        import_module("resources.trust.due")
        import_module("resources.audit")
        import_module("resources.tasks")
        import_module("resources.admin.signing_in.listening")
