"""What words mean already: for a curator who adds some, and for whoever loads the vocabularies.

A word is looked up by the keys that the search looks it up by, and read by the code that reads
questions: what is told here of a word is what the search will do with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from resources.models import (
    Condition,
    Insurance,
    Medicine,
    Need,
    Organisation,
    Recorded,
    SearchName,
    State,
)
from resources.search import names
from resources.search.ambiguous import is_everyday, plain, targets
from resources.search.lexicon import Lexicon, Meaning, build, keys_in, phrases_of
from resources.search.sets import TermInfo
from resources.search.sets.terms import read_terms
from resources.search.understanding import ORGANISATION, understand
from resources.search.words import Typed, typed_words

Document = Mapping[str, Any]

# The facet of the terms of each kind.
FACETS: Mapping[str, str] = {
    Need.KIND: "need",
    Condition.KIND: "condition",
    Medicine.KIND: "medicine",
    Insurance.KIND: "insurance",
    State.KIND: "area",
}
KINDS = {facet: kind for kind, facet in FACETS.items()}


class Phrase(NamedTuple):
    """Something that an entry is called; `language` as the lexicon has it, "" for names."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Clash:
    """A word that an edit adds, which means something without it.

    `others`: the terms, languages and organisations that it means besides. `read_as`: what the
    search takes it for where nothing else is asked, the entry itself included. `is_everyday`:
    people write it without meaning any of them.
    """

    word: str
    others: tuple[Meaning, ...]
    read_as: tuple[Meaning, ...]
    is_everyday: bool

    @property
    def is_one_word(self) -> bool:
        """Whether it is a single word, which may count in capitals only."""
        return len(_parts(self.word)) == 1


def clashes(thing: Recorded, before: Document, after: Document) -> list[Clash]:
    """The words that an edit of a saved thing adds, as far as they mean something already.

    `before` and `after` are its documents; `before` is empty for a new one. Empty too for a kind of
    thing that has no words of its own.
    """
    words = _added(thing.KIND, before, after)
    if not words:
        return []
    own = _own_meaning(thing, after)
    lexicon = build(read_terms())
    holders = names.holders(key for word in words for key in names.keys_in(_typed(word)))
    for word in words:
        if thing.KIND == ORGANISATION:
            for key in names.keys_in(_typed(word)):
                holders.setdefault(key, []).append(thing.pk)
        else:
            lexicon.add(word.text, word.language, own)
    is_own = _one_of_house(thing.pk) if thing.KIND == ORGANISATION else own.__eq__
    looked_up = (_clash(word, lexicon, holders, is_own) for word in words)
    return [clash for clash in looked_up if clash.others or clash.is_everyday]


def _added(kind: str, before: Document, after: Document) -> list[Phrase]:
    """What it is called now and was not before, each once, by the keys that are looked up."""
    known = {key for phrase in _phrases(kind, before) for key in _keys(kind, phrase)}
    added: dict[str, Phrase] = {}
    for phrase in _phrases(kind, after):
        keys = _keys(kind, phrase)
        if not keys <= known:
            added.setdefault(plain(phrase.text), phrase)
            known |= keys
    return list(added.values())


def _phrases(kind: str, document: Document) -> list[Phrase]:
    """All that the thing of a document is called."""
    if not document:
        return []
    if kind == ORGANISATION:
        every = [document["name"], *(row["name"] for row in document["names"])]
        return [Phrase(name, "") for name in every]
    if kind not in FACETS:
        return []
    return [Phrase(*each) for each in phrases_of(FACETS[kind], _term_in(document))]


def _term_in(document: Document) -> TermInfo:
    return TermInfo(
        value=_value(document),
        name=document["name"],
        spanish_name=document["spanish_name"],
        english=(document["name"], *document["synonyms"]),
        spanish=(*filter(None, [document["spanish_name"]]), *document["spanish_synonyms"]),
        brands=tuple(document.get("brands", ())),
        slug=document["slug"],
    )


def _value(document: Document) -> str:
    """The value of a term in its facet: a state's is its code."""
    return str(document.get("code") or document["slug"])


def _keys(kind: str, phrase: Phrase) -> set[Any]:
    typed = _typed(phrase)
    return set(names.keys_in(typed) if kind == ORGANISATION else keys_in(typed, phrase.language))


def _typed(phrase: Phrase) -> list[Typed]:
    return list(typed_words(phrase.text))


