"""The sets of the search, stored for processes that start."""

from __future__ import annotations

from django.db import models


class SearchSnapshot(models.Model):
    """One row: the sets as of an edition, as `resources.search.sets.snapshot` writes them.

    Derived, like the text index: made from what is published, and made anew at any time.
    """

    format = models.PositiveSmallIntegerField()
    edition = models.PositiveBigIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_search_snapshot"),
        ]

    def __str__(self) -> str:
        return f"edition {self.edition}"
