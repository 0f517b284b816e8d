"""What of a sample is to be made, edition by edition, with the primary key of each thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from django.db.models import Max

from resources.interchange.sample import Plan
from resources.models import FormerSlug, Organisation, PublicationState, Resource
from resources.publishing import Debut

# Slug -> primary key.
Numbers: TypeAlias = dict[str, int]


@dataclass(frozen=True)
class Portion:
    """Organisations that become public in one edition, with the keys of all that they name.

    A resource without a key is left out: the sample ends in the midst of its organisation.
    """

    debut: Debut
    made: int  # resources of the sample up to here, new or not
    plans: Sequence[Plan]
    organisations: Numbers
    resources: Numbers


class Register:
    """Which entry of one model has which primary key: its own, or the next new one.

    An entry is known by its first slug, whatever it is called today.
    """

    def __init__(self, model: Any) -> None:
        self._keys: Numbers = dict(model.objects.values_list("slug", "pk"))
        for former in FormerSlug.objects.filter(kind=model.KIND):
            for pk in model.objects.filter(public_id=former.public_id).values_list("pk", flat=True):
                self._keys.setdefault(former.slug, pk)
        hidden = model.objects.exclude(publication_state=PublicationState.PUBLISHED)
        self._hidden = set(hidden.values_list("pk", flat=True))
        self.newest: int = model.objects.aggregate(newest=Max("pk"))["newest"] or 0

    def key(self, slug: str) -> int:
        """The key of the entry."""
        if slug not in self._keys:
            self.newest += 1
            self._keys[slug] = self.newest
        return self._keys[slug]

    def is_hidden(self, slug: str) -> bool:
        """Whether the entry is there, but not public."""
        return self._keys.get(slug) in self._hidden


class Registers(NamedTuple):
    """Those of both models."""

    organisations: Register
    resources: Register

    @classmethod
    def read(cls) -> Registers:
        """As the database has them."""
        return cls(Register(Organisation), Register(Resource))

    @property
    def newest(self) -> tuple[int, int]:
        """The highest key of each; whatever gets a higher one is new."""
        return self.organisations.newest, self.resources.newest


def portions(
    plans: Iterable[Plan],
    *,
    resources: int,
    size: int,
    registers: Registers,
    debuts: Iterator[Debut],
) -> Iterator[Portion]:
    """The first so many resources of a sample, `size` an edition, where any of them is new."""
    made = 0
    for taken in _cut(plans, resources, size):
        newest, made = registers.newest, made + sum(len(slugs) for _plan, slugs in taken)
        shown = [one for one in taken if not _is_hidden(*one, registers)]
        named = [slug for plan, _slugs in shown for slug in (plan.slug, plan.heir) if slug]
        organisations = {slug: registers.organisations.key(slug) for slug in named}
        offered = {slug: registers.resources.key(slug) for _plan, slugs in shown for slug in slugs}
        if registers.newest > newest:
            yield Portion(next(debuts), made, [plan for plan, _ in shown], organisations, offered)


def _cut(
    plans: Iterable[Plan], resources: int, size: int
) -> Iterator[list[tuple[Plan, Sequence[str]]]]:
    """Organisations with the slugs of their resources, so many resources in all."""
    taken: list[tuple[Plan, Sequence[str]]] = []
    left, room = resources, size
    for plan in plans:
        slugs = plan.resources[:left]
        taken.append((plan, slugs))
        left, room = left - len(slugs), room - len(slugs)
        if left == 0 or room <= 0:
            yield taken
            taken, room = [], size
        if left == 0:
            return


def _is_hidden(plan: Plan, slugs: Iterable[str], registers: Registers) -> bool:
    """Whether a part has been withdrawn: then nothing is added that would belong to it."""
    hidden = map(registers.resources.is_hidden, slugs)
    return registers.organisations.is_hidden(plan.slug) or any(hidden)
