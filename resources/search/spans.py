"""What the words of a question may mean: the spans of it that mean something.

Names of organisations, what people say of their lives (`sayings`), ZIP codes and the names of
terms; what explains most of the question first, none of it over another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property

from resources.search.ambiguous import is_everyday
from resources.search.areas import ZIP, read_area
from resources.search.lexicon import LONGEST_PHRASE, Lexicon, Meaning
from resources.search.sayings import Saying, said_in, words
from resources.search.stop_words import SPANISH_ONLY, STOP_WORDS
from resources.search.words import EMPHASIS, Typed, joined_pair

ORGANISATION = "organisation"
# Abbreviations of so many letters are common words too, those of two are codes: see `_is_sure`.
ABBREVIATION, CODE = 4, 2
# Before a place: Oregon, not a stressed "OR".
IN = words("de en from in near")


@dataclass(frozen=True)
class Span:
    """Places of the question that mean something together; a saying may mean nothing."""

    places: tuple[int, ...]
    meanings: tuple[Meaning, ...]
    saying: Saying | None = None
    # How much of the question it explains, in words.
    reach: int = 0
    corrected: str = ""

    @cached_property
    def facet(self) -> str:
        """The facet of what it means; the first where it means an organisation besides."""
        return self.meanings[0].facet if self.meanings else ""

    @property
    def is_one_word_name(self) -> bool:
        return len(self.places) == 1 and self.facet == ORGANISATION

    @property
    def asks(self) -> tuple[Meaning, ...]:
        """What it asks for where nothing clearer is named."""
        return self.saying.asks if self.saying else ()

    @property
    def is_topic(self) -> bool:
        """Its words say what is looked for, even where it means nothing itself."""
        return self.saying is not None and self.saying.is_topic


def span_of(start: int, stop: int, meanings: tuple[Meaning, ...]) -> Span:
    return Span(tuple(range(start, stop)), meanings, reach=stop - start)


@dataclass(frozen=True)
class Question:
    """The words of a question, and what is needed to read them."""

    typed: Sequence[Typed]
    lexicon: Lexicon
    names: Sequence[Span]
    is_shouted: bool

    @cached_property
    def words(self) -> list[str]:
        """The words folded, hyphenated ones as one."""
        return ["".join(parts) for _word, parts in self.typed]

    @cached_property
    def is_spanish(self) -> bool:
        """Some word is, or two that are also codes of states, as "la" and "de" are."""
        spanish = [word for word in self.words if word in SPANISH_ONLY]
        return len(spanish) > 1 or any(len(word) != CODE for word in spanish)

    def stops(self, place: int) -> bool:
        """Whether the word there says nothing in the language of the question."""
        word = self.words[place]
        return word in STOP_WORDS and (self.is_spanish or word not in SPANISH_ONLY)

    def says_nothing(self, place: int) -> bool:
        """Whether the word there says nothing in either language."""
        return STOP_WORDS.issuperset(self.typed[place][1])

    def said(self, span: Span) -> str:
        """The words of a span as they were typed."""
        return " ".join(self.typed[place][0] for place in span.places)


def free_places(asked: Question, spans: Sequence[Span]) -> set[int]:
    return set(range(len(asked.typed))).difference(*(span.places for span in spans))


def read(asked: Question) -> list[Span]:
    """What means something, what explains most first, none of it over another."""
    found: list[Span] = []
    doubtful: list[Span] = []
    free = set(range(len(asked.typed)))
    phrases = list(_phrases(asked))
    named_too = {span.places for span in phrases if span.meanings[-1].facet == ORGANISATION}
    names = [span for span in asked.names if span.places not in named_too]
    spans = [*names, *_sayings(asked), *_zip_codes(asked), *phrases]
    spans.sort(key=lambda one: (-one.reach, one.is_one_word_name, one.saying is None, one.places))
    known = {place for span in spans if not span.is_one_word_name for place in span.places}
    for span in spans:
        if not free.issuperset(span.places):
            continue
        if _is_sure(asked, span, known):
            found.append(span)
            free.difference_update(span.places)
        else:
            doubtful.append(span)
    # What people may write without meaning it comes last: other doubtful words bear it out too.
    for span in sorted(doubtful, key=lambda one: is_everyday(asked.words[one.places[0]])):
        sure = [one for one in found if one.meanings]
        if free.issuperset(span.places) and _is_borne_out(asked, span, sure):
            found.append(span)
            free.difference_update(span.places)
    return found


def _sayings(asked: Question) -> Iterator[Span]:
    for said in said_in(asked.words):
        first, *_more, last = (said.places[0], *said.places)
        between = set(range(first, last)).difference(said.places)
        is_close = all(asked.words[at] in STOP_WORDS | said.saying.between for at in between)
        reach = last + 1 - first if is_close else len(said.places)
        left = said.saying.leaves
        places = tuple(at for at in said.places if asked.words[at] not in left)
        yield Span(places, said.saying.means, said.saying, reach)


def _zip_codes(asked: Question) -> Iterator[Span]:
    for at, (_word, (part, *_more)) in enumerate(asked.typed):
        area = read_area(part) if ZIP.fullmatch(part) else None
        if area and area.code:
            yield span_of(at, at + 1, (Meaning("area", area.zip),))


def _phrases(asked: Question) -> Iterator[Span]:
    typed, lexicon = asked.typed, asked.lexicon
    named = {span.places: span for span in asked.names}
    for length in range(min(LONGEST_PHRASE, len(typed)), 0, -1):
        for start in range(len(typed) - length + 1):
            phrase = typed[start : start + length]
            meanings = lexicon.of(phrase)
            if not meanings and (pair := joined_pair(phrase)):
                meanings = lexicon.of([("", [pair])])
            if meanings:
                span = span_of(start, start + length, meanings)
                yield _with_name(asked, span, named.get(span.places))


def _with_name(asked: Question, span: Span, name: Span | None) -> Span:
    """With the organisation that is called so too: SNAP is food, and the office that gives it.

    Of kinds of insurance only what is called by letters: not everybody on Medicare asks for it.
    """
    if name is None:
        return span
    is_program = span.facet == "need"
    is_office = span.facet == "insurance" and len(asked.said(span)) <= ABBREVIATION
    if not (is_program or is_office):
        return span
    return replace(span, meanings=(*span.meanings, *name.meanings))


def _is_sure(asked: Question, span: Span, known: Set[int]) -> bool:
    """Whether a phrase means what it says wherever it stands.

    Not so: one word that is also a common word (ALL, ME, will, net) or a short code, unless it is
    written in capitals among small letters; `known` are the places that may be read.
    """
    if span.saying or len(span.places) > 1:
        return True
    (place,), (word, parts) = span.places, asked.typed[span.places[0]]
    if len(parts) > 1:
        return True
    if span.facet == "area" and _begins_a_name(asked, place, known):
        return False
    if word in EMPHASIS and asked.words[max(0, place - 1)] not in IN:
        return False
    if word.isupper() and len(word) > 1 and (len(asked.typed) == 1 or not asked.is_shouted):
        return True
    if span.facet == ORGANISATION and len(asked.typed) > 1:
        return False
    return len(parts[0]) > ABBREVIATION and not is_everyday(parts[0])


def _begins_a_name(asked: Question, place: int, known: Set[int]) -> bool:
    """Whether a code goes on with a capital that nobody knows: "MD Anderson"."""
    word = asked.typed[place][0]
    after = asked.typed[place + 1][0] if place + 1 < len(asked.typed) else ""
    return len(word) == CODE and after.istitle() and place + 1 not in known and not asked.is_shouted


def _is_borne_out(asked: Question, span: Span, sure: Sequence[Span]) -> bool:
    """Whether the rest of the question bears out a doubtful word."""
    (place,), word = span.places, asked.words[span.places[0]]
    if asked.stops(place):
        return False
    if len(asked.typed) == 1:
        return True
    if span.facet == ORGANISATION:
        is_name = len(word) > ABBREVIATION or _is_beside(asked, place, sure)
        return is_name and not is_everyday(word)
    if span.facet == "area" and (len(word) <= CODE or is_everyday(word)):
        return _stands_as_a_state(asked, place) and bool(sure)
    return not is_everyday(word) or _is_beside(asked, place, sure)


def _stands_as_a_state(asked: Question, place: int) -> bool:
    """Whether people write their state so: "rent help mi", "in mn", "Boston Mass", not "a mass"."""
    word = asked.typed[place][0]
    is_last = place == len(asked.typed) - 1
    if len(word) > CODE:
        return is_last and word.istitle()
    return is_last or asked.words[max(0, place - 1)] in IN


def _is_beside(asked: Question, place: int, sure: Sequence[Span]) -> bool:
    """Whether the next word on either side, but for those that say nothing, is a sure one."""
    says = [at for at in range(len(asked.typed)) if at == place or not asked.says_nothing(at)]
    here = says.index(place)
    beside = {*says[max(0, here - 1) : here], *says[here + 1 : here + 2]}
    return any(not beside.isdisjoint(span.places) for span in sure)
