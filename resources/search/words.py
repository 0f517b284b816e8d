"""Words, folded, cut and stemmed once, the same for every database."""

from __future__ import annotations

import re
import threading
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

_stemmers = threading.local()
STOP = frozenset(
    "a an the of for to in on with and or how do i can my help is are pay me get need want"
    " de la el los las para con y o un una en como mi ayuda necesito".split()
)


@dataclass(frozen=True, slots=True)
class Word:
    original: str
    alternatives: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Parsed:
    words: tuple[Word, ...] = ()
    left_out: tuple[str, ...] = ()


def fold(text: str) -> str:
    """Without accents, capitals and apostrophes."""
    plain = unicodedata.normalize("NFKD", text)
    kept = (c for c in plain if not unicodedata.combining(c) and c not in "'’‘`")
    return "".join(kept).casefold()


@lru_cache(maxsize=100_000)
def stem(word: str, language: str) -> str:
    name = "spanish" if language == "es" else "english"
    stemmer = _stemmers.__dict__.setdefault(name, snowballstemmer.stemmer(name))
    return str(stemmer.stemWord(word))


def tokens(text: str, language: str) -> list[str]:
    found = []
    for chunk in re.findall(r"[^\W_]+(?:-[^\W_]+)*", fold(text[:20000])):
        parts = chunk.split("-")
        for part in parts + (["".join(parts)] if len(parts) > 1 else []):
            found += list(dict.fromkeys([part[:40], stem(part[:40], language)]))
    return found


def parse(text: str) -> Parsed:
    chunks = list(dict.fromkeys(re.findall(r"[^\W_]+(?:-[^\W_]+)*", fold(text[:500]))))
    kept = [c for c in chunks if c not in STOP] or chunks
    return Parsed(tuple(_word(c) for c in kept[:12]), tuple(kept[12:]))


def _word(chunk: str) -> Word:
    joined = chunk.replace("-", "")
    alternatives = [(v,) for v in (joined, stem(joined, "en"), stem(joined, "es"))]
    if "-" in chunk:
        alternatives.append(tuple(stem(p, "en") for p in chunk.split("-")))
    return Word(chunk, tuple(dict.fromkeys(alternatives)))
