"""Small sources, and what fetching makes of them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from resources.interchange.intake.sources import Brought, bring_in
from resources.interchange.intake.stage import Raw, Stage
from resources.interchange.refusal import Refused
from tests.hsds.conforming import FOLDER

EXAMPLES = FOLDER / "examples"

ORGANIZATION = {"id": "o1", "name": "Road House", "description": "Beds and rides.", "website": "x"}
SERVICE = {"id": "s1", "organization_id": "o1", "name": "Rides", "status": "active"}


def service(**changes: Any) -> dict[str, Any]:
    return {**SERVICE, **changes}


def both(**changes: Any) -> dict[str, Any]:
    """A document with an organization and a service of it, changed in one way."""
    return {"organizations": [ORGANIZATION], "services": [service(**changes)]}


@dataclass(slots=True)
class Result:
    """What a stage held in the end."""

    brought: Brought
    records: dict[str, list[Raw]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def ids(self, entity: str) -> list[str]:
        return [raw.id for raw in self.records[entity]]

    def body(self, entity: str) -> dict[str, Any]:
        """The only record of an entity."""
        (raw,) = self.records[entity]
        return dict(raw.body)


def told(stage: Stage, brought: Brought) -> Result:
    records = {entity: list(stage.records(entity)) for entity in brought.counts}
    return Result(brought, records, list(map(str, stage.problems())))


def taken(source: Path | str, **options: Any) -> Result:
    """Fetch, and tell what is in the stage."""
    with Stage() as stage:
        return told(stage, bring_in(str(source), stage, **options))


def refusal(source: Path | str, **options: Any) -> str:
    """Fetch, expect that it is refused, and return what is said."""
    with Stage() as stage, pytest.raises(Refused) as refused:
        bring_in(str(source), stage, **options)
    return str(refused.value)


def written(folder: Path, name: str, content: Any) -> Path:
    """A file of this name; what is no text and no bytes is written as JSON."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if not isinstance(content, str | bytes):
        content = json.dumps(content)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path
