"""Organisations' names as they are looked up in questions."""

from __future__ import annotations

from django.db import models


class SearchName(models.Model):
    """A name, present or former, of a published organisation, folded by `resources.search.names`.

    Derived, like the text index: made from what is published, and made anew at any time.
    """

    key = models.CharField(max_length=255, db_index=True)
    # No foreign key: whatever points at an organisation by one is a part of its document.
    organisation_pk = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return self.key
