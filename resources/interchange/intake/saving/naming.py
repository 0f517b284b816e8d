"""Address names for what is new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.utils.text import slugify

from resources.interchange import bulk
from resources.models import Organisation, Resource
from resources.models.recorded import SLUG_LENGTH


class Names:
    """Gives each new entry of one model a slug that nobody has, or had."""

    def __init__(self, model: type[Organisation] | type[Resource]) -> None:
        self._model: Any = model
        self._given: set[str] = set()

    def give(self, new: Mapping[UUID, tuple[str, str, str]]) -> dict[UUID, str]:
        """Slugs by public id, for (slug that it would like, its name, its organisation's slug).

        The same name twice gets its organisation's behind it, else a piece of its public id. In
        two queries for each of these ways that is needed.
        """
        found: dict[UUID, str] = {}
        candidates = {public_id: _candidates(public_id, *said) for public_id, said in new.items()}
        waiting = {public_id: next(slugs) for public_id, slugs in candidates.items()}
        while waiting:
            taken = self._taken(set(waiting.values()))
            for public_id, slug in list(waiting.items()):
                other = next(candidates[public_id], None) if slug in taken else None
                if other is not None:
                    waiting[public_id] = other
                else:
                    found[public_id] = slug
                    taken.add(slug)
                    del waiting[public_id]
            self._given.update(found.values())
        return found

    def _taken(self, slugs: set[str]) -> set[str]:
        """Those of the slugs that somebody has, or had, or was given in this run."""
        here = set(self._model.objects.filter(slug__in=slugs).values_list("slug", flat=True))
        return here | bulk.leading_elsewhere(self._model, slugs) | (slugs & self._given)


def _candidates(public_id: UUID, slug: str, name: str, organisation: str) -> Iterator[str]:
    plain = slugify(name) or "entry"
    yield from filter(None, [slug, _cut(plain)])
    if organisation:
        yield _cut(f"{_cut(plain, SLUG_LENGTH // 2)}-{organisation}")
    yield f"{_cut(plain, SLUG_LENGTH - 13)}-{public_id.hex[:12]}"


def _cut(slug: str, length: int = SLUG_LENGTH) -> str:
    """As much of it as there is room for, ending with a whole word where that is possible."""
    if len(slug) <= length:
        return slug.strip("-_")
    head, _, _ = slug[: length + 1].rpartition("-")
    return (head or slug[:length]).strip("-_")
