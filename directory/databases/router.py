"""Django's database router: writes go to one, reads to whichever the request was given."""

from __future__ import annotations

from typing import Any

from directory.databases import reading
from directory.databases.configuration import PRIMARY


class ReadFromReplicas:
    """See https://docs.djangoproject.com/en/5.2/topics/db/multi-db/#database-routers."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        """What `reading` says for this thread."""
        return reading.alias()

    def db_for_write(self, model: Any, **hints: Any) -> str:
        """The one that takes writes."""
        return PRIMARY

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        """All of them are one database."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Replicas follow by themselves."""
        return db == PRIMARY
