"""What the directory's words mean: every name of every term of the vocabularies, in one table.

A phrase ("help with copays", "CML", "leucemia mieloide crónica") is kept under the stems of its
words in its own language; what somebody typed is looked up under its English and its Spanish stems.
Made anew for each edition, so that a synonym that a curator adds works at once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import override
from rapidfuzz.distance import DamerauLevenshtein, Prefix

from resources.languages import LANGUAGE_NAMES
from resources.search.sets import TermInfo
from resources.search.words import Typed, english_stem, fold, joined, spanish_stem, typed_words

# Well-known cities and their states; `scripts/cities.py` makes it.
CITIES = Path(__file__).resolve().parent.parent / "data" / "cities.json"

# No name of a term has more words; no longer phrases are looked for.
LONGEST_PHRASE = 9
# A word of at most so many letters is read as it stands: it is never taken for a misspelling.
SHORTEST_CORRECTED = 5
# A shorter word may be an abbreviation: it has no stem.
SHORTEST_STEMMED = 4
# Where two forms of one word differ: number, gender, and what somebody is doing ("traveling").
ENDINGS = frozenset(
    {
        ("", "s"), ("", "es"), ("y", "ies"), ("z", "ces"), ("is", "es"), ("", "ing"),
        ("a", "o"), ("as", "os"), ("a", "os"), ("o", "as"), ("", "a"), ("", "as"),
    }
)  # fmt: skip
# Before a word in a key that is meant as it stands; no stem begins so.
AS_IT_STANDS = "="

# Where one phrase stands for values of several facets, the first of these that it has.
PREFERRED = ("language", "need", "insurance", "medicine", "condition", "area")

FACETS_OF_TERMS = ("need", "condition", "medicine", "insurance", "area")
# Not stemmed: "insured" says something of a person, "insurance" does not.
AS_THEY_STAND = frozenset({"insurance", "area"})
# Among what these are called is what is often misspelt; a motel is not a misspelt hotel.
LISTING_MISSPELLINGS = frozenset({"condition", "medicine"})

Key = tuple[str, ...]


class Meaning(NamedTuple):
    """A value of a facet."""

    facet: str
    value: str


@dataclass
class Lexicon:
    """Meanings by the stems of a phrase, and every longer word in a phrase by its folded form.

    `forms`: what the phrases of one word are, by key.
    """

    meanings: dict[Key, dict[Meaning, None]] = field(default_factory=dict)
    forms: dict[Key, dict[Meaning, list[str]]] = field(default_factory=dict)
    words: dict[str, None] = field(default_factory=dict)
    misspelt: dict[str, str] = field(default_factory=dict)

    def add(self, phrase: str, language: str, meaning: Meaning) -> None:
        """Let a phrase of this language ("" for names, which are not stemmed) mean this."""
        typed = list(typed_words(phrase))
        if not 0 < len(typed) <= LONGEST_PHRASE:
            return
        for key in _keys_of_phrase(typed, language):
            if self._is_another_word(key, typed):
                continue
            self.meanings.setdefault(key, {})[meaning] = None
            if len(key) == 1:
                self.forms.setdefault(key, {}).setdefault(meaning, []).append(_one_word(typed))
        long = (part for _word, parts in typed for part in parts if part.isalpha())
        self.words |= dict.fromkeys(p for p in long if len(p) >= SHORTEST_CORRECTED)

    def _is_another_word(self, key: Key, typed: Sequence[Typed]) -> bool:
        """Whether a phrase's parts, joined, are a word of other phrases: "Medi-Cal", "medical"."""
        is_joined = len(key) == 1 and len(typed[0][1]) > 1
        return is_joined and key[0].removeprefix(AS_IT_STANDS) in self.words

    def of(self, typed: Sequence[Typed]) -> tuple[Meaning, ...]:
        """What these words mean together, in either language: values of one facet; none of any."""
        found = self.every(typed)
        facet = next((name for name in PREFERRED if any(m.facet == name for m in found)), "")
        return tuple(meaning for meaning in found if meaning.facet == facet)

    def every(self, typed: Sequence[Typed]) -> tuple[Meaning, ...]:
        """All that these words mean together, in either language and of whatever facet."""
        found: dict[Meaning, None] = {}
        for language in ("", "en", "es"):
            for key in keys_in(typed, language):
                found |= dict.fromkeys(self._meant(key, typed))
        return tuple(found)

    def _meant(self, key: Key, typed: Sequence[Typed]) -> Iterator[Meaning]:
        for meaning in self.meanings.get(key, {}):
            forms = self.forms[key][meaning] if len(key) == 1 else []
            if not forms or any(_are_forms_of_one(form, _one_word(typed)) for form in forms):
                yield meaning

    def stems(self) -> set[str]:
        """The stems in all phrases."""
        return {stem.removeprefix(AS_IT_STANDS) for key in self.meanings for stem in key}


