"""Words as the text index keeps them, and as people type them.

Folding, splitting and stemming happen here, once, in Python, for what is indexed and for what is
asked alike, so that every database finds the same. Nothing here raises, whatever it is given.

A token is what the index holds for a word: its English stem, or its Spanish stem behind `SPANISH`.
The mark keeps the languages apart: the Spanish stem of "care" would otherwise find "car".
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from .stop_words import STOP_WORDS

# Folding turns every ñ into n: the letter is free to mark a Spanish stem, and every database
# takes it for a letter.
SPANISH = "ñ"

# Longer than any word of the field; what is longer is cut, in the index and in questions alike.
LONGEST_TOKEN = 40
# No entry comes near these; they bound what a pasted book can cost.
LONGEST_TEXT = 100_000
MOST_TOKENS = 10_000

LONGEST_QUESTION = 1_000
MOST_WORDS = 12
LONGEST_SHOWN = 60
# Stands for all further words that were left out.
MORE = "…"

# A web address is one word to the pattern below: its parts count, their joined form does not.
MOST_JOINED_PARTS = 4
# Two words are taken for one where each has so many letters.
SHORTEST_JOINED = 3

# ASCII, typographic, full-width and modifier apostrophes, accents that stand alone, primes.
APOSTROPHES = dict.fromkeys(
    map(
        ord,
        "'`\u00b4\u02b9\u02bb\u02bc\u02bd\u02c8\u2018\u2019\u201b\u2032\uff07",
    )
)
HYPHENS = "-\u2010\u2011\u2043\u2212./&"
PUNCTUATION = '"“”„«»()[]{}<>,;:!?¡¿.*+…'
DROPPED_CATEGORIES = frozenset({"Mn", "Mc", "Me", "Cf"})

COMPOUND = re.compile(rf"[^\W_]+(?:[{re.escape(HYPHENS)}][^\W_]+)*")
PART = re.compile(r"[^\W_]+")
THOUSANDS_COMMA = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
# "co pay" and "non profit" are written in two words as often as with a hyphen.
LOOSE_PREFIX = re.compile(r"\b(co|non|pre|post|anti|multi)\s+(?=[^\W_])", re.IGNORECASE)
# Capitals that stress or join, where others make a name ("ALL", "CAN").
EMPHASIS = frozenset({"A", "AND", "I", "NO", "NOT", "O", "OR", "Y"})
# The Spanish stemmer takes the -er of "cáncer" for a verb's, but not that of "cánceres".
SPANISH_PLURAL = re.compile(r"(?<=[^aeiou]er)es$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word to look for: as typed, and the groups of tokens any one of which counts as it.

    A group counts when all of its tokens are there: "co-pay" is `copay`, or `co` and `pay`.
    """

    original: str
    alternatives: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a person typed: the words to look for, those set aside, those too many to use."""

    words: tuple[Word, ...] = ()
    set_aside: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


# A word as it was typed, and its folded parts.
Typed = tuple[str, list[str]]


def fold(text: str) -> str:
    """The text without case, accents, apostrophes and invisible marks, digits in ASCII."""
    text = text[:LONGEST_TEXT].translate(APOSTROPHES)
    if text.isascii():
        return text.lower()
    # One character can become eighteen (U+FDFA): no text may grow out of its bounds by that.
    plain = unicodedata.normalize("NFKD", text)[: 2 * len(text) + 20]
    return "".join(map(_folded, plain)).translate(APOSTROPHES)


@lru_cache(maxsize=2_000)
def _folded(character: str) -> str:
    if unicodedata.category(character) in DROPPED_CATEGORIES:
        # A zero-width space parts words; the other invisible ones stand within them.
        return " " if character == "\u200b" else ""
    digit = unicodedata.decimal(character, None)
    return character.casefold() if digit is None else str(digit)


def tokens(text: str, language: str) -> list[str]:
    """The index's tokens of a text in `language` ("en" or "es"), in its order.

    A hyphenated word gives its parts and its joined form.
    """
    stem = STEMS[language]
    found: list[str] = []
    for parts in _compounds(text):
        found += map(stem, _forms(parts))
        if len(found) >= MOST_TOKENS:
            break
    return found[:MOST_TOKENS]


def name_tokens(names: Iterable[str]) -> list[str]:
    """The index's tokens of names, which may be in either language: as they stand, and stemmed."""
    found: dict[str, None] = {}
    for name in names:
        for parts in _compounds(name):
            for form in _forms(parts):
                found |= dict.fromkeys((form, english_stem(form), spanish_stem(form)))
    return list(found)[:MOST_TOKENS]


