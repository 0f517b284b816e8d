"""Organisations' names as they are looked up in questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    Text = models.CharField[str, str]
else:
    Text = models.CharField  # takes its types only when they are checked


class KeyField(Text):
    """Text that every database puts in order by its bytes, as SQLite does by itself.

    So an index finds what begins alike, and in order, wherever a PostgreSQL cluster sorts by the
    rules of some language.
    """

    def db_parameters(self, connection: Any) -> dict[str, Any]:
        """The column's type, checks and collation."""
        collation = {"postgresql": "C"}.get(connection.vendor)
        return {**super().db_parameters(connection), "collation": collation}


class SearchName(models.Model):
    """A name, present or former, of a published organisation, folded by `resources.search.names`.

    Derived, like the text index: made from what is published, and made anew at any time.
    """

    key = KeyField(max_length=255)
    # No foreign key: whatever points at an organisation by one is a part of its document.
    organisation_pk = models.BigIntegerField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["key"], name="search_name_key")]

    def __str__(self) -> str:
        return self.key
