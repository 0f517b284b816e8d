"""Take in a spreadsheet, or several that belong together, as a mapping says."""

from __future__ import annotations

import csv
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from resources.interchange.intake.report import Report
from resources.interchange.intake.saving import Saver, Wishes
from resources.interchange.intake.stage import Stage
from resources.interchange.intake.tables.mapping import read_mapping
from resources.interchange.intake.tables.rows import fetch
from resources.interchange.intake.tables.taking import Taking, hold_constants
from resources.interchange.intake.tables.values import terms_here
from resources.interchange.refusal import Refused
from resources.interchange.spreadsheets.cells import harmless
from resources.models import Curator
from resources.publishing import CannotPublish

SHIPPED = Path(__file__).resolve().parents[2] / "data" / "mappings"


class Command(BaseCommand):
    requires_system_checks = ()  # nothing of the pages is needed
    help = (
        "Take in CSV or XLSX files as a mapping says (docs/importing.md): what is new as drafts, "
        "what changed in public entries as proposals. The same file again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", type=Path, help="The file, or the folder of the files.")
        parser.add_argument(
            "--mapping",
            required=True,
            metavar="FILE",
            help=f"The mapping (TOML), or the name of one of ours: {', '.join(shipped())}.",
        )
        parser.add_argument("--preview", action="store_true", help="Tell it all, save nothing.")
        parser.add_argument(
            "--as",
            dest="by",
            metavar="USERNAME",
            help="The curator in whose name changes of public entries are proposed.",
        )
        parser.add_argument(
            "--publish", action="store_true", help="Publish what is new, instead of drafts."
        )
        parser.add_argument(
            "--report", type=Path, metavar="FILE", help="Write all that is told into a CSV file."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        preview = options["preview"]
        if options["report"]:
            writable(options["report"])
        try:
            by = curator_called(options["by"]) if options["by"] else None
            mapping, terms = read_mapping(path_of(options["mapping"])), terms_here()
            hold_constants(mapping, terms)
            wishes = Wishes(mapping.source.name, by, options["publish"], preview)
            with Stage() as stage:
                taking = Taking(mapping, stage, fetch(options["source"], mapping, stage), terms)
                report = self._save(taking, wishes)
        except Refused as refused:
            lines = [f"Nothing was saved. {len(refused.problems)} to mend:"]
            raise CommandError("\n".join([*lines, *map(str, refused.problems)])) from refused
        except CannotPublish as refused:
            lines = ["This could not be published, and its batch was not saved:"]
            raise CommandError("\n".join([*lines, *refused.problems])) from refused
        if options["report"]:
            self._write(options["report"], report, taking)
        lines = [*report.sentences(preview=preview), *taking.notes, *taking.tally.sentences()]
        for line in lines:
            self.stdout.write(line)

    def _save(self, taking: Taking, wishes: Wishes) -> Report:
        saver = Saver(wishes)
        saver.save(taking.records(), lambda done: None)
        saver.look_for_what_is_gone()
        saver.report.refused += taking.problems
        return saver.report

    def _write(self, path: Path, report: Report, taking: Taking) -> None:
        with path.open("w", encoding="utf-8", newline="") as file:
            report.write(file)
            rows = csv.writer(file)
            rows.writerows(["file", harmless(note), 1] for note in taking.notes)
            rows.writerows(
                [f"cells {outcome}", harmless(f"{of}: {column}"), times]
                for of, column, outcome, times in taking.tally.rows()
            )


def shipped() -> list[str]:
    """The names of our own mappings."""
    return sorted(path.stem for path in SHIPPED.glob("*.toml"))


def path_of(mapping: str) -> Path:
    """Where a mapping lies: one of ours by its name, else a file."""
    return SHIPPED / f"{mapping}.toml" if mapping in shipped() else Path(mapping)


def writable(path: Path) -> None:
    """Raise `CommandError` where a file cannot be written, before anything is done."""
    try:
        path.open("a").close()
    except OSError as error:
        raise CommandError(f"--report: {path} cannot be written ({error.strerror}).") from error


def curator_called(username: str) -> Curator:
    """The curator of this name. Raises `CommandError` where nobody has it."""
    found = Curator.objects.filter(username=username, is_active=True).first()
    if found is None:
        raise CommandError(f"--as: there is no active curator “{username}”.")
    return found