def _own_meaning(thing: Recorded, document: Document) -> Meaning:
    """What stands for the thing of this document in the lexicon."""
    if thing.KIND == ORGANISATION:
        return Meaning(ORGANISATION, str(thing.pk))
    return Meaning(FACETS[thing.KIND], _value(document))


def _clash(
    word: Phrase,
    lexicon: Lexicon,
    holders: Mapping[str, list[int]],
    is_own: Callable[[Meaning], bool],
) -> Clash:
    """What a word means besides the thing that gets it."""
    meanings = _meanings(_typed(word), lexicon, holders)
    return Clash(
        word=word.text,
        others=tuple(meaning for meaning in meanings if not is_own(meaning)),
        read_as=_read_as(word.text, lexicon, holders),
        is_everyday=all(map(is_everyday, _parts(word.text))),
    )


def _meanings(
    typed: Sequence[Typed], lexicon: Lexicon, holders: Mapping[str, list[int]]
) -> list[Meaning]:
    """All that words mean together, terms before organisations."""
    named = dict.fromkeys(pk for key in names.keys_in(typed) for pk in holders.get(key, ()))
    return [*lexicon.every(typed), *(Meaning(ORGANISATION, str(pk)) for pk in named)]


def _read_as(text: str, lexicon: Lexicon, holders: Mapping[str, list[int]]) -> tuple[Meaning, ...]:
    """What the search reads in a question that is this word alone."""
    read = understand(
        text,
        lexicon,
        is_known=lambda word: True,
        named_in=lambda typed: names.holding(names.spans_in(typed), holders),
        used_for=lambda medicine: frozenset(),
    )
    return tuple(meaning for reading in read.readings for meaning in reading.meanings)


def _parts(word: str) -> list[str]:
    """The folded parts of a word or name, but for those that names are written without too."""
    return [part for part in plain(word).split() if part not in names.LOOSE]


def _one_of_house(pk: int) -> Callable[[Meaning], bool]:
    """Whether a meaning is this organisation, or one that is the same house today.

    An organisation shares its former names with the entries of what it was, and should.
    """
    today = _houses()
    return lambda meaning: meaning.facet == ORGANISATION and today(int(meaning.value)) == today(pk)


def _houses() -> Callable[[int], int]:
    """A function that gives the primary key of what an organisation is today."""
    rows = Organisation.objects.filter(successor__isnull=False).order_by()
    successors = dict(rows.values_list("pk", "successor_id"))

    def today(pk: int) -> int:
        seen = set[int]()
        while pk in successors and pk not in seen:
            seen.add(pk)
            pk = successors[pk]
        return pk

    return today


def unlisted() -> list[tuple[str, list[str]]]:
    """The words of the directory that mean several things, or are words of every day, unlisted.

    Each with what it means, as `ambiguous_terms.json` writes it: ("ship", ["need:enrolment", …]).
    """
    lexicon = build(terms := read_terms())
    said = (
        (phrase, [_target(meaning) for meaning in lexicon.every(list(typed_words(phrase)))])
        for facet, known in terms.items()
        for term in known.values()
        for phrase, _language in phrases_of(facet, term)
    )
    found: dict[str, list[str]] = {}
    for phrase, meant in [*said, *_said_of_organisations(lexicon)]:
        if _is_news(phrase, meant):
            found.setdefault(plain(phrase), meant)
    return sorted(found.items())


def _said_of_organisations(lexicon: Lexicon) -> Iterator[tuple[str, list[str]]]:
    """Each name of organisations with all that it means, one house told once."""
    today, slugs = _houses(), dict(Organisation.objects.values_list("pk", "slug"))
    rows = SearchName.objects.order_by("key", "organisation_pk")
    pairs = rows.values_list("key", "organisation_pk").iterator()
    for key, group in groupby(pairs, key=itemgetter(0)):
        terms = [_target(meaning) for meaning in lexicon.every(list(typed_words(key)))]
        houses = dict.fromkeys(slugs[today(pk)] for _key, pk in group)
        yield key, [*terms, *(f"{ORGANISATION}:{slug}" for slug in houses)]


def _is_news(phrase: str, meant: Sequence[str]) -> bool:
    """Whether what a phrase means has to be known, and is not listed yet."""
    is_ambiguous = len(meant) > 1 or all(map(is_everyday, _parts(phrase)))
    return is_ambiguous and not targets().get(plain(phrase), frozenset()).issuperset(meant)


def _target(meaning: Meaning) -> str:
    """A term as `ambiguous_terms.json` writes it: "state:MS"."""
    return f"{KINDS.get(meaning.facet, meaning.facet)}:{meaning.value}"
