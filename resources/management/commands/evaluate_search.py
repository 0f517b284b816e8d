"""`manage.py evaluate_search FILE [--at-least 0.95]`: ask questions whose answers are known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from resources.search.evaluation import evaluate, questions_from


class Command(BaseCommand):
    help = "Ask the search questions whose answers are known, and say how good it is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="JSON: q, lang, want, k, area")
        parser.add_argument(
            "--at-least", type=float, default=0.0, help="fail below this share of successes"
        )

    def handle(self, *, file: Path, at_least: float, **options: Any) -> None:
        try:
            questions = questions_from(json.loads(file.read_text()))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CommandError(
                f"{file} cannot be read as a list of questions: {error!r}"
            ) from error
        if not questions:
            raise CommandError(f"{file} has no questions.")
        outcomes = list(evaluate(questions, today=timezone.localdate()))
        for one in outcomes:
            mark = "ok  " if one.is_success else "MISS"
            self.stdout.write(
                f"{mark} {one.place or '-':>3} of {one.question.k:<2} {one.question.q}"
                f"  [{one.understood}]"
            )
            for slug in one.outside:
                self.stdout.write(f"     outside {one.question.area}: {slug}")
        success = sum(one.is_success for one in outcomes) / len(outcomes)
        rank = sum(1 / one.place for one in outcomes if one.place) / len(outcomes)
        outside = sum(len(one.outside) for one in outcomes)
        self.stdout.write(
            f"{len(outcomes)} questions: success@k {success:.3f}, mean reciprocal rank {rank:.3f}, "
            f"area violations {outside}"
        )
        if success < at_least or outside:
            raise CommandError("Below what was asked for.")
