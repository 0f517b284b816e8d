"""Verdicts on the real data that were worked out by hand, and the command that holds them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]

CASES = Path(__file__).parent / "cases.json"
CARD = "needymeds-needymeds-drug-discount-card"


def test_every_case_comes_out_as_it_was_worked_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(json.loads(CASES.read_text())) >= 40

    call_command("evaluate_eligibility", CASES)

    assert "56 cases" in capsys.readouterr().out


def write(folder: Path, *cases: Any) -> Path:
    file = folder / "cases.json"
    file.write_text(json.dumps(cases))
    return file


def test_a_miss_is_told_with_its_reasons_and_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = {"name": "open to all", "answers": {}, "expect": {CARD: "unlikely"}}

    with pytest.raises(CommandError, match="Not all verdicts"):
        call_command("evaluate_eligibility", write(tmp_path, case))

    said = capsys.readouterr().out
    assert f"{CARD}: likely, expected unlikely" in said
    assert "There is no income limit." in said


@pytest.mark.parametrize(
    ("case", "problem"),
    [
        ({"answers": {}, "expect": {"nothing": "likely"}}, "no such published resource"),
        ({"answers": {"age": 200}, "expect": {CARD: "likely"}}, "age: Write an age"),
        ({"answers": {"state": "ZZ"}, "expect": {CARD: "likely"}}, "state: We do not know"),
        ({"answers": {"medicines": ["x"]}, "expect": {CARD: "likely"}}, "medicines: We do not"),
    ],
)
def test_what_cannot_be_judged_is_a_miss(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], case: Any, problem: str
) -> None:
    with pytest.raises(CommandError):
        call_command("evaluate_eligibility", write(tmp_path, {"name": "wrong", **case}))

    assert problem in capsys.readouterr().out


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "[1]", '[{"name": "x"}]', '[{"name": 1, "answers": 2}]']
)
def test_a_file_that_is_no_list_of_cases_is_refused_in_words(tmp_path: Path, text: str) -> None:
    file = tmp_path / "cases.json"
    file.write_text(text)

    with pytest.raises(CommandError, match=r"cases"):
        call_command("evaluate_eligibility", file)
