"""What a document is written with: the directory of an edition, its day, and addresses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from uuid import UUID, uuid5

from django.urls import reverse

from resources.hsds.vocabulary import Vocabulary, vocabulary_of
from resources.search.sets import Directory

Document: TypeAlias = dict[str, Any]
# Makes a path absolute, as `request.build_absolute_uri` does.
Absolute: TypeAlias = Callable[[str], str]
# Stands where the slug of a page belongs.
ANY_SLUG = "any-slug-0"


@dataclass(frozen=True, slots=True)
class Telling:
    """The directory that documents are written from, and how a path becomes an address."""

    directory: Directory
    absolute: Absolute
    _addresses: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def today(self) -> dt.date:
        """The day as of which it is told."""
        return self.directory.today

    @property
    def vocabulary(self) -> Vocabulary:
        """The taxonomies and their terms, read once an edition."""
        return vocabulary_of(self.directory)

    def page_of(self, kind: str, slug: str) -> str:
        """The address of a public page, such as that of an organisation.

        What stands before and after the slug is worked out once: a stream has a million of them.
        """
        if kind not in self._addresses:
            head, _, tail = self.absolute(reverse(kind, args=[ANY_SLUG])).rpartition(ANY_SLUG)
            self._addresses[kind] = head, tail
        head, tail = self._addresses[kind]
        return f"{head}{slug}{tail}"


def part_id(owner: UUID, what: str) -> str:
    """The id of a part that has no row of its own to keep one: the same in every database."""
    return str(uuid5(owner, what))


def without_blanks(document: Mapping[str, Any]) -> Document:
    """Without what is not stated; no and zero are statements."""
    return {key: value for key, value in document.items() if value or isinstance(value, int)}
