"""Take in what others publish in HSDS 3: from a file, a folder, a zip or an API."""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from argparse import ArgumentParser
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.text import slugify

from resources.interchange.intake import running
from resources.interchange.intake.hsds import Parser
from resources.interchange.intake.sources import Brought, bring_in, is_address
from resources.interchange.intake.stage import Stage
from resources.interchange.intake.terms import Terms
from resources.interchange.refusal import Refused


class Command(BaseCommand):
    requires_system_checks = ()  # nothing of the pages is needed
    help = (
        "Take in HSDS 3: what is new as drafts, what changed as proposals, nothing over a "
        "curator's work. Run again, it saves only what is new at the source."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("from_where", metavar="SOURCE", help="A path, or an API's address.")
        running.add_options(parser)
        parser.add_argument(
            "--terms",
            type=Path,
            metavar="FILE",
            help="The table of which of our terms theirs are, once somebody has read it.",
        )
        parser.add_argument(
            "--write-terms",
            type=Path,
            metavar="FILE",
            help="Write that table, with what it does not know yet.",
        )
        parser.add_argument(
            "--modified-after",
            type=_moment,
            metavar="WHEN",
            help="Of an API, only what changed since: 2026-11-27 or 2026-11-27T14:00:00Z.",
        )
        parser.add_argument(
            "--stage",
            type=Path,
            metavar="FILE",
            help="Keep what was fetched there (default for an API: a file here, until saved).",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        where = options["from_where"]
        wishes = running.wishes_of(options, _name_of(where))
        with ExitStack() as at_end:
            path, is_ours = self._stage_path(options, at_end)
            stage = at_end.enter_context(Stage(path))
            try:
                terms = Terms(options["terms"])
                brought = self._fetch(where, stage, options)
            except Refused as refused:
                raise running.refusal(refused) from refused
            parser = Parser(stage, terms, wishes.source)
            report = running.save(
                parser.taken(),
                total=len(parser),
                wishes=wishes,
                is_all=options["modified_after"] is None,
                show=sys.stderr,
            )
            report.refused = stage.problems() + report.refused
            report.unknown_terms = Counter(
                {f"{one.taxonomy}: {one.name or one.id}": n for one, n in terms.unknown.items()}
            )
        for line in [*report.sentences(preview=wishes.preview), *_further(brought, where)]:
            self.stdout.write(line)
        running.write_report(report, options["report"])
        if options["write_terms"]:
            terms.write(options["write_terms"])
            self.stdout.write(f"Read {options['write_terms']}, then give it back with --terms.")
        if is_ours and not wishes.preview:
            path.unlink(missing_ok=True)

    def _stage_path(self, options: dict[str, Any], at_end: ExitStack) -> tuple[Path, bool]:
        """Where the stage is, and whether it is ours to take away once all is saved."""
        if options["stage"]:
            return options["stage"], False
        where = options["from_where"]
        if is_address(where):
            since = options["modified_after"] or "all"
            return Path(f"import-{slugify(_name_of(where))}-{slugify(since)}.stage"), True
        folder = at_end.enter_context(tempfile.TemporaryDirectory(prefix="import-"))
        return Path(folder) / "stage", True

    def _fetch(self, where: str, stage: Stage, options: dict[str, Any]) -> Brought:
        try:
            return bring_in(
                where,
                stage,
                modified_after=options["modified_after"],
                page=settings.PUBLIC_URL or "",
                show=sys.stderr,
            )
        except KeyboardInterrupt:
            told = "Stopped while fetching. Nothing was saved; run it again to go on."
            raise CommandError(told, returncode=running.STOPPED) from None


def _moment(text: str) -> str:
    """A moment or a day in ISO 8601, as it was written. Raises ValueError for anything else."""
    dt.datetime.fromisoformat(text)
    return text


def _name_of(where: str) -> str:
    """What a source is called where nobody says: after its host and path, or its file."""
    if is_address(where):
        parts = urlsplit(where)
        return f"{parts.hostname}{parts.path.rstrip('/')}"
    return Path(where).resolve().stem


def _further(brought: Brought, where: str) -> list[str]:
    """What was there besides, and how to ask for what is new next time."""
    lines = [f"Passed over: {name}" for name in brought.passed_over]
    if brought.left:
        left = ", ".join(f"{count} {entity}" for entity, count in brought.left.items())
        lines.append(f"Records that belong to nothing we keep: {left}")
    if is_address(where) and brought.began:
        lines.append(f"For what is new after this: --modified-after {brought.began}")
    return lines
