"""A seeded generator of questions, as people type them and as nobody does, in both languages.

A grammar over the names in the vocabularies and the starter data: misspelled, abbreviated, mixed in
languages, with amounts, ZIP codes, contradictions, in sentences or as a heap of words; and noise.
The same seed gives the same questions, on every machine.
"""

from __future__ import annotations

import json
import random
import string
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote_from_bytes

from resources import data
from tests.attack.malformed import WORDS, Attack

SEED = 20261126
IN_FULL = 10_000

Random = random.Random
FOLDER = Path(data.__path__[0])


class Asked(NamedTuple):
    """What somebody types, and the language of the page that they type it on."""

    text: str
    language: str

    def as_attack(self) -> Attack:
        """The request for the page that answers it."""
        place = b"/es/search/" if self.language == "es" else b"/search/"
        typed = self.text.encode("utf-8", "surrogatepass")
        return Attack("question", place, b"q=" + quote_from_bytes(typed).encode())


def questions(count: int = IN_FULL, seed: int = SEED) -> list[Asked]:
    """So many questions; the first `n` are the same for every `count`."""
    return list(islice(_endless(Random(seed)), count))


def _endless(rng: Random) -> Iterator[Asked]:
    while True:
        for make in KINDS:
            language = rng.choice(("en", "en", "es"))
            yield Asked(_disturbed(rng, make(rng, language)), language)


# --- The words -----------------------------------------------------------------------------------


@cache
def _names(kind: str, language: str) -> list[str]:
    """All that the terms of a kind, or the organisations, are called in a language."""
    every = (name for row in _rows(kind) for name in _names_of(row, language))
    return list(dict.fromkeys(name for name in every if name))


def _rows(kind: str) -> list[dict[str, Any]]:
    folder = "starter" if kind == "organisations" else "vocabulary"
    rows: list[dict[str, Any]] = json.loads((FOLDER / folder / f"{kind}.json").read_text())
    return rows


def _names_of(row: dict[str, Any], language: str) -> list[str]:
    if language == "es":
        spanish = [row.get("spanish_name"), *row.get("spanish_synonyms", ())]
        return [*spanish, *_listed(row, "spanish"), *_listed(row, "also_known_as")]
    names = [row.get("name"), row.get("generic"), row.get("code")]
    return [
        *names,
        *(n for key in ("synonyms", "brands", "also_known_as") for n in row.get(key, ())),
    ]


def _listed(row: dict[str, Any], key: str) -> list[str]:
    held = row.get(key) or ()
    return [held] if isinstance(held, str) else list(held)


@cache
def _cities() -> list[str]:
    return list(json.loads((FOLDER / "cities.json").read_text()))


def _need(rng: Random, language: str) -> str:
    return rng.choice(_names("needs", language))


def _illness(rng: Random, language: str) -> str:
    return rng.choice(_names("conditions", language))


def _medicine(rng: Random, language: str) -> str:
    return rng.choice(_names("medicines", rng.choice(("en", language))))


def _insurance(rng: Random, language: str) -> str:
    return rng.choice(_names("insurance", language))


def _house(rng: Random, language: str) -> str:
    return rng.choice(_names("organisations", "en"))


def _place(rng: Random, language: str) -> str:
    states = _names("states", rng.choice(("en", language)))
    zip_code = f"{rng.randint(0, 99_999):05}"
    return rng.choice((rng.choice(states), rng.choice(_cities()), zip_code, "43004", "near me"))


def _amount(rng: Random, language: str) -> str:
    number = rng.choice((rng.randint(1, 999), rng.randint(1, 99) * 1_000))
    period = rng.choice((" a month", "/yr", " al mes", " por año", "", "k"))
    return rng.choice(("$", "$", "US$ ", "")) + f"{number:,}" + period


# --- The sentences -------------------------------------------------------------------------------

