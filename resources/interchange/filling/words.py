"""What goes into the text index, and among organisations' names, for variations of patterns."""

from __future__ import annotations

from resources.interchange.sample import ANY, Pattern, Varied
from resources.models import SearchName
from resources.search import indexing
from resources.search.indexing import Text
from resources.search.names import keys_of_names
from resources.search.text.documents import Pieces, Standing
from resources.translations import TRANSLATED_FIELDS

NAMES_TABLE = SearchName._meta.db_table
NAMES_COLUMNS = ("key", "organisation_pk")

# The terms that a variation may have of its own; any others are as its pattern has them.
OWN_TERMS = ("conditions", "medicines", "states")


class Words:
    """The words of variations; those that are standing in a pattern are looked up once."""

    def __init__(self) -> None:
        self._brought = indexing.brought_by_terms()
        self._standing: dict[Pattern, Standing] = {}

    def of_organisation(self, pk: int, organisation: Varied) -> Pieces:
        """The words that an organisation is found by."""
        return indexing.organisation_text(
            pk,
            names=_names(organisation),
            category=organisation.says("category"),
            city=organisation.says("city"),
            texts=_moved(organisation),
            standing=self._standing_in(organisation.pattern),
        )

    def of_resource(
        self, pk: int, resource: Varied, organisation: Varied, programme: Varied | None
    ) -> Pieces:
        """The words that a resource is found by: one of an organisation, a fund of a programme."""
        pattern = resource.pattern
        own = {field: resource.says(field) for field in OWN_TERMS if not _stands(field, pattern)}
        if programme is not None and not resource.says("conditions"):
            own["conditions"] = programme.says("conditions")
        spanish = [row["text"] for row in resource.translations if row["field"] == "name"]
        return indexing.resource_text(
            pk,
            names=[resource.says("name"), *spanish],
            organisation=_names(organisation),
            category=organisation.says("category"),
            terms=[self._brought[field][slug] for field, slugs in own.items() for slug in slugs],
            texts=_moved(resource),
            standing=self._standing_in(pattern),
        )

    def _standing_in(self, pattern: Pattern) -> Standing:
        if pattern not in self._standing:
            shared = {
                field: brought
                for field, brought in self._brought.items()
                if field in pattern.document and _stands(field, pattern)
            }
            self._standing[pattern] = indexing.standing(
                terms=[
                    brought[slug]
                    for field, brought in shared.items()
                    for slug in pattern.document[field]
                ],
                texts=_standing_texts(pattern),
            )
        return self._standing[pattern]


def _stands(field: str, pattern: Pattern) -> bool:
    """Whether all variations have the same terms in a field."""
    only_any = field == "conditions" and ANY.issuperset(pattern.document[field])
    return only_any or field not in OWN_TERMS


def name_rows(pk: int, organisation: Varied) -> list[tuple[str, int]]:
    """Its names as they are looked up: a row of `NAMES_COLUMNS` for each."""
    return [(key, pk) for key in keys_of_names(_names(organisation))]


def _names(organisation: Varied) -> list[str]:
    return [organisation.says("name"), *(row["name"] for row in organisation.says("names"))]


def _english(pattern: Pattern) -> list[str]:
    """The fields whose English is among the texts."""
    return [field for field in TRANSLATED_FIELDS[pattern.kind] if field != "name"]


def _moved(varied: Varied) -> list[Text]:
    fields = [field for field in _english(varied.pattern) if field in varied.pattern.moving_fields]
    return [
        *((varied.says(field), "en") for field in fields),
        *((row["text"], "es") for row in varied.translations),
    ]


def _standing_texts(pattern: Pattern) -> list[Text]:
    fields = [field for field in _english(pattern) if field not in pattern.moving_fields]
    return [
        *((pattern.document[field], "en") for field in fields),
        *((row["text"], "es") for row in pattern.document["translations"]),
    ]
