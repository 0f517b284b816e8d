"""The rules of a resource at the desk: as a reader sees them, what is doubtful, and a trial."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.utils import timezone

from resources.eligibility.doubts import doubts
from resources.eligibility.reading import guidelines_of
from resources.forms import ForMe, for_me
from resources.models import Resource
from resources.pages import sheet
from resources.pages.sheet import Sheet
from resources.search import sets


@dataclass(frozen=True, slots=True)
class RulesPage:
    """What the page of a resource's rules shows."""

    sheet: Sheet
    doubts: list[str]
    trial: ForMe | None


def rules_page(pk: int, said: QueryDict | None, language: str) -> RulesPage:
    """The rules of a resource as it is saved now, tried with what was `said`, if anything."""
    resource: Resource = sheet.to_read().get(pk=pk)
    today = timezone.localdate()
    directory = sets.current(today)
    made = sheet.sheet_of(
        resource, guidelines=guidelines_of(directory), today=today, language=language
    )
    return RulesPage(made, doubts(resource), for_me(resource, said, directory, language))