def _one_word(typed: Sequence[Typed]) -> str:
    (_word, parts), *_more = typed
    return american(joined(parts) or parts[0])


def _are_forms_of_one(word: str, form: str) -> bool:
    """Whether a word that was typed is a phrase's, of the same stem, but for its number or gender.

    Stems alone mislead: "come" has that of "comida", "prime" that of "prima", "vivo" of "víveres".
    """
    alike = Prefix.similarity(word, form)
    typed, listed = word[alike:], form[alike:]
    return typed == listed or (typed, listed) in ENDINGS or (listed, typed) in ENDINGS


_STEMS: dict[str, Callable[[str], str]] = {"en": english_stem, "es": spanish_stem}

# British spelling, which some names of illnesses have: tumour, leukaemia, oesophageal, paediatric.
BRITISH = re.compile(r"(?<=[a-z]{3})our(?=s?$)|aem|oes(?=oph)|paed|haem")
_AMERICAN = {"our": "or", "aem": "em", "oes": "es", "paed": "ped", "haem": "hem"}


def american(word: str) -> str:
    """A folded word in American spelling."""
    return BRITISH.sub(lambda found: _AMERICAN[found[0]], word)


def keys_in(typed: Sequence[Typed], language: str) -> Iterator[Key]:
    """A phrase's keys in a language: with hyphenated words in parts, and as one word."""
    yield tuple(_key(part, language) for _word, parts in typed for part in parts)
    if any(len(parts) > 1 for _word, parts in typed):
        yield tuple(_key(joined(parts) or parts[0], language) for _word, parts in typed)


def _key(word: str, language: str) -> str:
    """The stem of a folded word; a name, or what is short, stands as it is: ALS is not AL."""
    word = american(word)
    if not language or len(word) < SHORTEST_STEMMED:
        return AS_IT_STANDS + word
    return _STEMS[language](word)


def _keys_of_phrase(typed: Sequence[Typed], language: str) -> Iterator[Key]:
    """The keys that a phrase is kept under: of a language, also for the plural of a short word."""
    for key in keys_in(typed, language):
        yield key
        if language:
            yield tuple(stem.removeprefix(AS_IT_STANDS) for stem in key)


def phrases_of(facet: str, term: TermInfo) -> Iterator[tuple[str, str]]:
    """All that somebody may type for a term of this facet, each with its language for `add`."""
    if facet in AS_THEY_STAND:
        yield from ((word, "") for word in [*term.english, *term.spanish])
    else:
        yield from ((word, "en") for word in [*term.english, *term.brands])
        yield from ((word, "es") for word in term.spanish)
        yield term.slug.replace("_", "-").replace("-", " "), "en"
    if facet == "area":
        yield term.value, ""


def build(terms: Mapping[str, Mapping[str, TermInfo]]) -> Lexicon:
    """The lexicon of these terms (facet -> value -> term), the cities and the languages."""
    lexicon = Lexicon()
    for facet in FACETS_OF_TERMS:
        for value, term in terms[facet].items():
            if facet in LISTING_MISSPELLINGS:
                lexicon.misspelt |= dict(_misspelt(term.english))
            for phrase, language in phrases_of(facet, term):
                lexicon.add(phrase, language, Meaning(facet, value))
    for city, code in json.loads(CITIES.read_text()).items():
        lexicon.add(city, "", Meaning("area", code))
    for code, name in LANGUAGE_NAMES.items():
        for language in ("en", "es"):
            with override(language):
                lexicon.add(str(name), "", Meaning("language", code))
    return lexicon


def _misspelt(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Names of one word that are a slip away from an earlier one: ("cancr", "cancer")."""
    seen: list[str] = []
    plain = (word for word in words if word.isalpha() and word[1:].islower())
    for word in map(american, map(fold, plain)):
        if len(word) >= SHORTEST_CORRECTED:
            near = (one for one in seen if english_stem(one) != english_stem(word))
            right = next((one for one in near if DamerauLevenshtein.distance(one, word) == 1), "")
            if right:
                yield word, right
            else:
                seen.append(word)
