"""Reading what a resource states: from itself or its programme, in the language of the page."""

from __future__ import annotations

from typing import Any

from resources.models import Entry, Organisation, Resource
from resources.models.entry import Phone
from resources.translations import Wording, wording


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
    """Reads one resource, from itself or along its programmes."""

    def __init__(self, resource: Resource, language: str) -> None:
        super().__init__(language)
        self.resource = resource

    def who_states(self, *fields: str) -> Resource:
        """Who states any of these fields; see `Resource.who_states`."""
        return self.resource.who_states(*fields)

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
