"""The code of a list's link: round trips, and every slip of a typist."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.handouts.code import LETTERS, Mistyped, NoCode, code_of, handout_of
from resources.handouts.handout import LARGEST, MOST, HandOut, in_order

DAY = dt.date(2026, 11, 3)
SIX = HandOut((12, 345, 7, 88, 301, 2), DAY)

handouts = st.builds(
    HandOut,
    st.lists(st.integers(1, LARGEST), min_size=1, max_size=MOST, unique=True).map(tuple),
    st.dates(dt.date(2026, 1, 1), dt.date(2090, 1, 1)),
)
places = st.integers(0, 10_000)


@given(handouts)
def test_it_gives_back_what_it_was_made_from(handout: HandOut) -> None:
    assert handout_of(code_of(handout)) == handout


@given(handouts, places, st.sampled_from(LETTERS))
def test_it_tells_every_single_wrong_letter(handout: HandOut, place: int, wrong: str) -> None:
    letters = list(code_of(handout).replace("-", ""))
    place %= len(letters)
    if letters[place] == wrong:
        return
    letters[place] = wrong
    with pytest.raises(Mistyped):
        handout_of("".join(letters))


@given(handouts, places)
def test_it_tells_two_neighbours_that_changed_places(handout: HandOut, place: int) -> None:
    letters = list(code_of(handout).replace("-", ""))
    place %= len(letters) - 1
    if letters[place] == letters[place + 1]:
        return
    letters[place : place + 2] = reversed(letters[place : place + 2])
    with pytest.raises(Mistyped):
        handout_of("".join(letters))


@given(handouts)
def test_it_tells_a_last_letter_that_is_missing(handout: HandOut) -> None:
    code = code_of(handout).replace("-", "")
    with pytest.raises(NoCode):
        handout_of(code[:-4])


@given(st.text(max_size=80))
def test_whatever_is_typed_it_is_a_list_or_none(text: str) -> None:
    try:
        found = handout_of(text)
    except NoCode:
        return
    assert found.numbers


@pytest.mark.parametrize(
    "typed",
    [
        str.upper,
        lambda code: code.replace("-", ""),
        lambda code: code.replace("-", " "),
        lambda code: code.replace("1", "l").replace("0", "O"),
        lambda code: code.replace("1", "I").replace("0", "o"),
    ],
    ids=["capitals", "no dashes", "spaces", "l and O", "I and o"],
)
def test_it_reads_what_people_make_of_it(typed: object) -> None:
    assert callable(typed)
    assert handout_of(typed(code_of(SIX))) == SIX


def test_six_resources_are_few_letters_in_groups_of_four() -> None:
    code = code_of(SIX)

    assert len(code.replace("-", "")) <= 25
    assert all(len(group) <= 4 for group in code.split("-"))
    assert not set("ilou") & set(code)


@pytest.mark.parametrize("code", ["", "-", "1", "111", "1" * 600, "1" * 100_000, "zzz-zzz", "*"])
def test_it_refuses_what_is_no_code(code: str) -> None:
    with pytest.raises(NoCode):
        handout_of(code)


@pytest.mark.parametrize(
    "numbers",
    [(), tuple(range(1, MOST + 2)), (3, 3), (0,), (-1,), (LARGEST + 1,)],
    ids=["none", "too many", "twice", "zero", "negative", "too large"],
)
def test_a_list_that_cannot_be_is_refused(numbers: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"."):
        HandOut(numbers, DAY)


def test_a_thousand_numbers_are_cut_to_what_a_list_holds() -> None:
    assert in_order([*range(-5, 1000), 1, 1]) == tuple(range(1, MOST + 1))
