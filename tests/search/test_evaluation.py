"""Questions with known answers, asked through the code of the page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from resources.search.evaluation import evaluate, questions_from

pytestmark = pytest.mark.django_db

QUESTIONS = Path(__file__).parent / "questions"


@pytest.mark.parametrize(
    ("name", "at_least"), [("examples", 0.95), ("further", 0.95), ("unseen", 0.95)]
)
def test_the_search_answers_questions_with_known_answers(
    starter: None, name: str, at_least: float
) -> None:
    questions = questions_from(json.loads((QUESTIONS / f"{name}.json").read_text()))
    outcomes = list(evaluate(questions, today=timezone.localdate()))

    missed = [one.question.q for one in outcomes if not one.is_success]
    assert len(missed) <= (1 - at_least) * len(outcomes), missed
    assert [one.outside for one in outcomes if one.outside] == []


def test_the_command_says_how_good_it_is(starter: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("evaluate_search", QUESTIONS / "examples.json", "--at-least", "0.95")

    assert "30 questions: success@k 1.000" in capsys.readouterr().out


def test_the_command_fails_below_what_is_asked_for(starter: None, tmp_path: Path) -> None:
    file = tmp_path / "questions.json"
    file.write_text('[{"q": "copay", "lang": "en", "want": ["nothing"], "k": 3}]')

    with pytest.raises(CommandError, match="Below"):
        call_command("evaluate_search", file, "--at-least", "0.5")


@pytest.mark.parametrize("text", ["", "{", '[{"q": 1}]', "[]"])
def test_the_command_refuses_a_file_that_is_no_list_of_questions(
    db: None, tmp_path: Path, text: str
) -> None:
    file = tmp_path / "questions.json"
    file.write_text(text)

    with pytest.raises(CommandError, match=r"questions"):
        call_command("evaluate_search", file)
