"""Taxonomies and terms as documents, and the attributes by which entries carry terms."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from resources.hsds.telling import Document, Telling, part_id, without_blanks
from resources.hsds.vocabulary import Taxonomy, Term

# The kinds whose terms have a page of their own, at the address of that name.
WITH_PAGES = frozenset({"need", "condition", "medicine"})


def taxonomy_document(taxonomy: Taxonomy) -> Document:
    """A taxonomy."""
    return {
        "id": str(taxonomy.id),
        "name": taxonomy.name,
        "description": taxonomy.description,
    }


def term_document(term: Term, telling: Telling) -> Document:
    """A term with its taxonomy; what HSDS has no place for under the profile's name."""
    parents = telling.vocabulary.parents(term)
    further = [str(parent.id) for parent in parents[1:]]
    return {
        **_in_brief(term, telling),
        "taxonomy_detail": taxonomy_document(term.taxonomy),
        "support_directory": without_blanks({**term.more, "also_under": further}),
    }


def _in_brief(term: Term, telling: Telling) -> Document:
    parents = telling.vocabulary.parents(term)
    has_page = term.kind in WITH_PAGES
    return without_blanks(
        {
            "id": str(term.id),
            "code": term.value,
            "name": term.name,
            "description": term.description,
            "parent_id": str(parents[0].id) if parents else "",
            "taxonomy": term.taxonomy.name,
            "taxonomy_id": str(term.taxonomy.id),
            "language": "en",
            "term_uri": telling.page_of(term.kind, term.value) if has_page else "",
        }
    )


def attributes(
    owner: UUID, entity: str, kind: str, values: Iterable[str], telling: Telling
) -> list[Document]:
    """What links an entity (its HSDS name) to the terms of one kind that it carries."""
    known = telling.vocabulary.by_value
    terms = (known.get((kind, value)) for value in values)
    return [
        {
            "id": part_id(owner, f"attribute {kind} {term.value}"),
            "link_id": str(owner),
            "link_entity": entity,
            "link_type": kind,
            "taxonomy_term_id": str(term.id),
            "label": term.taxonomy.name,
            "taxonomy_term": _in_brief(term, telling),
        }
        for term in terms
        if term
    ]
