"""Report what is odd in the directory, grouped by kind. Changes nothing."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.timezone import localdate

from resources.interchange.oddities import KINDS, Odd


class Command(BaseCommand):
    help = "Report what is odd in the directory. Exits with 0 unless --fail-on finds something."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="For machines.")
        parser.add_argument(
            "--only",
            action="append",
            choices=sorted(KINDS),
            metavar="KIND",
            help="Look for this only.",
        )
        parser.add_argument(
            "--fail-on",
            action="append",
            default=[],
            choices=sorted(KINDS),
            metavar="KIND",
            help=f"Exit with 1 where this is found; repeatable. Kinds: {', '.join(sorted(KINDS))}.",
        )
        parser.add_argument(
            "--most", type=int, default=50, help="Show so many of a kind at most (default: 50)."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        today = localdate()
        wanted = [name for name in KINDS if name in (options["only"] or KINDS)]
        found = {name: list(KINDS[name].look(today)) for name in wanted}
        lines = [_as_json(found)] if options["json"] else _as_lines(found, options["most"])
        for line in lines:
            self.stdout.write(line)
        if any(found.get(name) for name in options["fail_on"]):
            sys.exit(1)


def _as_json(found: dict[str, list[Odd]]) -> str:
    return json.dumps(
        {name: [odd._asdict() for odd in odds] for name, odds in found.items()},
        ensure_ascii=False,
        indent=1,
    )


def _as_lines(found: dict[str, list[Odd]], most: int) -> list[str]:
    lines: list[str] = []
    for name, odds in found.items():
        lines.append(f"{KINDS[name].heading} ({name}): {len(odds) or 'none'}")
        lines += [f"  {odd.where}: {odd.says}" for odd in odds[:most]]
        if len(odds) > most:
            lines.append(f"  … and {len(odds) - most} more")
    return lines
