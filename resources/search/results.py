"""A search: from a query to one page of results, with facet counts and ways out.

The text index finds words, the sets (`facets`) do the rest. Whoever shows the page loads the
resources that it names.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from resources.models import Resource
from resources.search import text
from resources.search.areas import Area, read_area
from resources.search.facets import FACETS, asking, matching, untagged
from resources.search.lexicon import Lexicon, build
from resources.search.names import named_in
from resources.search.order import ORDERS, Asked, last_for_asking, page_of
from resources.search.query import SearchQuery
from resources.search.sets import Directory
from resources.search.understanding import Understanding, understand
from resources.search.words import Parsed, Word, parse

PAGE_SIZE = 25
TOP_ORGANISATIONS = 3


class Note(enum.Enum):
    """What a card says about how its resource fits the question."""

    NATIONAL = "national", _("Anywhere in the U.S.")
    PARENT_NEED = "parent_need", _("Ask whether they do this")
    NARROWER = "narrower", _("For a narrower or nearby illness: ask")
    NO_ILLNESS = "no_illness", _("Illness not stated: ask")
    NO_MEDICINE = "no_medicine", _("Names no medicine: ask about yours")
    INSURANCE_UNSTATED = "insurance_unstated", _("Insurance rule not stated: ask")
    LANGUAGE_UNSTATED = "language_unstated", _("Language not stated: ask")
    APPLY_UNSTATED = "apply_unstated", _("Who can apply is not stated: ask")

    label: Promise

    def __new__(cls, value: str, label: Promise) -> Note:
        member = object.__new__(cls)
        member._value_ = value
        member.label = label
        return member


@dataclass(frozen=True, slots=True)
class Hit:
    """One result: the resource's key, whether one has to ask, and what its card notes."""

    resource_id: int
    asks: bool
    notes: tuple[Note, ...]


# Not frozen: hundreds are made for a page, and freezing them took longer than counting.
@dataclass(slots=True)
class FacetValue:
    """A value that can be chosen, or taken back where it is `selected`.

    `query_string` is the address of the search with that done, after its "?".
    """

    value: str
    label: str
    count: int
    selected: bool
    query_string: str


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """A facet with its values. A count says how many matches choosing the value would show."""

    name: str
    label: str
    values: list[FacetValue]

    @property
    def selected(self) -> list[FacetValue]:
        return [value for value in self.values if value.selected]


@dataclass(frozen=True, slots=True)
class WayOut:
    """The query without one of its terms (`facet` "q" for the words), and how many it finds."""

    query: SearchQuery
    facet: str
    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Found:
    """What the words found: all hits, those found by name, those that bear all the words, ranks.

    `by_words`: where nothing has all the words, the hits by how many they have, most first.
    """

    hits: BitMap
    named: BitMap = field(default_factory=BitMap)
    bear_all: BitMap = field(default_factory=BitMap)
    ranks: Mapping[int, float] = field(default_factory=dict)
    by_words: Sequence[BitMap] = ()
    says_so: Mapping[str, BitMap] = field(default_factory=dict)
    capped: bool = False
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class SearchResults:
    """What a search finds. A page of it, counts and ways out are worked out when asked for.

    `asked` is the query as it was asked, `query` what it was read as: with the terms that its words
    are (`read`) chosen, and what is left over as its words. `matches` fit; `to_ask` states too
    little to tell.
    """

    directory: Directory
    language: str
    asked: SearchQuery
    query: SearchQuery
    read: Understanding
    area: Area | None
    chosen: dict[str, list[str]]
    found: Found
    matches: BitMap
    to_ask: BitMap

    @property
    def total(self) -> int:
        """How many match."""
        return len(self.matches)

    @property
    def ask(self) -> int:
        """How many are to be asked."""
        return len(self.to_ask)

    @property
    def count(self) -> int:
        """Matches and those to be asked, together."""
        return self.total + self.ask

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.count // PAGE_SIZE))

    @property
    def any_word(self) -> bool:
        """Nothing has all the words, these have some of them."""
        return bool(self.found.by_words) and not self.read.readings

    @cached_property
    def hits(self) -> list[Hit]:
        """The results on this page, matches first."""
        return _page(self)

    @cached_property
    def facets(self) -> list[FacetCounts]:
        """Each facet, counted without its own selection."""
        return _facet_counts(self)

    @cached_property
    def organisations(self) -> list[int]:
        """Up to three organisations found by name; they are not counted."""
        return _organisations(self.asked.text, self.read)

    @cached_property
    def ways_out(self) -> list[WayOut]:
        """Where nothing was found: the query without each of its terms, what finds most first."""
        return [] if self.count else _ways_out(self)


