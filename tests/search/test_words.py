"""How words are folded, cut and stemmed, and how a question is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.search.words import (
    LONGEST_TOKEN,
    MORE,
    MOST_TOKENS,
    MOST_WORDS,
    Word,
    fold,
    name_tokens,
    parse,
    tokens,
)

ANY_TEXT = st.text(st.characters(), max_size=200)


def finds(question: str, text: str, language: str = "en") -> bool:
    """Whether every word of the question stands in the text."""
    held = set(tokens(text, language))
    return all(
        any(held.issuperset(alternative) for alternative in word.alternatives)
        for word in parse(question).words
    )


def originals(words: tuple[Word, ...]) -> list[str]:
    return [word.original for word in words]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("Fundación NIÑOS", "fundacion ninos", id="accents and capitals"),
        pytest.param("Gilda's Gilda’s Gilda＇s", "gildas gildas gildas", id="apostrophes"),
        pytest.param("ﬁnancial Straße", "financial strasse", id="ligatures"),
        pytest.param("１２ ١٢ १२", "12 12 12", id="digits of other scripts"),
        pytest.param("chemo\u00adthera\u200fpy", "chemotherapy", id="invisible marks"),
        pytest.param("a\u200bb", "a b", id="zero-width space"),
    ],
)
def test_it_folds(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(ANY_TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("question", "text", "language"),
    [
        pytest.param("copays", "Copay cards", "en", id="plural asked"),
        pytest.param("fund", "Disease funds", "en", id="plural written"),
        pytest.param("copay", "co-pay help", "en", id="joined asked, hyphen written"),
        pytest.param("co-pay", "copay help", "en", id="hyphen asked, joined written"),
        pytest.param("co pay", "copay help", "en", id="prefix asked as a word of its own"),
        pytest.param("t cell", "T-cell lymphoma", "en", id="parts asked, hyphen written"),
        pytest.param("co\u2011pay", "Copay", "en", id="non-breaking hyphen"),
        pytest.param("cancernet", "Cancer.Net", "en", id="dot within a name"),
        pytest.param("childrens", "The Children’s Fund", "en", id="apostrophe"),
        pytest.param("gilda", "Gilda's Club", "en", id="possessive written"),
        pytest.param("quimioterapias", "Transporte a la quimioterapia", "es", id="Spanish plural"),
        pytest.param("informacion", "Información", "es", id="accent written"),
        pytest.param("fundación", "Las fundaciones", "es", id="accent asked"),
        pytest.param("cáncer", "otros cánceres", "es", id="Spanish plural in -eres"),
        pytest.param("$2000", "up to $2,000 a year", "en", id="comma of thousands"),
        pytest.param("２０００", "$2,000", "en", id="full-width digits"),
    ],
)
def test_it_finds(question: str, text: str, language: str) -> None:
    assert parse(question).words
    assert finds(question, text, language)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        pytest.param("care", "a car", id="Spanish stem of an English word"),
        pytest.param("copay leukemia", "copay", id="one of two words"),
        pytest.param("pancan", "PAN Foundation", id="look-alike"),
    ],
)
def test_it_does_not_find(question: str, text: str) -> None:
    assert not finds(question, text)


def test_names_are_held_as_they_stand_and_stemmed() -> None:
    assert {"gildas", "gilda", "clubs", "club"} <= set(name_tokens(["Gilda's Clubs"]))


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        pytest.param("How do I pay for Gleevec?", ["Gleevec"], id="English"),
        pytest.param("ayuda para pagar quimioterapia", ["quimioterapia"], id="Spanish"),
        pytest.param("help with", ["help", "with"], id="nothing else is left"),
        pytest.param("ALL grants", ["ALL", "grants"], id="capitals among small letters"),
        pytest.param("HELP ME WITH RENT", ["RENT"], id="all in capitals"),
        pytest.param("I have NO insurance", ["insurance"], id="a stressed no"),
        pytest.param("copay copays COPAY", ["copay"], id="the same word again"),
    ],
)
def test_it_sets_stop_words_aside(question: str, kept: list[str]) -> None:
    assert originals(parse(question).words) == kept


def test_it_says_which_words_it_set_aside() -> None:
    assert parse("help with rent with help").set_aside == ("help", "with")


def test_it_says_which_words_are_too_many() -> None:
    parsed = parse(" ".join(f"word{number}" for number in range(MOST_WORDS + 2)))
    assert len(parsed.words) == MOST_WORDS
    assert parsed.left_out == ("word12", "word13")


def test_it_says_that_a_question_was_too_long() -> None:
    parsed = parse("rent " * 10_000)
    assert originals(parsed.words) == ["rent"]
    assert parsed.left_out == (MORE,)


HOSTILE = {
    "nothing": "",
    "spaces": " \t\n\u3000",
    "punctuation": "\"'*()[]{}^:;!?\\%_NEAR/2",
    "NUL": "a\x00b",
    "broken surrogates": "\ud800 x\udfff",
    "right to left": "\u202eabc\u200f",
    "one long word": "a" * 50_000,
    "hyphens": "a-" * 25_000,
    "marks": "e" + "\u0301" * 50_000,
    "a character that grows": "\ufdfa" * 50_000,
    "every character": "".join(map(chr, range(50_000))),
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in HOSTILE.items()])
def test_it_reads_whatever_it_is_given(text: str) -> None:
    assert len(parse(text).words) <= MOST_WORDS
    assert len(tokens(text, "en")) <= MOST_TOKENS
    assert all(len(token) <= LONGEST_TOKEN for token in tokens(text, "en"))


@given(ANY_TEXT)
def test_every_token_is_letters_and_digits_only(text: str) -> None:
    asked = [t for word in parse(text).words for group in word.alternatives for t in group]
    for token in [*asked, *tokens(text, "en"), *tokens(text, "es"), *name_tokens([text])]:
        assert token.isalnum()
        assert token.encode()


@given(ANY_TEXT)
def test_a_text_is_found_by_its_own_words(text: str) -> None:
    assert finds(text, text, "en")
    assert finds(text, text, "es")
