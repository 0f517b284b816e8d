"""Whether a fund's page says that the fund is open, closed, or has a waiting list.

Words are looked for in the sentences that a reader sees. Curators may set others for a page; those
here are for pages in English and Spanish that nobody has set any for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from .reading import read

OPEN, CLOSED, WAITLIST = "open", "closed", "waitlist"
LONGEST_SENTENCE = 300  # characters that are told
MOST_SENTENCES = 20_000
LONGEST_READ = 5_000  # characters of a sentence that are looked at
MOST_WORDS = 200  # of a part of a sentence, that are looked at
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Words:
    """What means open, closed, a waiting list: words in the order in which a page has them.

    Case, accents and punctuation do not count. "Not" before words of `open` makes them mean closed,
    before others it makes them mean nothing.
    """

    open: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    waitlist: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """What a page says, in its own sentence, and the words by which it was known."""

    status: str
    sentence: str
    words: str


USUAL = Words(
    open=(
        "is open", "are open", "now open", "currently open", "open now", "has opened",
        "remains open", "status open", "fund open", "program open", "open to new", "open for new",
        "open for applications", "open for enrollment", "open to applications", "opened to new",
        "reopened", "re opened", "accepting applications", "accepting new", "accept applications",
        "accept new", "accepting patients", "accepting requests", "accepting enrollment",
        "accepts applications", "accepts new", "funding is available", "funds are available",
        "applications are accepted",
        "esta abierto", "esta abierta", "estan abiertos", "estan abiertas", "ya abierto",
        "actualmente abierto", "actualmente abierta", "estado abierto", "abierto a nuevos",
        "abierto a nuevas", "abierta a nuevos", "abierta a nuevas", "abierto para", "abierta para",
        "reabierto", "reabierta", "aceptando solicitudes", "acepta solicitudes",
        "aceptan solicitudes", "aceptamos solicitudes", "aceptando nuevos", "aceptando nuevas",
        "acepta nuevos", "acepta nuevas", "hay fondos disponibles",
    ),
    closed=(
        "not open", "isnt open", "not yet open", "is closed", "are closed", "now closed",
        "currently closed", "temporarily closed",
        "has closed", "have closed", "remains closed", "status closed", "fund closed",
        "program closed", "closed to", "closed for", "closed until", "closed at this time",
        "applications closed", "closed due", "closed because", "on hold", "is paused",
        "temporarily paused", "is suspended", "temporarily suspended", "unable to accept",
        "stopped accepting", "no funds available", "no funding available", "out of funds",
        "funds have been exhausted", "funding has been exhausted", "funds are exhausted",
        "funding is exhausted", "funds are depleted", "fully allocated", "fully committed",
        "esta cerrado", "esta cerrada", "estan cerrados", "estan cerradas", "ya cerrado",
        "actualmente cerrado", "actualmente cerrada", "temporalmente cerrado",
        "temporalmente cerrada", "cerrado temporalmente", "cerrada temporalmente", "cerrado a",
        "cerrada a", "cerrado para", "cerrada para", "cerrado hasta", "cerrada hasta",
        "estado cerrado", "ha cerrado", "en pausa", "temporalmente suspendido",
        "temporalmente suspendida", "dejado de aceptar", "no hay fondos", "sin fondos",
        "fondos agotados", "fondos se han agotado", "se agotaron los fondos",
    ),
    waitlist=("waitlist", "wait list", "waitlisted", "waiting list", "lista de espera"),
)  # fmt: skip

# A line that is no more than this: what stands in a badge or a cell.
ALONE = Words(
    open=("open", "abierto", "abierta"),
    closed=("closed", "temporarily closed", "cerrado", "cerrada"),
    waitlist=("waitlist", "wait list", "waitlist only", "waiting list", "lista de espera"),
)

# In the same part of a sentence, before the words and no further from them than `NEAR` words.
NOT = frozenset(
    {
        "not", "no", "nor", "never", "cannot", "isnt", "arent", "wasnt", "cant", "wont", "dont",
        "doesnt", "without", "ni", "nunca", "sin",
    }
)  # fmt: skip
NEAR = 5
# At the beginning of a sentence: all of it is said of a case, and nothing is said to be so.
CASE = re.compile(r" (?:if|when|whenever|once|unless|si|cuando|apenas)\b")
# Anywhere before the words: what is said of a time to come. "May 1" is a day, and who may join a
# waiting list is told that there is one.
PERHAPS = re.compile(
    r"\b(?:if|when|whenever|once|until|unless|whether|will|before|after|si|cuando|mientras|hasta"
    r"|apenas|sera|seran|estara|estaran|podria|podrian)\b"
)
POSSIBLY = re.compile(r"\b(?:would|may(?! \d)|might|could|should)\b")
# Of these is said when somebody can be reached.
HOURS = re.compile(
    r"\b(?:offices?|hours|mondays?|fridays?|weekdays|weekends|holidays?|phone lines?|call center"
    r"|helpline|hotline|a m|p m|oficinas?|horario|lunes|viernes|feriados?|dias festivos)\b"
)
# Behind a waiting list: nobody is put on it.
FULL = re.compile(r"\w* ?\w* ?\b(?:closed|full|cerrada|llena)\b")
PARTS = re.compile(r"[,;()\u2013\u2014]|\s-\s")


def watch(html: str, words: Words | None = None) -> Seen | None:
    """What a page says of its fund, in the first sentence that says so.

    None where it says nothing, or both that it is open and that it is closed: a page with several
    funds. A waiting list is what counts where there is one besides.
    """
    found: dict[str, Seen] = {}
    for sentence in islice(read(html).sentences(), MOST_SENTENCES):
        for seen in _in_sentence(sentence, words):
            found.setdefault(seen.status, seen)
    if WAITLIST in found:
        return found[WAITLIST]
    return next(iter(found.values())) if len(found) == 1 else None


def _in_sentence(sentence: str, words: Words | None) -> Iterator[Seen]:
    """What one sentence says, part by part."""
    shown = sentence[:LONGEST_SENTENCE]
    sentence = sentence[:LONGEST_READ]
    whole = _plain(sentence)
    for status, phrases in _table(ALONE) if words is None else ():
        if whole in phrases:
            yield Seen(status, shown, whole.strip())
    given = words or USUAL
    if CASE.match(whole) or not _any_of(given).search(whole):
        return
    for part in PARTS.split(sentence):
        line = _plain(part)
        if words is None and HOURS.search(line):
            continue
        for status, phrase in _said(line, given):
            yield Seen(status, shown, phrase.strip())


def _said(line: str, words: Words) -> Iterator[tuple[str, str]]:
    """Which statuses the words mean in this line, each with the words."""
    for status, phrases in _table(words):
        for phrase in phrases:
            at = line.find(phrase)
            while at >= 0:
                meant = _meant(status, line[:at], line[at + len(phrase) :])
                if meant:
                    yield meant, phrase
                at = line.find(phrase, at + 1)


def _meant(status: str, before: str, after: str) -> str | None:
    doubtful = FULL.match(after) if status == WAITLIST else POSSIBLY.search(before)
    if doubtful or PERHAPS.search(before):
        return None
    if NOT.isdisjoint(before.split()[-NEAR:]):
        return status
    return CLOSED if status == OPEN else None


@lru_cache(maxsize=100)
def _table(words: Words) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The phrases of each status, as lines are written to find them in."""
    return tuple(
        (status, tuple(filter(str.strip, map(_plain, phrases))))
        for status, phrases in (
            (OPEN, words.open),
            (CLOSED, words.closed),
            (WAITLIST, words.waitlist),
        )
    )


@lru_cache(maxsize=100)
def _any_of(words: Words) -> re.Pattern[str]:
    """Finds whether there is anything to look at: most lines of a page have none of the words."""
    phrases = [re.escape(phrase) for _, found in _table(words) for phrase in found]
    return re.compile("|".join(phrases) or r"(?!)")


def _plain(text: str) -> str:
    """Its words without case, accents and apostrophes, with a space before and behind each."""
    folded = unicodedata.normalize("NFKD", text.casefold().replace("’", "'").replace("'", ""))
    kept = "".join(sign for sign in folded if not unicodedata.combining(sign))
    return f" {' '.join(WORD.findall(kept)[:MOST_WORDS])} "
