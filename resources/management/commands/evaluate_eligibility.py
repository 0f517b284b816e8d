"""`manage.py evaluate_eligibility FILE`: verdicts that were worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from resources.eligibility.evaluation import Outcome, cases_from, evaluate
from resources.search import sets


class Command(BaseCommand):
    help = "Judge cases whose verdicts are known, and print each miss with its reasons."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="JSON: name, answers, expect")

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            cases = cases_from(json.loads(file.read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise CommandError(f"{file} cannot be read as a list of cases: {error!r}") from error
        if not cases:
            raise CommandError(f"{file} has no cases.")
        outcomes = list(evaluate(cases, sets.current(timezone.localdate())))
        misses = [one for one in outcomes if one.is_miss]
        for miss in misses:
            self._tell(miss)
        right = len(outcomes) - len(misses)
        self.stdout.write(f"{len(cases)} cases: {right} of {len(outcomes)} verdicts as expected")
        if misses:
            raise CommandError("Not all verdicts are as expected.")

    def _tell(self, miss: Outcome) -> None:
        said = miss.verdict.chance.value if miss.verdict else miss.problem
        expected = miss.case.expect[miss.slug].value
        self.stdout.write(f"MISS {miss.case.name}\n     {miss.slug}: {said}, expected {expected}")
        for reason in miss.verdict.reasons if miss.verdict else ():
            more = " ".join(filter(None, [reason.working, reason.note]))
            words = f"{reason.sentence} {more}".strip()
            self.stdout.write(f"       {reason.outcome.value:9} {reason.criterion:9} {words}")
