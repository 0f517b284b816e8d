"""Reading what a resource states: from itself or its programme, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from resources.models import Entry, Organisation, Resource
from resources.models.entry import Phone
from resources.translations import Wording, wording

# What a field says when nothing is stated.
BLANK = (None, "", "not_stated")


def states(resource: Resource, field: str) -> bool:
    """Whether the resource itself says anything in this field (a column, a list or its rows)."""
    value = getattr(resource, field)
    if hasattr(value, "all"):
        return bool(value.all())
    return value not in BLANK and value != []


def along_programmes(resource: Resource) -> Iterable[Resource]:
    """The resource, then the programme that it is a fund of, then that one's, and so on."""
    seen: set[int] = set()
    current: Resource | None = resource
    while current is not None and current.pk not in seen:
        seen.add(current.pk)
        yield current
        current = current.part_of


class Reader:
    """Reads entries in one language, and remembers whether a text was an unread translation."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.shows_unreviewed = False

    def text(self, owner: Entry, field: str) -> Wording:
        """A text field of an entry, in the language of the page where that is current."""
        return self.words(owner, field, getattr(owner, field))

    def words(self, owner: Entry, field: str, english: str) -> Wording:
        """One text out of a list or a part (`documents`, `phone_purpose`, `phone_note`)."""
        return self.noted(wording(owner, field, english, self.language))

    def noted(self, found: Wording) -> Wording:
        """The same text; an unread translation is remembered."""
        self.shows_unreviewed = self.shows_unreviewed or not found.reviewed
        return found

    def own(self, sentence: Any) -> Wording:
        """A sentence of the directory itself, which is in the language of the page."""
        return Wording(str(sentence), self.language)


class ResourceReader(Reader):
    """Reads one resource, from itself or along its programmes.

    Fields that belong together (a rule and its note) are asked for together, so that a fund's own
    rule is never explained by its programme's note.
    """

    def __init__(self, resource: Resource, language: str) -> None:
        super().__init__(language)
        self.resource = resource

    def who_states(self, *fields: str) -> Resource:
        """The resource or, where it leaves all these fields blank, the programme that does not."""
        return next(
            (
                candidate
                for candidate in along_programmes(self.resource)
                if any(states(candidate, field) for field in fields)
            ),
            self.resource,
        )

    def programme(self, owner: Resource) -> Resource | None:
        """The programme to be named as the origin; None for what the resource says itself."""
        return owner if owner.pk != self.resource.pk else None


def phones_of(owner: Resource | Organisation) -> list[Phone]:
    """The phones of an entry, in their order."""
    return list(owner.phones.all())


def heir_of(organisation: Organisation) -> Organisation | None:
    """Who goes on in its place, where that is public; None where it is not, or there is nobody."""
    heir = organisation.heir()
    return heir if heir is not None and heir.is_published else None
