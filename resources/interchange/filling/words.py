"""The rows of the text index, and of organisations' names, made from documents."""

from __future__ import annotations

from collections.abc import Mapping

from resources.documents import Document
from resources.models import Organisation, Resource, SearchName
from resources.search import indexing
from resources.search.indexing import Text
from resources.search.names import keys_of_names
from resources.search.text.documents import Piece, Pieces
from resources.translations import TRANSLATED_FIELDS

NAMES_TABLE = SearchName._meta.db_table
NAMES_COLUMNS = ("key", "organisation_pk")


def organisation_text(pk: int, document: Document) -> Pieces:
    """The words that the organisation of this document is found by."""
    return indexing.organisation_text(
        pk,
        names=_names(document),
        category=document["category"],
        city=document["city"],
        texts=_texts(Organisation.KIND, document),
    )


def resource_text(
    pk: int,
    document: Document,
    organisation: Document,
    programme: Document | None,
    brought: Mapping[str, Mapping[str, Piece]],
) -> Pieces:
    """The words that a resource is found by, which an organisation offers, as a fund of another.

    `brought` is `indexing.brought_by_terms()`.
    """
    translations = document["translations"]
    tagged = {field: document[field] for field in brought}
    if programme and not document["conditions"]:
        tagged["conditions"] = programme["conditions"]
    return indexing.resource_text(
        pk,
        names=[document["name"], *(row["text"] for row in translations if row["field"] == "name")],
        organisation=_names(organisation),
        category=organisation["category"],
        terms=[brought[field][slug] for field, slugs in tagged.items() for slug in slugs],
        texts=_texts(Resource.KIND, document),
    )


def name_rows(pk: int, document: Document) -> list[tuple[str, int]]:
    """The names of an organisation as they are looked up: a row of `NAMES_COLUMNS` for each."""
    return [(key, pk) for key in keys_of_names(_names(document))]


def _names(organisation: Document) -> list[str]:
    return [organisation["name"], *(row["name"] for row in organisation["names"])]


def _texts(kind: str, document: Document) -> list[Text]:
    english = [(document[field], "en") for field in TRANSLATED_FIELDS[kind] if field != "name"]
    spanish = [(row["text"], "es") for row in document["translations"] if row["language"] == "es"]
    return english + spanish
