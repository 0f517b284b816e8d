"""Take in a spreadsheet, or several that belong together, as a mapping says."""

from __future__ import annotations

import csv
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from resources.interchange.intake import running
from resources.interchange.intake.stage import Stage
from resources.interchange.intake.tables.constants import hold_constants
from resources.interchange.intake.tables.mapping import read_mapping
from resources.interchange.intake.tables.rows import fetch
from resources.interchange.intake.tables.taking import Taking
from resources.interchange.intake.tables.tally import Tally
from resources.interchange.intake.tables.values import terms_here
from resources.interchange.refusal import Refused
from resources.interchange.spreadsheets.cells import harmless

SHIPPED = Path(__file__).resolve().parents[2] / "data" / "mappings"


class Command(BaseCommand):
    requires_system_checks = ()  # nothing of the pages is needed
    help = (
        "Take in CSV or XLSX files as a mapping says (docs/importing.md): what is new as drafts, "
        "what changed as proposals, nothing over a curator's work. The same file again changes "
        "nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "from_where", metavar="SOURCE", type=Path, help="The file, or the folder of the files."
        )
        running.add_options(parser)
        parser.add_argument(
            "--mapping",
            required=True,
            metavar="FILE",
            help=f"The mapping (TOML), or the name of one of ours: {', '.join(shipped())}.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with Stage() as stage:
            try:
                mapping, terms = read_mapping(path_of(options["mapping"])), terms_here()
                hold_constants(mapping, terms)
                wishes = running.wishes_of(options, mapping.source.name)
                fetched = fetch(options["from_where"], mapping, stage)
            except Refused as refused:
                raise running.refusal(refused) from refused
            taking = Taking(mapping, stage, fetched, terms)
            report = running.save(
                taking.records(), total=taking.total, wishes=wishes, is_all=True, show=sys.stderr
            )
        report.refused = taking.problems + report.refused
        running.write_report(report, options["report"])
        if options["report"]:
            _add_columns(options["report"], taking.tally)
        told = [*report.sentences(preview=wishes.preview), *taking.notes]
        for line in [*told, *taking.tally.sentences()]:
            self.stdout.write(line)


def _add_columns(path: Path, tally: Tally) -> None:
    """Write what became of the cells below the report."""
    with path.open("a", encoding="utf-8", newline="") as file:
        rows = ((told, harmless(column), times) for told, column, times in tally.rows())
        csv.writer(file).writerows(rows)


def shipped() -> list[str]:
    """The names of our own mappings."""
    return sorted(path.stem for path in SHIPPED.glob("*.toml"))


def path_of(mapping: str) -> Path:
    """Where a mapping lies: one of ours by its name, else a file."""
    return SHIPPED / f"{mapping}.toml" if mapping in shipped() else Path(mapping)
