"""Loops in what should end somewhere."""

from __future__ import annotations

import pytest

from resources.cycles import cycles


@pytest.mark.parametrize(
    ("edges", "loops"),
    [
        ({"a": ["b"], "b": ["c"]}, []),
        ({"a": ["a"]}, [["a", "a"]]),
        ({"b": ["c"], "c": ["a"], "a": ["b"], "d": ["a"]}, [["a", "b", "c", "a"]]),
        ({"a": ["b"], "b": ["a"], "c": ["d"], "d": ["c"]}, [["a", "b", "a"], ["c", "d", "c"]]),
    ],
    ids=["a chain", "itself", "three in a ring", "two rings"],
)
def test_it_finds_each_loop_once(edges: dict[str, list[str]], loops: list[list[str]]) -> None:
    assert sorted(cycles(edges)) == loops
