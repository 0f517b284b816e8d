"""The words of English and Spanish: whoever writes one of them has not mistyped another."""

from __future__ import annotations

from functools import cache

from spellchecker import SpellChecker

from resources.search.lexicon import SHORTEST_CORRECTED
from resources.search.words import fold

LANGUAGES = ("en", "es")
# The package counts words in a corpus; those with the least count were not met in it.
NOT_MET = 50


@cache
def real_words() -> frozenset[str]:
    """All words that are long enough to be corrected, folded.

    Read at the first call, which takes a second: a server calls it when it starts.
    """
    counts = SpellChecker(language=LANGUAGES).word_frequency.dictionary
    met = (fold(word) for word, count in counts.items() if count > NOT_MET)
    kept = " ".join(word for word in met if len(word) >= SHORTEST_CORRECTED and word.isalpha())
    # The forty megabytes go before anything is made that stays and would hold on to them.
    counts.clear()
    return frozenset(kept.split(" "))
