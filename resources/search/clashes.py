"""What words mean already: for a curator who adds some, and for whoever loads the vocabularies.

A word is looked up by the keys that the search looks it up by, and read by the code that reads
questions: what is told here of a word is what the search will do with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from resources.models import Organisation, Recorded, SearchName
from resources.search import names
from resources.search.ambiguous import is_everyday, plain, targets
from resources.search.lexicon import Lexicon, Meaning, build, phrases_of
from resources.search.sets import TermInfo
from resources.search.sets.terms import VOCABULARIES, read_terms
from resources.search.spans import ABBREVIATION, ORGANISATION
from resources.search.understanding import understand
from resources.search.words import Typed, joined_pair, typed_words

Document = Mapping[str, Any]

# The facet of the terms of each kind.
FACETS: Mapping[str, str] = {model.KIND: facet for facet, (model, _value) in VOCABULARIES.items()}
KINDS = {facet: kind for kind, facet in FACETS.items()}
UNSAVED = 0  # stands for every organisation that has no primary key yet


class Phrase(NamedTuple):
    """Something that an entry is called; `language` as the lexicon has it, "" for names."""

    text: str
    language: str

    @property
    def typed(self) -> list[Typed]:
        """Its words."""
        return list(typed_words(self.text))


@dataclass(frozen=True, slots=True)
class Clash:
    """A word that an edit adds, which means something without it.

    `others`: the terms, languages, places and organisations that it means besides. `read_as`: those
    of them that the search takes it for where nothing else is asked; `is_found`: whether it takes
    it for the entry. `is_everyday`: people write it without meaning any of them.
    """

    word: str
    others: tuple[Meaning, ...]
    read_as: tuple[Meaning, ...]
    is_found: bool
    is_everyday: bool

    @property
    def is_one_word(self) -> bool:
        """Whether it is a single word, which may count in capitals only."""
        return len(_parts(self.word)) == 1


@dataclass
class _Book:
    """What words mean, looked up as the search does."""

    lexicon: Lexicon = field(default_factory=Lexicon)
    # The primary keys of the organisations that have a name with a key.
    holders: dict[str, list[int]] = field(default_factory=dict)

    def add(self, phrase: Phrase, meaning: Meaning) -> None:
        """Let a phrase mean this too."""
        if meaning.facet != ORGANISATION:
            self.lexicon.add(phrase.text, phrase.language, meaning)
            return
        for key in names.keys_in(phrase.typed):
            self.holders.setdefault(key, []).append(int(meaning.value))

    def meanings(self, phrase: Phrase) -> tuple[Meaning, ...]:
        """All that a phrase means, terms before organisations."""
        typed, pair = phrase.typed, joined_pair(phrase.typed)
        terms = [*self.lexicon.every(typed), *(self.lexicon.every([("", [pair])]) if pair else ())]
        named = (pk for key in _asked_keys(typed) for pk in self.holders.get(key, ()))
        return tuple(dict.fromkeys([*terms, *(Meaning(ORGANISATION, str(pk)) for pk in named)]))

    def read_as(self, phrase: Phrase) -> tuple[Meaning, ...]:
        """What is read in a question that is this phrase alone; nothing where it falls apart."""
        read = understand(
            phrase.text,
            self.lexicon,
            is_known=lambda word: True,
            named_in=lambda typed: names.holding(names.spans_in(typed), self.holders),
            used_for=lambda medicine: frozenset(),
        )
        return read.readings[0].meanings if len(read.readings) == 1 else ()


def _asked_keys(typed: Sequence[Typed]) -> list[str]:
    """The keys by which the search looks for a name in a question that is nothing else."""
    spans = names.spans_in(typed)
    return spans[max(spans, key=lambda span: span[1] - span[0])] if spans else []


class Edited(NamedTuple):
    """A thing and its documents as an edit finds and leaves it; `before` is empty for a new one."""

    thing: Recorded
    before: Document
    after: Document


def clashes(edits: Sequence[Edited]) -> list[list[Clash]]:
    """The words that each of these edits adds, as far as they mean something already.

    Empty for a kind of thing that has no words of its own.
    """
    added = [_added(edit.thing.KIND, edit.before, edit.after) for edit in edits]
    if not any(added):
        return [[] for _edit in edits]
    keys = {key for words in added for word in words for key in _asked_keys(word.typed)}
    book, today = _Book(build(read_terms()), names.holders(keys)), _houses()
    for edit, words in zip(edits, added, strict=True):
        for word in words:
            book.add(word, _own_meaning(edit.thing, edit.after))
    return [
        _of_words(words, book, _is_own(edit, today)) if words else []
        for edit, words in zip(edits, added, strict=True)
    ]


def _of_words(
    words: Sequence[Phrase], book: _Book, is_own: Callable[[Meaning], bool]
) -> list[Clash]:
    looked_up = (_clash(word, book, is_own) for word in words)
    return [clash for clash in looked_up if clash.others or clash.is_everyday]


def _clash(word: Phrase, book: _Book, is_own: Callable[[Meaning], bool]) -> Clash:
    """What a word means besides the thing that gets it."""
    read_as = book.read_as(word)
    every = dict.fromkeys([*book.meanings(word), *read_as])
    return Clash(
        word=word.text,
        others=tuple(meaning for meaning in every if not is_own(meaning)),
        read_as=tuple(meaning for meaning in read_as if not is_own(meaning)),
        is_found=any(map(is_own, read_as)),
        is_everyday=all(map(is_everyday, _parts(word.text))),
    )


def short_names(thing: Recorded, before: Document, after: Document) -> list[str]:
    """The names that an edit adds which are so short that the search does not count them always."""
    if thing.KIND != ORGANISATION:
        return []
    return [
        word.text
        for word in _added(thing.KIND, before, after)
        if len(parts := _parts(word.text)) == 1
        and len(parts[0]) <= ABBREVIATION
        and not is_everyday(parts[0])
    ]


def _added(kind: str, before: Document, after: Document) -> list[Phrase]:
    """What it is called now and was not taken for before, each once."""
    own = Meaning(FACETS.get(kind, ORGANISATION), "0")
    known, said = _Book(), _phrases(kind, before)
    for phrase in said:
        known.add(phrase, own)
    unchanged = {plain(phrase.text) for phrase in said}
    added: list[Phrase] = []
    for phrase in _phrases(kind, after):
        if plain(phrase.text) not in unchanged and own not in known.meanings(phrase):
            known.add(phrase, own)
            added.append(phrase)
    return added


def _phrases(kind: str, document: Document) -> list[Phrase]:
    """All that the thing of a document is called."""
    if not document:
        return []
    if kind == ORGANISATION:
        every = [document["name"], *(row["name"] for row in document.get("names", ()))]
        return [Phrase(name, "") for name in every]
    if kind not in FACETS:
        return []
    return [Phrase(*each) for each in phrases_of(FACETS[kind], _term_in(document))]


def _term_in(document: Document) -> TermInfo:
    """The term of a document, which lacks what has been added to the models since it was made."""
    spanish_name = document.get("spanish_name", "")
    return TermInfo(
        value=_value(document),
        name=document["name"],
        spanish_name=spanish_name,
        english=(document["name"], *document.get("synonyms", ())),
        spanish=(*filter(None, [spanish_name]), *document.get("spanish_synonyms", ())),
        brands=tuple(document.get("brands", ())),
        slug=document["slug"],
    )


def _value(document: Document) -> str:
    """The value of a term in its facet: a state's is its code."""
    return str(document.get("code") or document["slug"])


def _own_meaning(thing: Recorded, document: Document) -> Meaning:
    """What stands for the thing of this document in the lexicon."""
    if thing.KIND == ORGANISATION:
        return Meaning(ORGANISATION, str(thing.pk or UNSAVED))
    return Meaning(FACETS[thing.KIND], _value(document))


def _parts(word: str) -> list[str]:
    """The folded parts of a word or name, but for those that names are written without too."""
    return [part for part in plain(word).split() if part not in names.LOOSE]


def _is_own(edit: Edited, today: Callable[[int], int]) -> Callable[[Meaning], bool]:
    """Whether a meaning is the thing itself, or one that is the same house today.

    An organisation shares its former names with the entries of what it was, and should.
    """
    if edit.thing.KIND != ORGANISATION:
        return _own_meaning(edit.thing, edit.after).__eq__
    house = today(edit.thing.pk or UNSAVED)
    return lambda meaning: (
        meaning.facet == ORGANISATION
        and (int(meaning.value) == UNSAVED or today(int(meaning.value)) == house)
    )


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
