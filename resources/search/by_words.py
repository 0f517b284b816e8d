"""What the words of a question find, besides what the terms among them mean.

The text index finds words, and names of organisations are looked up; everything else is sets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from typing import Any

from pyroaring import BitMap

from resources.models import Resource
from resources.search import text
from resources.search.lexicon import Lexicon, build
from resources.search.names import named_in
from resources.search.query import SearchQuery
from resources.search.sets import Directory
from resources.search.understanding import Understanding, understand
from resources.search.words import Parsed, Word, parse

TOP_ORGANISATIONS = 3


@dataclass(frozen=True)
class Found:
    """What the words found: all hits, those found by name, those that bear all the words, ranks.

    `by_words`: where nothing has all the words, the hits by how many they have, most first.
    `without_index`: words could not be looked for just now.
    """

    hits: BitMap
    named: BitMap = field(default_factory=BitMap)
    bear_all: BitMap = field(default_factory=BitMap)
    ranks: Mapping[int, float] = field(default_factory=dict)
    by_words: Sequence[BitMap] = ()
    says_so: Mapping[str, BitMap] = field(default_factory=dict)
    capped: bool = False
    left_out: tuple[str, ...] = ()
    without_index: bool = False


def read_and_find(directory: Directory, query: SearchQuery) -> tuple[Understanding, Found]:
    """What the words of a query mean, and what they find.

    Without the text index terms are read all the same, and all that is offered is found.
    """
    if not query.text:
        return Understanding(), Found(hits=directory.offered)
    try:
        with text.patience():
            read = _read(directory, query, _is_known)
            return read, find_words(directory, query.text, read)
    except text.Unavailable:
        read = _read(directory, query, _may_be_known)
        return read, Found(hits=directory.offered, without_index=True)


def read_words(directory: Directory, query: SearchQuery) -> Understanding:
    """What the words of a query mean, unless they are to be taken as they stand."""
    try:
        with text.patience():
            return _read(directory, query, _is_known)
    except text.Unavailable:
        return _read(directory, query, _may_be_known)


def _read(
    directory: Directory, query: SearchQuery, is_known: Callable[[str], bool]
) -> Understanding:
    if query.exact or not query.text:
        return Understanding(rest=query.text)
    return understand(
        query.text,
        _lexicon(directory),
        is_known=is_known,
        named_in=named_in,
        used_for=directory.used_for,
    )


def _is_known(word: str) -> bool:
    words = parse(word).words
    return any(text.found(words, kind=kind, limit=1) for kind in text.KINDS)


def _may_be_known(_word: str) -> bool:
    """Nobody can tell just now, and no word is taken for another that it is not."""
    return True


def _lexicon(directory: Directory) -> Lexicon:
    return directory.remembered("lexicon", lambda: build(directory.terms))


def find_words(directory: Directory, words: str, read: Understanding) -> Found:
    """What the words find; where terms were understood, they fill the result.

    Else it is the resources that have all the words, else those that have some; all offered ones
    for none. Resources that have ended are found by name only.
    """
    parsed = parse(words)
    if read.readings:
        found = _with_terms(directory, parsed, read)
        if found.hits:
            return found
    return _all_words(directory, parsed) or _some_words(directory, parsed)


def _with_terms(directory: Directory, parsed: Parsed, read: Understanding) -> Found:
    """All that is offered, what has more of the words that are left over first.

    Where only an organisation was named: what it offers, and what has all the words.
    """
    bear_all = text.found(parsed.words, kind="resource", in_names=True) & directory.everything
    named = bear_all | _resources_of(directory, read.organisations)
    whole = None if read.terms else _all_words(directory, parsed)
    look, kind = _remembering(directory), _kind_of_help(read)
    anywhere = text.each(kind, kind="resource", look=look)
    in_names = text.each(kind, kind="resource", in_names=True, look=look)
    weights = [*((held, 1) for held in anywhere), *((held, 2) for held in in_names)]
    return Found(
        hits=named | (directory.offered if read.terms else whole.hits if whole else BitMap()),
        named=named,
        bear_all=bear_all,
        by_words=_by_weight(directory, weights),
        says_so={"need": _says(directory, read, "need")},
        left_out=parse(read.rest).left_out,
    )


def _remembering(directory: Directory) -> Callable[..., BitMap]:
    """`text.found`, which looks words of the vocabularies up once in an edition.

    No other words: what people type is kept nowhere.
    """
    stems = directory.remembered("stems", lambda: _lexicon(directory).stems())

    def look(words: Sequence[Word], **options: Any) -> BitMap:
        groups = tuple(group for word in words for group in word.alternatives)
        if not all(any(stems.issuperset(group) for group in w.alternatives) for w in words):
            return text.found(words, **options)
        key = ("found", groups, *options.items())
        return directory.remembered(key, lambda: text.found(words, **options))

    return look


def _resources_of(directory: Directory, organisations: Sequence[int]) -> BitMap:
    """What these organisations offer, and what those that went on in their place offer."""
    if not organisations:
        return BitMap()
    every = set(organisations).union(*map(directory.heirs_of, organisations))
    rows = Resource.objects.published().filter(organisation_id__in=every).order_by()
    return BitMap(rows.values_list("pk", flat=True))


def _says(directory: Directory, read: Understanding, facet: str) -> BitMap:
    """What has the very words of a reading of this facet, tagged or not."""
    look = _remembering(directory)
    phrases = [parse(one.words) for one in read.readings if one.meanings[0].facet == facet]
    sets = (look(phrase.words, kind="resource") for phrase in phrases)
    return directory.offered & BitMap.union(BitMap(), *sets)


def _kind_of_help(read: Understanding) -> tuple[Word, ...]:
    """The words that say what kind of help is looked for; illness, place and cover are filters."""
    needs = [one.words for one in read.readings if one.meanings[0].facet == "need"]
    return parse(" ".join([*needs, read.rest])).words


def _all_words(directory: Directory, parsed: Parsed) -> Found | None:
    """What has all of the words; all that is offered for no words, None where nothing has them."""
    if not parsed.words:
        return Found(hits=directory.offered, left_out=parsed.left_out)
    matches = text.find(parsed.words, kind="resource")
    if not matches.hits:
        return None
    named = BitMap(hit.id for hit in matches.hits if hit.named) & directory.everything
    return Found(
        hits=BitMap(hit.id for hit in matches.hits) & directory.offered | named,
        named=named,
        bear_all=named,
        ranks={hit.id: hit.rank for hit in matches.hits},
        capped=matches.capped,
        left_out=parsed.left_out,
    )


def _some_words(directory: Directory, parsed: Parsed) -> Found:
    """What has some of the words, most first."""
    sets = text.each(parsed.words, kind="resource")
    by_words = _by_weight(directory, [(held, 1) for held in sets])
    return Found(
        hits=BitMap.union(BitMap(), *by_words), by_words=by_words, left_out=parsed.left_out
    )


def _by_weight(directory: Directory, sets: Iterable[tuple[BitMap, int]]) -> list[BitMap]:
    """The offered resources of these sets, by what the sets that have them weigh, most first."""
    groups: dict[int, BitMap] = {}
    for held, weight in sets:
        rest = held & directory.offered
        raised: dict[int, BitMap] = {}
        for total, group in groups.items():
            both = group & rest
            raised[total + weight] = raised.get(total + weight, BitMap()) | both
            raised[total] = raised.get(total, BitMap()) | (group - both)
            rest -= both
        raised[weight] = raised.get(weight, BitMap()) | rest
        groups = raised
    return [groups[total] for total in sorted(groups, reverse=True) if groups[total]]


def named_organisations(words: str, read: Understanding) -> list[int]:
    """The organisations that are named; where nothing was understood, that have all the words."""
    if read.readings:
        return read.organisations[:TOP_ORGANISATIONS]
    parsed = parse(words)
    if not parsed.words:
        return []
    try:
        with text.patience():
            named = text.find(parsed.words, kind="organisation", in_names=True).hits
    except text.Unavailable:
        return []
    best = nlargest(TOP_ORGANISATIONS, named, key=lambda hit: hit.rank)
    return [hit.id for hit in best]