SENTENCES = {
    "en": (
        "{need} for {illness}", "{medicine} {need}", "{illness} {need} {place}",
        "help with {need} in {place}", "how do I pay for {medicine}", "{house} {need}",
        "I have {illness} and no insurance", "my insurance won't pay for {medicine}",
        "lost my job and my {insurance}, need {need}", "{need} and {need} for {illness}",
        "we make {amount} and {medicine} costs {amount}", "is there {need} near {place}?",
        "my son has {illness} and we need {need}", "no {insurance} but I have {insurance}",
        "can't afford {medicine}", "{insurance} {medicine} {place}", "who can help me with {need}",
        "{house} or {house}", "{need}, {need}, {need}", "flight from {place} to {place}",
        "{illness} but not {illness}", "my mom is {illness} {need} {place} {insurance} {amount}",
        "{house}", "{medicine}", "{illness}", "{need}", "{place}", "{insurance}", "{amount}",
    ),
    "es": (
        "{need} para {illness}", "ayuda con {need} en {place}", "{medicine} sin seguro",
        "tengo {illness} y no tengo aseguranza", "no puedo pagar {medicine}",
        "mi hijo tiene {illness}, necesito {need}", "{need} y {need}",
        "mi seguro no quiere pagar {medicine}", "gano {amount} y tengo {insurance}",
        "dónde hay {need} cerca de {place}", "perdí mi trabajo y mi {insurance}",
        "help con {need} para mi mamá con {illness}", "{house} en español", "{illness} {place}",
        "vivo en {place} y necesito {need}", "¿quién paga {medicine}?",
        "sin {insurance} pero con {insurance}",
        "{house}", "{medicine}", "{illness}", "{need}", "{place}", "{insurance}", "{amount}",
    ),
}  # fmt: skip
LITTLE = "a al and de for la me mi my no not or para sin the va will y ? $ 65 all ALL"
PARTS: dict[str, Callable[[Random, str], str]] = {
    "need": _need,
    "illness": _illness,
    "medicine": _medicine,
    "insurance": _insurance,
    "house": _house,
    "place": _place,
    "amount": _amount,
}


def _sentence(rng: Random, language: str) -> str:
    """A sentence with names in its gaps, now and then of the other language."""
    text: list[str] = []
    for before, name, _spec, _conversion in string.Formatter().parse(
        rng.choice(SENTENCES[language])
    ):
        spoken = rng.choice(("en", "es")) if rng.random() < 0.1 else language
        text += [before, PARTS[name](rng, spoken) if name else ""]
    return "".join(text)


def _heap(rng: Random, language: str) -> str:
    """Names and little words in no order."""
    makes = rng.choices(list(PARTS.values()), k=rng.randint(1, 5))
    little = rng.choices(LITTLE.split(), k=rng.randint(0, 6))
    found = [make(rng, language) for make in makes] + little
    rng.shuffle(found)
    return " ".join(found)


def _noise(rng: Random, language: str) -> str:
    """What nobody means: random letters of any script, what is hostile, or a mix with a name."""
    letters = "".join(
        chr(rng.choice((rng.randint(32, 126), rng.randint(160, 0x2FFFF)))) for _ in range(20)
    )
    hostile = rng.choice(WORDS)[:400].decode(errors="ignore")
    return rng.choice((letters, hostile, f"{_need(rng, language)} {letters} {hostile}"))


KINDS = (_sentence, _sentence, _sentence, _heap, _sentence, _sentence, _heap, _noise)


# --- As it is typed ------------------------------------------------------------------------------


def _disturbed(rng: Random, text: str) -> str:
    """The text with slips, in capitals, without accents, with emoji: often as it is."""
    for change in rng.choices(CHANGES, k=rng.choice((0, 0, 1, 1, 2))):
        text = change(rng, text)
    return text


def _with_a_slip(rng: Random, text: str) -> str:
    """A letter left out, doubled, exchanged with the next, or another."""
    if not text:
        return text
    at = rng.randrange(len(text))
    letter = rng.choice((text[at] * 2, "", rng.choice(string.ascii_lowercase)))
    swapped = text[at + 1 : at + 2] + text[at]
    return text[:at] + rng.choice((letter + text[at + 1 :], swapped + text[at + 2 :]))


CHANGES: tuple[Callable[[Random, str], str], ...] = (
    _with_a_slip,
    _with_a_slip,
    lambda rng, text: text.upper(),
    lambda rng, text: text.lower(),
    lambda rng, text: text.title(),
    lambda rng, text: text.replace(" ", rng.choice(("  ", "-", "", ", ", " 🏥 "))),
    lambda rng, text: f"{text} {text}",
    lambda rng, text: text + rng.choice(("?", "!!!", "…", " 🙏", " please", " gracias", " :(")),
)
