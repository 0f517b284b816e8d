"""Organisations by their whole names in a question: "LLS", "the American Cancer Society".

Names are looked up in the database by one query, however many organisations there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from resources.models import Organisation, SearchName
from resources.search.words import Typed, joined, joined_pair, typed_words

# Words that names are written with or without; the first ones belong to what stands around a name.
ARTICLES = frozenset({"the", "and", "y", "el", "la"})
LOOSE = ARTICLES | {"inc", "llc"}
LONGEST_KEY = 255
# A longer name is found by its words, like any text.
LONGEST_NAME = 10


def keys_in(typed: Sequence[Typed]) -> list[str]:
    """The keys of a name with these words: "cancer net" and "cancernet" for "Cancer.Net"."""
    in_parts = (part for _word, parts in typed for part in parts)
    as_written = (joined(parts) or parts[0] for _word, parts in typed)
    keys = (" ".join(w for w in words if w not in LOOSE) for words in (in_parts, as_written))
    return [key[:LONGEST_KEY] for key in dict.fromkeys(keys) if key]


def keys_of(organisation: Any) -> list[str]:
    """The keys of all of an organisation's names, each once. Takes a migration's model too."""
    return keys_of_names([organisation.name, *(name.name for name in organisation.names.all())])


def keys_of_names(names: Iterable[str]) -> list[str]:
    """The keys of names, each once."""
    return list(dict.fromkeys(key for name in names for key in keys_in(list(typed_words(name)))))


def replace(organisations: Sequence[Organisation]) -> None:
    """Keep the names of these, with their `names` fetched, in the place of older ones."""
    remove([organisation.pk for organisation in organisations])
    SearchName.objects.bulk_create(
        SearchName(key=key, organisation_pk=organisation.pk)
        for organisation in organisations
        for key in keys_of(organisation)
    )


def remove(pks: Iterable[int]) -> None:
    """Forget the names of these organisations."""
    SearchName.objects.filter(organisation_pk__in=list(pks)).delete()


def clear() -> None:
    """Forget all names."""
    SearchName.objects.all().delete()


def named_in(typed: Sequence[Typed]) -> dict[tuple[int, int], list[int]]:
    """The organisations named in a question: (start, stop) of the name -> their primary keys."""
    spans = spans_in(typed)
    return holding(spans, holders(key for keys in spans.values() for key in keys))


def spans_in(typed: Sequence[Typed]) -> dict[tuple[int, int], list[str]]:
    """Where in a question names may stand: (start, stop) -> the keys of a name that does.

    A name neither begins nor ends with an article: of "the pace" it is the second word alone.
    """
    ends = [at for at, (_word, parts) in enumerate(typed) if not ARTICLES.issuperset(parts)]
    return {
        (start, last + 1): _keys_at(typed[start : last + 1])
        for start in ends
        for last in ends
        if start <= last < start + LONGEST_NAME
    }


def _keys_at(typed: Sequence[Typed]) -> list[str]:
    """The keys of a name that somebody wrote so: "cancer care" is "CancerCare" too."""
    return list(filter(None, dict.fromkeys([*keys_in(typed), joined_pair(typed)])))


def holders(keys: Iterable[str]) -> dict[str, list[int]]:
    """The primary keys of the organisations that have names with these keys, by key."""
    found: dict[str, list[int]] = {}
    rows = SearchName.objects.filter(key__in=set(keys)).order_by("organisation_pk")
    for key, pk in rows.values_list("key", "organisation_pk"):
        found.setdefault(key, []).append(pk)
    return found


def holding(
    spans: Mapping[tuple[int, int], list[str]], found: Mapping[str, list[int]]
) -> dict[tuple[int, int], list[int]]:
    """The spans of which a key is found, each with the primary keys found under its keys."""
    return {
        span: list(dict.fromkeys(pk for key in keys for pk in found.get(key, ())))
        for span, keys in spans.items()
        if not found.keys().isdisjoint(keys)
    }
