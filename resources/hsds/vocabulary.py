"""The vocabularies as taxonomies: needs, illnesses, medicines, insurance, kinds of organisation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import override

from resources.models import Condition, Insurance, Medicine, Need, Organisation, public_id_for
from resources.search.sets import Directory

CATEGORY = "category"


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """One vocabulary. `kind` is the name of its facet in the search as well."""

    kind: str
    name: str
    description: str

    @property
    def id(self) -> UUID:
        """The same in every database."""
        return public_id_for("taxonomy", self.kind)


TAXONOMIES = {
    taxonomy.kind: taxonomy
    for taxonomy in (
        Taxonomy("need", "Needs", "What a service helps with, in two levels."),
        Taxonomy(
            "condition",
            "Illnesses",
            "Whom a service is for. A service for an illness is also for the kinds of it.",
        ),
        Taxonomy("medicine", "Medicines", "Medicines by generic name that a service helps with."),
        Taxonomy("insurance", "Insurance", "Kinds of health insurance that a service accepts."),
        Taxonomy(CATEGORY, "Kinds of organization", "What kind of organization runs a service."),
    )
}


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a taxonomy. `more` is what the profile says of it besides."""

    id: UUID
    kind: str
    value: str
    name: str
    description: str
    parents: tuple[str, ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def taxonomy(self) -> Taxonomy:
        """The vocabulary that it belongs to."""
        return TAXONOMIES[self.kind]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All terms, in the order of their vocabularies: by id, and by kind and value."""

    by_id: Mapping[UUID, Term]
    by_value: Mapping[tuple[str, str], Term]

    def parents(self, term: Term) -> list[Term]:
        """The terms that it stands right under, its first parent first."""
        above = (self.by_value.get((term.kind, value)) for value in term.parents)
        return [parent for parent in above if parent]


def vocabulary_of(directory: Directory) -> Vocabulary:
    """The terms of an edition, read once."""
    return directory.remembered("hsds vocabulary", _read)


def _read() -> Vocabulary:
    terms = [*_needs(), *_conditions(), *_medicines(), *_insurance(), *_categories()]
    return Vocabulary(
        by_id={term.id: term for term in terms},
        by_value={(term.kind, term.value): term for term in terms},
    )


def _needs() -> Iterator[Term]:
    for need in Need.objects.select_related("parent"):
        yield _term(need, (need.parent,), {"open_eligibility": need.open_eligibility})


def _conditions() -> Iterator[Term]:
    rows = Condition.objects.select_related("parent").prefetch_related("also_under", "related")
    for row in rows:
        related = [other.slug for other in row.related.all()]
        yield _term(
            row, (row.parent, *row.also_under.all()), {"icd10": row.icd10, "related": related}
        )


def _medicines() -> Iterator[Term]:
    for row in Medicine.objects.prefetch_related("conditions"):
        more = {
            "brands": row.brands,
            "maker": row.maker,
            "conditions": [condition.slug for condition in row.conditions.all()],
            "generic_available": row.generic_available,
            "generic_kind": row.generic_kind,
        }
        yield _term(row, (), more)


def _insurance() -> Iterator[Term]:
    for row in Insurance.objects.select_related("parent").prefetch_related("also_under"):
        yield _term(row, (row.parent, *row.also_under.all()), {})


def _categories() -> Iterator[Term]:
    with override("en"):
        for value, label in Organisation.Category.choices:
            name = str(label)
            yield Term(public_id_for(CATEGORY, value), CATEGORY, value, name, f"{name}.")


def _term(row: Any, parents: Iterable[Any], more: Mapping[str, Any]) -> Term:
    words = {
        "synonyms": row.synonyms,
        "spanish_name": row.spanish_name,
        "spanish_synonyms": row.spanish_synonyms,
    }
    said = {**words, **more}
    return Term(
        id=row.public_id,
        kind=row.KIND,
        value=row.slug,
        name=row.name,
        description=_description(row),
        parents=tuple(parent.slug for parent in parents if parent),
        more={key: value for key, value in said.items() if value not in ("", None, [])},
    )


def _description(row: Any) -> str:
    """HSDS asks for one: the question that it answers, else what else it is called."""
    question: str = getattr(row, "question", "")
    also = [*getattr(row, "brands", ()), *row.synonyms]
    return question or (f"Also called: {', '.join(also)}." if also else f"{row.name}.")
