"""What is read in a question, and what is left over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resources.search import lexicon, names, sets
from resources.search.results import _is_known
from resources.search.understanding import Understanding, understand

pytestmark = pytest.mark.django_db


Read = Callable[[str], Understanding]


@cache
def real() -> tuple[sets.Directory, lexicon.Lexicon]:
    """The real data as sets, and what its words mean."""
    directory = sets.build(edition=0, today=dt.date(2026, 11, 26))
    return directory, lexicon.build(directory.terms)


@pytest.fixture
def read(starter: None) -> Read:
    """Reads a question with the vocabularies and names of the real data."""
    directory, words = real()
    return lambda text: understand(
        text,
        words,
        is_known=_is_known,
        named_in=names.named_in,
        used_for=directory.used_for,
    )


def terms(read: Understanding) -> set[str]:
    return {f"{facet}:{value}" for facet, value in read.terms}


@pytest.mark.parametrize(
    ("typed", "means", "rest"),
    [
        ("gleevec copay help ohio", {"medicine:imatinib", "need:copay", "area:OH"}, ""),
        ("lukemia grants", {"condition:leukemia", "need:paying_for_treatment"}, ""),
        ("transporte a quimioterapia", {"need:travel"}, "quimioterapia"),
        ("co-pay", {"need:copay"}, ""),
        ("co pay", {"need:copay"}, ""),
        ("leucemia mieloide cronica", {"condition:chronic-myeloid-leukemia"}, ""),
        ("leucemia mieloide crónica", {"condition:chronic-myeloid-leukemia"}, ""),
        ("CML", {"condition:chronic-myeloid-leukemia"}, ""),
        ("rides 43004", {"need:rides", "area:43004"}, ""),
        ("meals denver", {"need:food", "area:CO"}, ""),
        ("ayuda en español", {"language:es"}, ""),
        ("brain tumor", {"condition:brain-tumor"}, ""),
        ("ocrevus MS", {"medicine:ocrelizumab"}, ""),
        ("brain tumour", {"condition:brain-tumor"}, ""),
    ],
)
def test_it_reads_what_the_vocabularies_know(
    read: Read, typed: str, means: set[str], rest: str
) -> None:
    understood = read(typed)

    assert (terms(understood), understood.rest) == (means, rest)


@pytest.mark.parametrize(
    "typed",
    [
        "no insurance",
        "I have no insurance",
        "we lost our health insurance",
        "sin seguro",
        "no tengo aseguranza",
        "without any coverage",
    ],
)
def test_it_reads_that_somebody_has_no_insurance(read: Read, typed: str) -> None:
    assert "insurance:uninsured" in terms(read(typed))


@pytest.mark.parametrize("typed", ["$2,000 a month", "$14k", "US$ 800 al mes", "$40,000 per year"])
def test_it_sets_amounts_aside(read: Read, typed: str) -> None:
    understood = read(f"imatinib costs {typed}")

    assert (terms(understood), understood.rest) == ({"medicine:imatinib"}, "costs")


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("ALL copay", {"condition:acute-lymphoblastic-leukemia", "need:copay"}),
        ("all copay help", {"need:copay"}),
        ("ALL", {"condition:acute-lymphoblastic-leukemia"}),
        ("give me rides", {"need:rides"}),
        ("rides in ME", {"need:rides", "area:ME"}),
        ("pay rent in OR", {"need:rent", "area:OR"}),
        ("will you pay rent", {"need:rent"}),
    ],
)
def test_a_common_word_is_a_term_only_in_capitals(read: Read, typed: str, means: set[str]) -> None:
    assert terms(read(typed)) == means


def test_it_says_what_it_took_for_a_misspelling(read: Read) -> None:
    understood = read("imatinb thyroid cancr")

    assert understood.corrections == [("imatinb", "imatinib"), ("thyroid cancr", "thyroid cancer")]
    assert terms(understood) == {"medicine:imatinib", "condition:thyroid-cancer"}


@pytest.mark.parametrize("typed", ["pilot", "mosaic", "gibbon", "hotels"])
def test_it_corrects_no_word_of_the_texts_and_none_into_another(read: Read, typed: str) -> None:
    assert read(typed).corrections == []


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("American Cancer Society rides", True),
        ("the leukemia and lymphoma society", True),
        ("LLS", True),
        ("cancer.net", True),
        ("NEAR", True),
        ("help near me", False),
        ("care package", False),
    ],
)
def test_it_reads_whole_names_of_organisations(read: Read, typed: str, named: bool) -> None:
    assert bool(read(typed).organisations) is named


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_it_never_raises(text: str) -> None:
    understand(
        text,
        lexicon.Lexicon(),
        is_known=lambda word: False,
        named_in=lambda typed: {},
        used_for=lambda medicine: set(),
    )