def find(asked: SearchQuery, directory: Directory, language: str) -> SearchResults:
    """What a query finds, named for a reader of `language`."""
    read = read_words(directory, asked)
    query = read.applied_to(asked)
    area = read_area(query.area) if query.area else None
    chosen = chosen_values(query, area)
    found = find_words(directory, asked.text, read)
    matches, to_ask = split(directory, chosen, found.hits, found.says_so)
    if read.readings:
        # What bears the words in its name was asked for, whatever they mean besides.
        by_name, _asks = split(directory, chosen_values(asked, area), found.bear_all)
        matches, to_ask = matches | by_name, to_ask - by_name
    return SearchResults(
        directory=directory,
        language=language,
        asked=asked,
        query=query,
        read=read,
        area=area,
        chosen=chosen,
        found=found,
        matches=matches,
        to_ask=to_ask,
    )


def chosen_values(query: SearchQuery, area: Area | None) -> dict[str, list[str]]:
    """The chosen values by facet; an area as its state's code, left out where it is no state."""
    chosen: dict[str, list[str]] = {}
    for facet, value in query.terms():
        if facet == "area":
            value = area.code if area else ""
        if value:
            chosen.setdefault(facet, []).append(value)
    return chosen


def read_words(directory: Directory, query: SearchQuery) -> Understanding:
    """What the words of a query mean, unless they are to be taken as they stand."""
    if query.exact or not query.text:
        return Understanding(rest=query.text)
    return understand(
        query.text,
        _lexicon(directory),
        is_known=_is_known,
        named_in=named_in,
        used_for=directory.used_for,
    )


def _lexicon(directory: Directory) -> Lexicon:
    return directory.remembered("lexicon", lambda: build(directory.terms))


def _is_known(word: str) -> bool:
    words = parse(word).words
    return any(text.found(words, kind=kind, limit=1) for kind in text.KINDS)


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
    stems = directory.remembered(
        "stems", lambda: {stem for key in _lexicon(directory).meanings for stem in key}
    )

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


def split(
    directory: Directory,
    chosen: dict[str, list[str]],
    hits: BitMap,
    says_so: Mapping[str, BitMap] = MappingProxyType({}),
) -> tuple[BitMap, BitMap]:
    """What matches every facet, and what matches or has to be asked in every facet.

    `says_so`: by facet, what has the chosen value's words in its texts, and is to be asked.
    """
    matches, possible = hits, hits
    for facet, values in chosen.items():
        fits = fitting(directory, facet, values)
        asks = [asking(directory, facet, value) for value in values]
        matches = matches & fits
        possible = possible & BitMap.union(fits, *asks, says_so.get(facet, BitMap()))
    return matches, possible - matches


def fitting(directory: Directory, facet: str, values: Sequence[str]) -> BitMap:
    """What matches at least one of these values."""
    first, *more = (matching(directory, facet, value) for value in values)
    return first.union(*more) if more else first


def _page(results: SearchResults) -> list[Hit]:
    """This page's hits: from the matches while they last, then from those to be asked."""
    directory, query, found = results.directory, results.query, results.found
    asked = Asked(
        chosen=results.chosen,
        by_words=found.by_words,
        named=found.named,
        # By name is by name alone: where the words stand in the text then says nothing.
        ranks={} if query.order == "name" else found.ranks,
    )
    start, stop = (query.page - 1) * PAGE_SIZE, query.page * PAGE_SIZE
    splits = ORDERS[query.order](directory, asked)
    is_spread = query.order == "best" and not results.read.organisations
    spread = PAGE_SIZE if is_spread else 0
    first = page_of(results.matches, splits, directory, asked.ranks, start, stop, spread=spread)
    rest = page_of(
        results.to_ask,
        [*last_for_asking(directory, asked), *splits],
        directory,
        asked.ranks,
        max(0, start - results.total),
        max(0, stop - results.total),
    )
    hits = [(pk, False) for pk in first] + [(pk, True) for pk in rest]
    return [Hit(pk, asks, tuple(_notes(directory, asked, pk))) for pk, asks in hits]


