"""Which module speaks to which database."""

from __future__ import annotations

from types import ModuleType

from django.db import connection

from resources.backups import postgresql, sqlite
from resources.backups.picture import Database

KINDS = {module.KIND: module for module in (sqlite, postgresql)}


def own() -> Database:
    """The database of this directory."""
    return connection.settings_dict


def module_of(database: Database) -> ModuleType:
    """The module for one of Django's DATABASES."""
    return KINDS[str(database["ENGINE"]).rpartition(".")[2].removesuffix("3")]