def parse(text: str) -> Parsed:
    """The words to look for in what a person typed, at most `MOST_WORDS`, each once.

    Words that carry no meaning of their own ("help with", "ayuda para") are set aside unless
    nothing else is left. What is past the limits is in `left_out`.
    """
    typed = _cut(text)
    cut = typed != text
    shouting = typed.upper() == typed
    kept, aside = _sorted_out(typed_words(typed), shouting)
    words, left_out = _to_look_for(kept or aside)
    if cut or len(left_out) > MOST_WORDS:
        left_out = (*left_out[:MOST_WORDS], MORE)
    set_aside = tuple(dict.fromkeys(word for word, _parts in aside)) if kept else ()
    return Parsed(words, set_aside, left_out)


def _cut(text: str) -> str:
    """What is read of a question; its last word goes where it may have been cut in two."""
    if len(text) <= LONGEST_QUESTION:
        return text
    return text[:LONGEST_QUESTION].rpartition(" ")[0] or text[:LONGEST_QUESTION]


def typed_words(text: str) -> Iterator[Typed]:
    """Each word as it was typed, without punctuation, with its folded parts."""
    for word in LOOSE_PREFIX.sub(r"\1-", text).split():
        for parts in _compounds(word):
            yield word.strip(PUNCTUATION)[:LONGEST_SHOWN], parts


def _sorted_out(words: Iterable[Typed], shouting: bool) -> tuple[list[Typed], list[Typed]]:
    """The words that mean something, and the stop words; ALL among small letters is a name."""
    kept: list[Typed] = []
    aside: list[Typed] = []
    for word, parts in words:
        name = word.isupper() and not shouting and word not in EMPHASIS
        stops = not name and all(part in STOP_WORDS for part in parts)
        (aside if stops else kept).append((word, parts))
    return kept, aside


def _to_look_for(typed: Iterable[Typed]) -> tuple[tuple[Word, ...], tuple[str, ...]]:
    """The first words with different English stems, and what was typed past them."""
    found: dict[tuple[str, ...], Word] = {}
    left_out: dict[str, None] = {}
    for original, parts in typed:
        # Stemming is the costly part: words that are not used are not stemmed.
        if len(found) == MOST_WORDS:
            left_out[original] = None
        else:
            alternatives = _alternatives(parts)
            found.setdefault(alternatives[0], Word(original, alternatives))
    return tuple(found.values()), tuple(left_out)


def _alternatives(parts: list[str]) -> tuple[tuple[str, ...], ...]:
    """The groups of tokens that count as a word with these parts: English, Spanish, as it is."""
    stems: tuple[Callable[[str], str], ...] = (english_stem, spanish_stem, str)
    groups = [tuple(dict.fromkeys(map(stem, parts))) for stem in stems]
    if whole := joined(parts):
        groups = [(stem(whole),) for stem in stems] + groups
    return tuple(dict.fromkeys(groups))


def _compounds(text: str) -> Iterator[list[str]]:
    """The words of a text in order, each as its folded parts: ["co", "pay"]."""
    for match in COMPOUND.finditer(THOUSANDS_COMMA.sub("", fold(text))):
        yield [part[:LONGEST_TOKEN] for part in PART.findall(match[0])]


def _forms(parts: list[str]) -> list[str]:
    whole = joined(parts)
    return [*parts, whole] if whole else parts


def joined(parts: list[str]) -> str:
    """The parts as one word, where there are several and few enough; else empty."""
    return "".join(parts)[:LONGEST_TOKEN] if 1 < len(parts) <= MOST_JOINED_PARTS else ""


def joined_pair(typed: Sequence[Typed]) -> str:
    """Two words as the one that they may be ("wheel chair"); empty for short ones, or no two."""
    parts = [part for _word, parts in typed for part in parts]
    is_pair = len(typed) == len(parts) == 2 and min(map(len, parts)) >= SHORTEST_JOINED
    return joined(parts) if is_pair else ""


def english_stem(word: str) -> str:
    """The token of a folded English word. What is not plain letters stays as it is."""
    return _stemmed("english", word) if _has_stem(word) else word


def spanish_stem(word: str) -> str:
    """The token of a folded Spanish word. What is not plain letters stays as it is."""
    if not _has_stem(word):
        return word
    return SPANISH + _stemmed("spanish", SPANISH_PLURAL.sub("", word))


STEMS: dict[str, Callable[[str], str]] = {"en": english_stem, "es": spanish_stem}


def _has_stem(word: str) -> bool:
    return word.isascii() and word.isalpha()


# A stemmer works on its own state, so every thread has its own.
_stemmers = threading.local()


@lru_cache(maxsize=50_000)
def _stemmed(language: str, word: str) -> str:
    stemmer = getattr(_stemmers, language, None)
    if stemmer is None:
        stemmer = snowballstemmer.stemmer(language)
        setattr(_stemmers, language, stemmer)
    stem: str = stemmer.stemWord(word)
    return stem
