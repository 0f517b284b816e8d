"""What parsing makes of a record of somebody else's: one of our documents, and whence it came."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid5

from resources.documents import Document
from resources.interchange import bulk
from resources.interchange.refusal import Problem
from resources.models import Organisation, Resource, digest_of

# Stands for the slug of a record that has none: it gets one when it is saved.
NO_SLUG = "new"

# The public id of what has no UUID of its own follows from its source and its id there.
OF_OTHERS = UUID("0b3c9a52-8a7e-5d1f-9c40-6e2b7f1d8a35")


@dataclass(frozen=True, slots=True)
class Judged:
    """A record judged without the directory: the whole document, what speaks against it by field,
    and a fingerprint of what it says."""

    whole: Document
    complaints: Mapping[str, list[str]]
    digest: str


@dataclass(slots=True)
class Taken:
    """A record as we would say it.

    `identifier` is its id at the source. In `document`, what is not stated is left out, and
    "organisation", "part_of" and "successor" hold the identifier of the other record, not a slug.
    `guessed` and `left` are sentences for the report: what was read into it, what had no place.
    """

    model: type[Organisation] | type[Resource]
    identifier: str
    document: Document
    file: str
    place: str
    guessed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    _judged: Judged | None = None

    def judged(self) -> Judged:
        """What it comes to by itself. Worked out once, in whichever process asks first."""
        if self._judged is None:
            self._judged = _judge(self.model, self.document)
        return self._judged

    @property
    def label(self) -> str:
        """How a report names it."""
        return f"{self.model.KIND} {self.identifier} “{self.document.get('name', '')}”"

    def problem(self, field: str, cure: str) -> Problem:
        """What has to be mended in it, and how."""
        return Problem(self.file, f"{self.label} ({self.place})", field, cure)

    @staticmethod
    def id_of(model: type[Organisation] | type[Resource], identifier: str, source: str) -> UUID:
        """Its own id where that is a UUID, as HSDS asks; else one that is always the same."""
        try:
            return UUID(identifier)
        except ValueError:
            return uuid5(OF_OTHERS, f"{source} {model.KIND} {identifier}")


def _judge(model: type[Organisation] | type[Resource], document: Document) -> Judged:
    prepared = bulk.prepare(model, {**document, "slug": document.get("slug") or NO_SLUG})
    said = {name: value for name, value in document.items() if name != "slug"}
    text = json.dumps(said, sort_keys=True, ensure_ascii=False)
    return Judged(
        whole=bulk.said(prepared),
        complaints=prepared.complaints(),
        digest=digest_of(text),
    )
