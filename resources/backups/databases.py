"""Which module speaks to which database."""

from __future__ import annotations

from types import ModuleType

from resources.backups import postgresql, sqlite
from resources.backups.picture import Database

KINDS = {module.KIND: module for module in (sqlite, postgresql)}


def module_of(database: Database) -> ModuleType:
    """The module for one of Django's DATABASES."""
    return KINDS[str(database["ENGINE"]).rpartition(".")[2].removesuffix("3")]