def _notes(directory: Directory, asked: Asked, pk: int) -> Iterator[Note]:
    """What the card of this resource says about how it fits what was chosen."""
    chosen = asked.chosen
    if "area" in chosen and pk in directory.tags("area_kind", "national"):
        yield Note.NATIONAL
    if "need" in chosen and not _does_itself(directory, chosen["need"], pk):
        yield Note.PARENT_NEED
    if "condition" in chosen and not _matches(directory, "condition", chosen, pk):
        yield Note.NO_ILLNESS if pk in untagged(directory, "condition") else Note.NARROWER
    for facet, note in (
        ("medicine", Note.NO_MEDICINE),
        ("insurance", Note.INSURANCE_UNSTATED),
        ("language", Note.LANGUAGE_UNSTATED),
        ("apply", Note.APPLY_UNSTATED),
    ):
        if facet in chosen and not _matches(directory, facet, chosen, pk):
            yield note


def _does_itself(directory: Directory, needs: Iterable[str], pk: int) -> bool:
    return any(
        pk in directory.tags_of_any("need", [need, *directory.needs.children(need)])
        for need in needs
    )


def _matches(directory: Directory, facet: str, chosen: dict[str, list[str]], pk: int) -> bool:
    return any(pk in matching(directory, facet, value) for value in chosen[facet])


def _facet_counts(results: SearchResults) -> list[FacetCounts]:
    """Each facet, counted without its own selection; values that find nothing are left out."""
    directory, counts = results.directory, []
    fits = {facet: fitting(directory, facet, vs) for facet, vs in results.chosen.items()}
    bases = {
        name: _all_of(results.found.hits, [held for other, held in fits.items() if other != name])
        for name in fits
    }
    everything_chosen = _all_of(results.found.hits, fits.values())
    for name, facet in FACETS.items():
        count_in = _counter(bases.get(name, everything_chosen))
        selected = set(results.chosen.get(name, []))
        before, after = results.query.around(name)
        values = []
        for value, label, parts in _offered_values(directory, name, results.language):
            count = sum(map(count_in, parts))
            if count or value in selected:
                values.append(
                    FacetValue(
                        value,
                        label,
                        count,
                        selected=value in selected,
                        query_string=results.query.without(name, value).to_query_string()
                        if value in selected
                        else f"{before}{value}{after}",
                    )
                )
        counts.append(FacetCounts(name=name, label=str(facet.label), values=values))
    return counts


def _all_of(hits: BitMap, sets: Iterable[BitMap]) -> BitMap:
    return BitMap.intersection(hits, *sets)


def _counter(base: BitMap) -> Callable[[BitMap], int]:
    """Counts what of a set is in `base`; each set object once."""
    counted: dict[int, int] = {}

    def count(part: BitMap) -> int:
        number = counted.get(id(part))
        if number is None:
            number = counted[id(part)] = base.intersection_cardinality(part)
        return number

    return count


def _offered_values(
    directory: Directory, name: str, language: str
) -> list[tuple[str, str, tuple[BitMap, ...]]]:
    """Each value of a facet, its label, its matches in parts; worked out once in an edition."""
    facet = FACETS[name]
    return directory.remembered(
        ("values", name, language),
        lambda: [
            (value, facet.display(directory, value, language), tuple(filter(None, parts)))
            for value in facet.values(directory)
            for parts in [facet.parts(directory, value)]
        ],
    )


def _organisations(words: str, read: Understanding) -> list[int]:
    """The organisations that are named; where nothing was understood, that have all the words."""
    if read.readings:
        return read.organisations[:TOP_ORGANISATIONS]
    parsed = parse(words)
    if not parsed.words:
        return []
    matches = text.find(parsed.words, kind="organisation")
    named = sorted((hit for hit in matches.hits if hit.named), key=lambda hit: -hit.rank)
    return [hit.id for hit in named[:TOP_ORGANISATIONS]]


def _ways_out(results: SearchResults) -> list[WayOut]:
    offers = [
        WayOut(shorter, facet, value, label, find(shorter, results.directory, "").count)
        for facet, value, label, shorter in _shorter(results)
    ]
    return sorted((offer for offer in offers if offer.count), key=lambda offer: -offer.count)


def _shorter(results: SearchResults) -> Iterator[tuple[str, str, str, SearchQuery]]:
    query = results.query
    if query.text:
        yield "q", query.text, query.text, query.without("q", query.text)
    for facet, value in query.terms():
        label = FACETS[facet].display(results.directory, value, results.language)
        yield facet, value, label, query.without(facet, value)
