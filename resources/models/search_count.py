"""How often people looked for what the vocabularies name, week by week: numbers and nobody."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from .recorded import SLUG_LENGTH

# A smaller number could tell of single people, and is shown to nobody.
FEWEST_SHOWN = 11


class SearchCountQuerySet(models.QuerySet[Any]):
    def showable(self, week: dt.date) -> Self:
        """The numbers of a week (its Monday) that are large enough to be shown to a curator."""
        return self.filter(week=week, number__gte=FEWEST_SHOWN)


class SearchCount(models.Model):
    """So many searches of a week named a term, and found something, or nothing.

    `week` is its Monday. `facet` and `term` are called as in the address of a search: "need" and
    a slug, "area" and a state's code. There is no column for words, for what else was asked, for
    an hour or a day, or for who asked; nor a number that goes up with each row, which would tell
    which terms were first asked for together.
    """

    pk = models.CompositePrimaryKey("week", "facet", "term", "has_results")
    week = models.DateField(_("week"), editable=False)
    facet = models.CharField(_("vocabulary"), max_length=20, editable=False)
    term = models.CharField(_("term"), max_length=SLUG_LENGTH, editable=False)
    has_results = models.BooleanField(_("found something"), editable=False)
    number = models.PositiveIntegerField(_("number"), editable=False)

    objects = SearchCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("count of searches")
        verbose_name_plural = _("counts of searches")

    def __str__(self) -> str:
        """Without the number, which may be too small to be shown."""
        return f"{self.facet} {self.term}, {self.week}"
