"""What is asked, by kind: seeded, and partly of words that the directory's own texts have.

The same seed and directory give the same questions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from random import Random
from urllib.parse import urlencode

from tests.bench.visits import CHOICES

SEED = 20261126
EACH = 60  # questions of a kind

FILTERS, UNDERSTOOD, RARE, TEXT = "filters", "understood", "rare word", "3-5 words"
COMMON, NOTHING = "word in 90%", "nothing found"
KINDS = (FILTERS, UNDERSTOOD, RARE, TEXT, COMMON, NOTHING)

# What somebody types that the vocabularies know, whole.
SUBJECTS = (
    "gleevec", "imatinib", "ibrance", "keytruda", "breast cancer", "lung cancer", "leukemia", "CML",
    "multiple myeloma", "prostate cancer", "lymphoma", "brain tumor", "kidney failure", "lupus",
    "any cancer", "ovarian cancer", "revlimid", "copd", "multiple sclerosis", "hemophilia",
)  # fmt: skip
NEEDS = (
    "copay help", "free medicine", "rides", "gas cards", "rent help", "lodging", "wigs",
    "legal help", "support group", "counseling", "food", "electric bill", "medical bills",
)  # fmt: skip
PLACES = ("ohio", "texas", "california", "florida", "new york", "illinois", "georgia", "michigan")
UNHEARD = ("zzyzx", "qwortl", "brimpf", "xanzibee", "plorq", "wuxtry", "kvetlo", "mirrpa")


def questions(words: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Query strings by kind. `words`: those for the kinds `RARE`, `TEXT` and `COMMON`."""
    dice = Random(SEED)
    return {
        FILTERS: _different(_filters(dice) for _ in range(10 * EACH)),
        UNDERSTOOD: _different(_understood(dice) for _ in range(10 * EACH)),
        **{kind: _different(urlencode({"q": q}) for q in words[kind]) for kind in (RARE, TEXT)},
        # As they stand: read as a term, a common word is no text.
        COMMON: _different(
            f"{urlencode({'q': word, 'exact': 1})}&{_filters(dice)}"
            for word in words[COMMON]
            for _ in range(10 * EACH)
        ),
        NOTHING: _different(_nothing(dice) for _ in range(10 * EACH)),
    }


def begun() -> list[str]:
    """Query strings of what somebody has typed so far, letter by letter."""
    typed = [*SUBJECTS, *NEEDS, *PLACES]
    return [urlencode({"q": words[:length]}) for words in typed for length in (2, 3, 5, 8)]


def _different(made: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(made))[:EACH]


def _filters(dice: Random) -> str:
    names = dice.sample(["need", "condition", "area", "insurance", "status"], dice.randint(1, 3))
    return urlencode([(name, dice.choice(CHOICES[name].values)) for name in names])


def _understood(dice: Random) -> str:
    parts = [
        dice.choice(SUBJECTS) if dice.random() < 0.7 else "",
        dice.choice(NEEDS),
        dice.choice(PLACES) if dice.random() < 0.5 else "",
    ]
    return urlencode({"q": " ".join(filter(None, parts))})


def _nothing(dice: Random) -> str:
    unheard = " ".join(dice.sample(UNHEARD, 2))
    return f"{urlencode({'q': unheard})}&{_filters(dice)}"
