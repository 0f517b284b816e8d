"""Records that stand under themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from resources.interchange.intake.sources.entities import PARENTS
from resources.interchange.intake.stage import Stage
from resources.interchange.refusal import Problem


def circles(stage: Stage, entities: Iterable[str] = PARENTS) -> Iterator[Problem]:
    """A problem for each circle of parents, told of the record in it that came first."""
    for entity in sorted(entities):
        field = PARENTS[entity]
        parents = {
            raw.id: str(raw.body[field]) for raw in stage.records(entity) if raw.body.get(field)
        }
        told = {circle[0]: circle for circle in _circles(parents)}
        if told:
            for raw in stage.records(entity):
                if raw.id in told:
                    way = " → ".join([*told[raw.id], raw.id])
                    yield raw.problem(
                        field, f"It stands under itself ({way[:300]}). Take one out of the circle."
                    )


def _circles(parents: dict[str, str]) -> Iterator[list[str]]:
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
        seen |= way.keys()
