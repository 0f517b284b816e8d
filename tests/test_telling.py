from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

TEST = """
def test_one(tell):
    tell("as fast as light")
    assert {outcome}
"""


@pytest.mark.parametrize("outcome", [True, False])
def test_what_a_test_tells_is_said_at_the_end(outcome: bool, tmp_path: Path) -> None:
    test = tmp_path / "test_one.py"
    test.write_text(TEST.format(outcome=outcome))
    said = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "tests.telling", test],
        capture_output=True,
        text=True,
    ).stdout

    assert said.splitlines().count("as fast as light") == 1
