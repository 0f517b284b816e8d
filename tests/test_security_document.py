"""docs/security.md names tests, files and targets that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCUMENT = (ROOT / "docs" / "security.md").read_text()
MAKEFILE = (ROOT / "Makefile").read_text()
HELD = re.compile(r"^\| (?:\*\*V\d+ [^*]+\*\* )?([\d., ]+) \| (.+) \| (.+) \|$", re.MULTILINE)


def test_each_test_that_it_names_is_there() -> None:
    named = re.findall(r"`(tests/[\w/.]+\.py)(?:::(\w+))?`", DOCUMENT)

    assert len(named) > 80
    gone = [
        f"{path}::{name}"
        for path, name in named
        if not (ROOT / path).exists() or f"def {name}(" not in f"{(ROOT / path).read_text()}def ("
    ]
    assert gone == []


def test_each_requirement_stands_once_with_what_holds_it() -> None:
    rows = HELD.findall(DOCUMENT)
    numbers = [number for ids, _asked, _held in rows for number in ids.split(", ")]

    assert len(numbers) > 150
    assert len(numbers) == len(set(numbers))
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", number) for number in numbers)


@pytest.mark.parametrize("target", sorted(set(re.findall(r"`make ([\w-]+)", DOCUMENT))))
def test_each_command_that_it_names_is_there(target: str) -> None:
    assert f"\n{target}:" in MAKEFILE
