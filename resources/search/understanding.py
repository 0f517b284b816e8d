"""Reading a question: which of its words are terms that the directory knows.

"gleevec copay help ohio" is a medicine, a need and a state; what is left over is text. What the
words may mean is in `spans`, what was mistyped in `spelling`, what they mean beside each other in
`settling`. Nothing here raises, whatever it is given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from resources.search.lexicon import Lexicon, Meaning
from resources.search.query import FACETS, SearchQuery
from resources.search.settling import settled
from resources.search.spans import ORGANISATION, Question, Span, free_places, read, span_of
from resources.search.spelling import Corrections, corrections_of
from resources.search.words import LONGEST_QUESTION, Typed, typed_words

__all__ = ["ORGANISATION", "Reading", "Understanding", "understand"]

# Of a question so many words are read; nobody types more than a few.
MOST_READ = 40

# "$2,000 a month", "40k a year", "800 dólares", "household of 3": nothing to look for.
AMOUNT = re.compile(
    r"""
    (?:\b(?:earn|earning|earns|gana|ganamos|gano|get|gets|income|ingresos?|make|makes|making)
       \s+(?:about|around|como|de|is|of|only|unos)?\s*)?
    (?: (?<!\w)(?:us)?\$\s?[0-9][0-9.,]*\s?(?:k|mil)?\b (?:\s*{period})?
      | \b[0-9][0-9.,]*\s?(?:k|mil)?\s*(?:bucks|d[oó]lares|dollars|usd)\b (?:\s*{period})?
      | \b[0-9][0-9.,]*\s?(?:k|mil)?\s*{period} )
    | \b(?:household|family|familia)\s+(?:of|de)\s+(?:[0-9]+|{number})\b
    """.format(
        period=r"(?:/|an?\b|per|each|every|al|por|cada)\s*"
        r"(?:day|week|month|mo|year|yr|dia|día|semana|mes|ano|año)s?\b",
        number="two|three|four|five|six|seven|eight|dos|tres|cuatro|cinco|seis|siete|ocho",
    ),
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """Words of a question and what they mean; `corrected`: as they would be spelled.

    `is_said`: they do not name it but say it ("can't afford"), so that texts about it do not.
    """

    words: str
    meanings: tuple[Meaning, ...]
    corrected: str = ""
    is_said: bool = False


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
    typed = list(typed_words(AMOUNT.sub(" ", text[:LONGEST_QUESTION])))[:MOST_READ]
    names = [
        span_of(start, stop, tuple(Meaning(ORGANISATION, str(pk)) for pk in pks))
        for (start, stop), pks in named_in(typed).items()
    ]
    asked = Question(typed, lexicon, names, is_shouted=text.upper() == text)
    spans = read(asked)
    corrections = corrections_of(typed, free_places(asked, spans), lexicon, is_known)
    if corrections:
        mended = [
            (word, [corrections[at]] if at in corrections else parts)
            for at, (word, parts) in enumerate(typed)
        ]
        spans = _corrected(asked, read(replace(asked, typed=mended)), corrections)
    spans = settled(asked, spans, used_for)
    free = free_places(asked, spans)
    return Understanding(
        readings=tuple(
            Reading(
                asked.said(span), span.meanings, span.corrected, is_said=span.saying is not None
            )
            for span in sorted(spans, key=lambda span: span.places)
            if span.meanings
        ),
        rest=" ".join(
            word
            for at, (word, _parts) in enumerate(typed)
            if at in free and not asked.says_nothing(at)
        ),
    )


def _corrected(asked: Question, spans: list[Span], corrections: Corrections) -> list[Span]:
    """The spans, those with a corrected word with how they were read."""
    return [
        replace(
            span,
            corrected=" ".join(corrections.get(at, asked.typed[at][0]) for at in span.places),
        )
        if not corrections.keys().isdisjoint(span.places)
        else span
        for span in spans
    ]
