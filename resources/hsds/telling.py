"""What a document is written with: the directory of an edition, its day, and addresses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID, uuid5

from resources.hsds.vocabulary import Vocabulary, vocabulary_of
from resources.search.sets import Directory

Document: TypeAlias = dict[str, Any]
# Makes a path absolute, as `request.build_absolute_uri` does.
Absolute: TypeAlias = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Telling:
    """The directory that documents are written from, and how a path becomes an address."""

    directory: Directory
    absolute: Absolute

    @property
    def today(self) -> dt.date:
        """The day as of which it is told."""
        return self.directory.today

    @property
    def vocabulary(self) -> Vocabulary:
        """The taxonomies and their terms, read once an edition."""
        return vocabulary_of(self.directory)


def part_id(owner: UUID, what: str) -> str:
    """The id of a part that has no row of its own to keep one: the same in every database."""
    return str(uuid5(owner, what))


def without_blanks(document: Mapping[str, Any]) -> Document:
    """Without what is not stated; no and zero are statements."""
    return {key: value for key, value in document.items() if value not in ("", None, [], {})}
