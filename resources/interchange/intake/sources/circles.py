"""Records that stand under themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from resources.interchange.intake.sources.entities import PARENTS
from resources.interchange.intake.stage import Stage
from resources.interchange.refusal import Problem


def parents_in(stage: Stage) -> dict[str, dict[str, str]]:
    """By entity: the id of what a record stands under, by its own."""
    return {
        entity: {
            raw.id: str(raw.body[field]) for raw in stage.records(entity) if raw.body.get(field)
        }
        for entity, field in PARENTS.items()
    }


def circles(stage: Stage, parents: Mapping[str, Mapping[str, str]]) -> Iterator[Problem]:
    """A problem for each circle of parents, told of one record in it."""
    for entity, ids in parents.items():
        for circle in _circles(ids):
            way = " → ".join([*circle, circle[0]])[:300]
            cure = f"It stands under itself ({way}). Take one out of the circle."
            yield stage.record(entity, circle[0]).problem(PARENTS[entity], cure)


def _circles(parents: Mapping[str, str]) -> Iterator[list[str]]:
    """The ids along each circle, beginning with the one that was found first."""
    seen: set[str] = set()
    for start in parents:
        way: dict[str, None] = {}
        at: str | None = start
        while at is not None and at not in seen and at not in way:
            way[at] = None
            at = parents.get(at)
        if at in way:
            ids = list(way)
            yield ids[ids.index(str(at)) :]
        seen.update(way)
