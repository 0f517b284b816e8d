"""What somebody who is still typing may mean: names of terms and of organisations.

Nothing here raises, whatever is typed, and nothing of it is kept.
"""

from __future__ import annotations

from resources.search.sets import Directory
from resources.search.suggesting.organisations import suggest_organisations
from resources.search.suggesting.suggestion import SHORTEST, Fit, Suggestion, length
from resources.search.suggesting.terms import suggest_terms, term_named
from resources.search.words import typed_words

__all__ = ["MOST", "Fit", "Suggestion", "suggest", "suggest_of", "term_named"]

MOST = 8
# So many are organisations, where there are as many, however many terms there are.
BESIDE_TERMS = 3

# The search box takes no more.
LONGEST = 300


def suggest_of(directory: Directory, text: str, language: str, facet: str) -> list[Suggestion]:
    """At most `MOST` terms of one facet that complete what was typed, best first."""
    text = text[:LONGEST]
    if length(typed_words(text)) < SHORTEST:
        return []
    return suggest_terms(directory, text, language, MOST, facet=facet)


def suggest(directory: Directory, text: str, language: str, limit: int = MOST) -> list[Suggestion]:
    """At most `limit` terms and organisations, named for a reader of `language`, best first.

    None for fewer than two letters.
    """
    text = text[:LONGEST]
    typed = list(typed_words(text))
    if length(typed) < SHORTEST:
        return []
    organisations = suggest_organisations(typed, limit)
    room = max(limit - len(organisations), limit - BESIDE_TERMS)
    found = suggest_terms(directory, text, language, room)
    found += organisations[: limit - len(found)]
    return sorted(found, key=lambda suggestion: suggestion.fit)
