"""What was probably meant by words that neither the vocabularies nor the texts contain."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from resources.search.lexicon import SHORTEST_CORRECTED, Lexicon
from resources.search.real_words import real_words
from resources.search.sayings import SAID
from resources.search.stop_words import STOP_WORDS
from resources.search.words import MOST_WORDS, Typed

# From so many letters on, two slips make a word another one rather than one.
LONG = 8

# Place in the question -> the word as it would be spelled.
Corrections = dict[int, str]


def corrections_of(
    typed: Sequence[Typed],
    unread: Iterable[int],
    lexicon: Lexicon,
    is_known: Callable[[str], bool],
) -> Corrections:
    """What the words at these places would be spelled, and what a vocabulary lists as misspelt.

    `is_known(word)`, that the texts contain it, is asked once for a word, of so many words.
    """
    plain = {at: parts[0] for at, (_word, parts) in enumerate(typed) if len(parts) == 1}
    strange = dict.fromkeys(
        plain[at] for at in unread if at in plain and _may_be_mistyped(plain[at], lexicon)
    )
    meant = {word: nearest for word in strange if (nearest := _nearest(word, lexicon))}
    mistyped = {word for word in islice(meant, MOST_WORDS) if not is_known(word)}
    meant = {word: meant[word] for word in mistyped} | lexicon.misspelt
    return {at: meant[word] for at, word in plain.items() if word in meant}


def _may_be_mistyped(word: str, lexicon: Lexicon) -> bool:
    return (
        len(word) >= SHORTEST_CORRECTED
        and word.isalpha()
        and word not in STOP_WORDS
        and word not in SAID
        and word not in lexicon.words
        and word not in real_words()
    )


def _nearest(word: str, lexicon: Lexicon) -> str:
    """The one vocabulary word within a slip or two; empty where there is none."""
    found = process.extract(
        word,
        lexicon.words.keys(),
        scorer=DamerauLevenshtein.distance,
        score_cutoff=1 if len(word) < LONG else 2,
        limit=5,
    )
    same_start = [one for one in found if one[0][0] == word[0]] or found
    return same_start[0][0] if same_start else ""
