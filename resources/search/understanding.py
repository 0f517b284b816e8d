"""Reading a question: which of its words are terms that the directory knows.

"gleevec copay help ohio" is a medicine, a need and a state; what is left over ("help") is text.
Longest phrases first, then what was mistyped. Nothing here raises, whatever it is given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from resources.search.ambiguous import everyday_words
from resources.search.areas import read_area
from resources.search.lexicon import LONGEST_PHRASE, SHORTEST_CORRECTED, Lexicon, Meaning
from resources.search.query import FACETS, SearchQuery
from resources.search.stop_words import STOP_WORDS
from resources.search.words import MOST_WORDS, Typed, typed_words

# Of a question so many words are read; nobody types more than a few.
MOST_READ = 40

# "$2,000 a month", "$14k": what something costs is nothing to look for.
AMOUNT = re.compile(
    r"(?:us)?\$\s?[0-9][0-9.,]*\s?(?:k|mil)?\b"
    r"(?:\s*(?:/|a|an|per|each|every|al|por|cada)\s*(?:day|week|month|mo|year|yr|dia|semana|mes|ano|año)s?\b)?",
    re.IGNORECASE,
)

# Having no insurance is said in many ways: one of these, and within a few words one of those.
NOT, LACKED = (
    frozenset(
        [
            "no",
            "not",
            "without",
            "lost",
            "lose",
            "losing",
            "dont",
            "never",
            "sin",
            "perdi",
            "perder",
            "perdimos",
            "nunca",
        ]
    ),
    frozenset(["insurance", "insured", "coverage", "seguro", "aseguranza", "cobertura"]),
)
WORDS_BETWEEN = 3
UNINSURED = Meaning("insurance", "uninsured")

ZIP = re.compile(r"[0-9]{5}")

# Abbreviations of so many letters are common words or codes too: see `_is_sure`.
CODE = 2
ORGANISATION = "organisation"
ABBREVIATION = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """Words of a question and what they mean; `corrected`: as they would be spelled."""

    words: str
    meanings: tuple[Meaning, ...]
    corrected: str = ""


@dataclass(frozen=True, slots=True)
class Understanding:
    """A question, read: its terms in the order typed, and the words that are left over."""

    readings: tuple[Reading, ...] = ()
    rest: str = ""

    @property
    def terms(self) -> list[tuple[str, str]]:
        """What can be chosen: (facet, value) in the order typed."""
        return [
            (facet, value)
            for reading in self.readings
            for facet, value in reading.meanings
            if facet != ORGANISATION
        ]

    @property
    def organisations(self) -> list[int]:
        """The primary keys of the organisations that are named."""
        return [
            int(meaning.value)
            for reading in self.readings
            for meaning in reading.meanings
            if meaning.facet == ORGANISATION
        ]

    @property
    def corrections(self) -> list[tuple[str, str]]:
        """What was taken for a misspelling: as typed, and as read."""
        return [(one.words, one.corrected) for one in self.readings if one.corrected]

    def applied_to(self, query: SearchQuery) -> SearchQuery:
        """The query with these terms chosen, names and what is left over as its words.

        What the query has chosen already stays: an area in the filter goes before one in words.
        """
        if not self.readings:
            return query
        for facet, value in self.terms:
            if not (FACETS[facet].single and query.values(facet)):
                query = query.adding(facet, value)
        names = [one.words for one in self.readings if one.meanings[0].facet == ORGANISATION]
        return replace(query, text=" ".join([*names, *self.rest.split()]))


@dataclass(frozen=True, slots=True)
class _Span:
    """Places `start` to `stop` of the question, which mean something."""

    start: int
    stop: int
    meanings: tuple[Meaning, ...]
    corrected: str = ""


def understand(
    text: str,
    lexicon: Lexicon,
    *,
    is_known: Callable[[str], bool],
    named_in: Callable[[Sequence[Typed]], Mapping[tuple[int, int], list[int]]],
    used_for: Callable[[str], Set[str]],
) -> Understanding:
    """Read a question.

    `is_known(word)`: the texts contain this folded word, so that it is not mistyped. `named_in`
    gives the places (start, stop) of organisations' whole names, with their primary keys.
    `used_for(medicine)`: the illnesses that need not be said beside it.
    """
    shouting = text.upper() == text
    typed = list(typed_words(AMOUNT.sub(" ", text)))[:MOST_READ]
    names = [
        _Span(start, stop, tuple(Meaning(ORGANISATION, str(pk)) for pk in pks))
        for (start, stop), pks in named_in(typed).items()
    ]
    spans = _read(typed, lexicon, names, shouting=shouting)
    taken = {place for span in spans for place in range(span.start, span.stop)}
    corrected = _corrected(typed, taken, lexicon, is_known) | _listed_misspellings(typed, lexicon)
    if corrected:
        mended = [(word, corrected.get(at, parts)) for at, (word, parts) in enumerate(typed)]
        spans = [
            replace(span, corrected=_as_read(mended, span) if _has(span, corrected) else "")
            for span in _read(mended, lexicon, names, shouting=shouting)
        ]
        taken = {place for span in spans for place in range(span.start, span.stop)}
    spans = _without_the_implied(spans, used_for)
    rest = [
        word
        for at, (word, parts) in enumerate(typed)
        if at not in taken and not set(parts) <= STOP_WORDS
    ]
    return Understanding(
        readings=tuple(
            Reading(
                " ".join(word for word, _parts in typed[span.start : span.stop]),
                span.meanings,
                span.corrected,
            )
            for span in sorted(spans, key=lambda span: span.start)
        ),
        rest=" ".join(rest),
    )


def _without_the_implied(
    spans: Sequence[_Span], used_for: Callable[[str], Set[str]]
) -> list[_Span]:
    """Without an illness that a medicine named beside it is used for: "ocrevus MS" is Ocrevus."""
    medicines = [m.value for span in spans for m in span.meanings if m.facet == "medicine"]
    implied = {
        Meaning("condition", condition)
        for medicine in medicines
        for condition in used_for(medicine)
    }
    return [span for span in spans if not implied.issuperset(span.meanings)]


def _has(span: _Span, places: Iterable[int]) -> bool:
    return any(span.start <= place < span.stop for place in places)


def _as_read(typed: Sequence[Typed], span: _Span) -> str:
    return " ".join(" ".join(parts) for _word, parts in typed[span.start : span.stop])


def _read(
    typed: Sequence[Typed], lexicon: Lexicon, names: Sequence[_Span], *, shouting: bool
) -> list[_Span]:
    """The phrases that mean something, longest first, none of them over another."""
    found: list[_Span] = []
    free = set(range(len(typed)))
    doubtful: list[_Span] = []
    spans = [*names, *_without_insurance(typed), *_zip_codes(typed), *_candidates(typed, lexicon)]
    spans.sort(key=lambda span: (span.start - span.stop, _is_one_word_name(span), span.start))
    for span in spans:
        places = set(range(span.start, span.stop))
        if not places <= free:
            continue
        if _is_sure(typed, span, shouting=shouting):
            found.append(span)
            free -= places
        else:
            doubtful.append(span)
    sure = list(found)
    for span in doubtful:
        places = set(range(span.start, span.stop))
        if places <= free and _is_borne_out(typed, span, sure):
            found.append(span)
            free -= places
    return found


def _without_insurance(typed: Sequence[Typed]) -> Iterator[_Span]:
    words = [parts[0] for _word, parts in typed]
    for start, word in enumerate(words):
        near = range(start + 1, min(start + 2 + WORDS_BETWEEN, len(words)))
        stop = next((at + 1 for at in near if words[at] in LACKED), None)
        if word in NOT and stop:
            yield _Span(start, stop, (UNINSURED,))


def _zip_codes(typed: Sequence[Typed]) -> Iterator[_Span]:
    for at, (_word, parts) in enumerate(typed):
        area = read_area(parts[0]) if ZIP.fullmatch(parts[0]) else None
        if area and area.code:
            yield _Span(at, at + 1, (Meaning("area", area.zip),))


def _is_one_word_name(span: _Span) -> bool:
    """Such a name stands back behind a term of the same word."""
    return span.stop - span.start == 1 and span.meanings[0].facet == ORGANISATION


def _candidates(typed: Sequence[Typed], lexicon: Lexicon) -> Iterator[_Span]:
    for length in range(min(LONGEST_PHRASE, len(typed)), 0, -1):
        for start in range(len(typed) - length + 1):
            meanings = lexicon.of(typed[start : start + length])
            if meanings:
                yield _Span(start, start + length, meanings)


def _is_sure(typed: Sequence[Typed], span: _Span, *, shouting: bool) -> bool:
    """Whether a phrase means what it says wherever it stands.

    Not so: one word that is also a common word (ALL, ME, will, net) or a short code, unless it is
    written in capitals among small letters.
    """
    word, parts = typed[span.start]
    if span.stop - span.start > 1 or len(parts) > 1:
        return True
    if word.isupper() and len(word) > 1 and (len(typed) == 1 or not shouting):
        return True
    if span.meanings[0].facet == ORGANISATION and len(typed) > 1:
        return False
    return len(parts[0]) > ABBREVIATION and not is_everyday(parts[0])


def is_everyday(word: str) -> bool:
    """Whether people write this folded word without meaning any term or name by it."""
    return word in STOP_WORDS or word in everyday_words()


def _is_borne_out(typed: Sequence[Typed], span: _Span, sure: Sequence[_Span]) -> bool:
    """Whether the rest of the question bears out a doubtful word."""
    _word, (part, *_more) = typed[span.start]
    if part in STOP_WORDS:
        return False
    if len(typed) == 1:
        return True
    if span.meanings[0].facet == ORGANISATION:
        is_name = len(part) > ABBREVIATION or _is_beside(typed, span, sure)
        return is_name and not is_everyday(part)
    if len(part) <= CODE and span.meanings[0].facet == "area":
        return span.stop == len(typed) and bool(sure)
    return not is_everyday(part) or _is_beside(typed, span, sure)


def _is_beside(typed: Sequence[Typed], span: _Span, sure: Sequence[_Span]) -> bool:
    """Whether the next word on either side, but for those that say nothing, is a sure one."""
    says = [
        at
        for at, (_word, parts) in enumerate(typed)
        if at == span.start or not STOP_WORDS.issuperset(parts)
    ]
    here = says.index(span.start)
    beside = says[max(0, here - 1) : here] + says[here + 1 : here + 2]
    return any(one.start <= at < one.stop for one in sure for at in beside)


def _corrected(
    typed: Sequence[Typed],
    taken: set[int],
    lexicon: Lexicon,
    is_known: Callable[[str], bool],
) -> dict[int, list[str]]:
    """What was probably meant by words that neither the vocabularies nor the texts contain."""
    found: dict[int, list[str]] = {}
    for at, (_word, parts) in enumerate(typed):
        if at in taken or len(parts) > 1 or not _may_be_mistyped(parts[0], lexicon, is_known):
            continue
        nearest = _nearest(parts[0], lexicon)
        if nearest:
            found[at] = [nearest]
        if len(found) == MOST_WORDS:
            break
    return found


def _listed_misspellings(typed: Sequence[Typed], lexicon: Lexicon) -> dict[int, list[str]]:
    """Words that a vocabulary lists as how something is often written."""
    return {
        at: [lexicon.misspelt[parts[0]]]
        for at, (_word, parts) in enumerate(typed)
        if len(parts) == 1 and parts[0] in lexicon.misspelt
    }


def _may_be_mistyped(word: str, lexicon: Lexicon, is_known: Callable[[str], bool]) -> bool:
    return (
        len(word) >= SHORTEST_CORRECTED
        and word.isalpha()
        and word not in STOP_WORDS
        and word not in lexicon.words
        and not is_known(word)
    )


def _nearest(word: str, lexicon: Lexicon) -> str:
    """The one vocabulary word within a slip or two; empty where there is none."""
    slips = 1 if len(word) < 8 else 2
    found = process.extract(
        word,
        lexicon.words.keys(),
        scorer=DamerauLevenshtein.distance,
        score_cutoff=slips,
        limit=5,
    )
    same_start = [one for one in found if one[0][0] == word[0]] or found
    return same_start[0][0] if same_start else ""
