"""Terms whose names have a word that begins with what is typed, from the vocabularies in memory."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from resources.search.ambiguous import is_everyday
from resources.search.facets import FACETS
from resources.search.lexicon import FACETS_OF_TERMS, LONGEST_PHRASE, american
from resources.search.query import FACETS as PARAMETERS
from resources.search.sets import Directory, TermInfo
from resources.search.stop_words import STOP_WORDS
from resources.search.suggesting.suggestion import (
    LAST,
    SHORTEST,
    Fit,
    Suggestion,
    length,
    says_more,
)
from resources.search.words import Typed, fold, joined, typed_words


class _Name(NamedTuple):
    """A name of a term, from one of its words on: `key` is what may be typed.

    `resources` are those that carry the term, or one of a narrower kind.
    """

    key: str
    is_start: bool
    facet: str
    value: str
    name: str
    resources: int


class _Hit(NamedTuple):
    """A term that was found by a name; the smallest hit is the best."""

    fit: Fit
    is_other_name: bool
    minus_resources: int
    length: int
    facet: str
    value: str
    name: str


def suggest_terms(
    directory: Directory, text: str, language: str, limit: int, *, facet: str = ""
) -> list[Suggestion]:
    """At most `limit` terms that may be meant by all that was typed, or else by its last words.

    Of one facet alone, where one is named.
    """
    words = text.split()
    for start in range(max(0, len(words) - LONGEST_PHRASE), len(words)):
        typed = list(typed_words(" ".join(words[start:])))
        if start and _says_little(typed):
            break
        hits = _hits(directory, typed, language, facet)
        if hits:
            before = " ".join(words[:start])
            return [_suggestion(directory, hit, language, before) for hit in hits[:limit]]
    return []


def term_named(directory: Directory, facet: str, text: str) -> str | None:
    """The value of the term of this facet that is called just so, as suggestions name it."""
    names = directory.remembered(("terms by name", facet), lambda: _by_name(directory, facet))
    return names.get(_key(text))


def _by_name(directory: Directory, facet: str) -> dict[str, str]:
    """What a term is called above all, then its other names, then names cut at a bracket."""
    found: dict[str, str] = {}
    terms = directory.terms[facet].values()
    for names_of in (_main_names, _names_of, _cut_names):
        for term in terms:
            for name in names_of(term):
                found.setdefault(_key(name), term.value)
    return found


def _key(name: str) -> str:
    return " ".join(fold(name).split())


def _main_names(term: TermInfo) -> tuple[str, ...]:
    return tuple(filter(None, (term.name, term.spanish_name)))


def _cut_names(term: TermInfo) -> tuple[str, ...]:
    return tuple(map(_bare, _main_names(term)))


def _says_little(typed: Sequence[Typed]) -> bool:
    """Whether nobody waits for these last words to be completed: "me", "and a"."""
    are_everyday = all(is_everyday(part) for _word, parts in typed for part in parts)
    return are_everyday or length(typed) < SHORTEST


def _hits(directory: Directory, typed: Sequence[Typed], language: str, facet: str) -> list[_Hit]:
    """The terms that are found by these words, each by the best of its names; best first."""
    found: dict[tuple[str, str], _Hit] = {}
    for name, fit in _names_with(directory, typed):
        if facet and name.facet != facet:
            continue
        of = name.facet, name.value
        term = directory.terms[name.facet][name.value]
        is_other = name.name not in (term.in_language(language), _bare(term.in_language(language)))
        hit = _Hit(fit, is_other, -name.resources, len(name.name), *of, name.name)
        found[of] = min(hit, found.get(of, hit))
    return sorted(found.values())


def _names_with(directory: Directory, typed: Sequence[Typed]) -> Iterator[tuple[_Name, Fit]]:
    names = directory.remembered("names of terms", lambda: _names(directory))
    for words in _as_words(typed):
        key = " ".join(words)
        start = bisect_left(names, key, key=lambda name: name.key)
        stop = bisect_left(names, key + LAST, key=lambda name: name.key)
        for name in names[start:stop]:
            is_whole = name.is_start and name.key == key and not is_everyday(key)
            yield name, Fit.WHOLE if is_whole else Fit.BEGINS if name.is_start else Fit.WITHIN


def _names(directory: Directory) -> list[_Name]:
    """All names of all terms, from each of their words on, in order."""
    return sorted(
        {
            _Name(" ".join(words[start:]), not start, facet, value, name, resources)
            for facet in FACETS_OF_TERMS
            for value, term in directory.terms[facet].items()
            for resources in [_resources(directory, facet, value)]
            for name in _names_of(term)
            for words in _as_words(list(typed_words(name)))
            for start in range(len(words))
            if not start or words[start] not in STOP_WORDS
        }
    )


def _resources(directory: Directory, facet: str, value: str) -> int:
    trees = {
        "need": directory.needs,
        "condition": directory.conditions,
        "insurance": directory.insurance,
    }
    narrower = trees[facet].below(value) if facet in trees else ()
    return len(directory.tags_of_any(facet, [value, *narrower]))


def _names_of(term: TermInfo) -> tuple[str, ...]:
    """Everything that a term is called; the code of a state, which is its value, too."""
    code = (term.value,) if term.value.isupper() else ()
    return (*term.english, *term.spanish, *term.brands, *code)


def _as_words(typed: Sequence[Typed]) -> list[list[str]]:
    """What was typed as folded words: with hyphenated ones in parts, and each as one word."""
    in_parts = [american(part) for _word, parts in typed for part in parts]
    as_one = [american(joined(parts) or parts[0]) for _word, parts in typed]
    return [in_parts] if in_parts == as_one else [in_parts, as_one]


def _suggestion(directory: Directory, hit: _Hit, language: str, before: str) -> Suggestion:
    term = directory.terms[hit.facet][hit.value]
    name = term.in_language(language)
    says_so = hit.is_other_name and (hit.name in term.brands or says_more(hit.name, than=name))
    return Suggestion(
        fit=Fit.WITHIN if before else hit.fit,
        name=_bare(name) if says_so else name,
        note=hit.name if says_so else "",
        kind=FACETS[hit.facet].label,
        term=name,
        before=before,
        parameter=PARAMETERS[hit.facet].parameter,
        value=hit.value,
    )


def _bare(name: str) -> str:
    """A name without what stands in brackets behind it."""
    return name.partition(" (")[0]
