"""Somebody's own list: what it becomes, and what a cookie may make of it."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable

import pytest
from django.core.signing import TimestampSigner

from resources.handouts.handout import MOST
from resources.handouts.own import IDLE, KEPT, NOTHING, SALT, OwnList, opened, sealed

THREE = OwnList((5, 9, 2))


@pytest.mark.parametrize("own", [THREE, OwnList((1,), is_kept=True), OwnList(tuple(range(1, 51)))])
def test_it_opens_what_was_sealed(own: OwnList) -> None:
    assert opened(sealed(own)) == own


def test_a_list_of_the_most_fits_into_a_cookie() -> None:
    numbers = tuple(range(2**30, 2**30 + MOST))
    assert len(sealed(OwnList(numbers, is_kept=True))) < 1_000


def signed(text: str, salt: str = SALT) -> str:
    return TimestampSigner(salt=salt).sign(text)


FORGED: dict[str, Callable[[], str]] = {
    "nothing": lambda: "",
    "no seal": lambda: "5.9.2",
    "made up": lambda: "5.9.2:1abc:forged",
    "cut short": lambda: sealed(THREE)[:-1],
    "changed": lambda: sealed(THREE).replace("5.", "6."),
    "sealed for something else": lambda: signed("5.9.2", salt="another"),
    "other marks": lambda: signed("5,9"),
    "other flags": lambda: signed("5.9.2x"),
    "no numbers": lambda: signed(""),
    "huge": lambda: signed("9" * 5000),
    "control": lambda: "\x00",
    "no letters": lambda: "🙂" * 500,
}


@pytest.mark.parametrize("forged", FORGED)
def test_what_was_not_sealed_here_is_an_empty_list(forged: str) -> None:
    assert opened(FORGED[forged]()) == NOTHING


@pytest.mark.parametrize(
    ("own", "after", "is_there"),
    [
        (THREE, IDLE - dt.timedelta(seconds=5), True),
        (THREE, IDLE + dt.timedelta(seconds=5), False),
        (OwnList((5,), is_kept=True), KEPT - dt.timedelta(seconds=5), True),
        (OwnList((5,), is_kept=True), KEPT + dt.timedelta(seconds=5), False),
    ],
)
def test_it_ends_when_it_says(
    own: OwnList, after: dt.timedelta, is_there: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, now = sealed(own), time.time()
    monkeypatch.setattr(time, "time", lambda: now + after.total_seconds())
    assert bool(opened(text)) is is_there


@pytest.mark.parametrize(
    ("number", "by", "order"),
    [
        (9, -1, (9, 5, 2)),
        (9, 1, (5, 2, 9)),
        (5, -1, (5, 9, 2)),
        (2, 1, (5, 9, 2)),
        (77, 1, (5, 9, 2)),
    ],
)
def test_it_moves_one_place(number: int, by: int, order: tuple[int, ...]) -> None:
    assert THREE.moved(number, by).numbers == order


def test_it_takes_each_once_and_no_more_than_fit() -> None:
    assert THREE.adding(9, 4).numbers == (5, 9, 2, 4)
    assert THREE.adding(*range(10, 100)).is_full
    assert THREE.without(9).numbers == (5, 2)
