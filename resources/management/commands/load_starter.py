"""Load the starter data: vocabularies, organisations, resources and their Spanish."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from resources.interchange import starter
from resources.interchange.loading import Report
from resources.interchange.refusal import Refused
from resources.interchange.vocabulary import FOLDER as VOCABULARY_FOLDER
from resources.publishing import CannotPublish


class Command(BaseCommand):
    requires_system_checks = ()  # nothing of the pages is needed
    help = "Load the starter data, all or nothing. What curators have touched since stays as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder",
            nargs="?",
            type=Path,
            default=starter.FOLDER,
            help="Where organisations.json, resources.json, spanish.json lie (default: our own).",
        )
        parser.add_argument(
            "--vocabulary",
            type=Path,
            default=VOCABULARY_FOLDER,
            metavar="FOLDER",
            help="Where needs.json, conditions.json and so on lie (default: our own).",
        )

        parser.add_argument(
            "--no-entries",
            action="store_true",
            help="Only vocabularies and guidelines, for a directory whose entries are imported.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["no_entries"]:
                report = starter.load_vocabulary(options["vocabulary"])
            else:
                report = starter.load(options["folder"], options["vocabulary"])
        except Refused as refused:
            lines = [
                f"Nothing was loaded. {len(refused.problems)} to mend:",
                *map(str, refused.problems),
            ]
            raise CommandError("\n".join(lines)) from refused
        except CannotPublish as refused:
            raise CommandError("\n".join(["Nothing was loaded.", *refused.problems])) from refused
        for line in sentences(report):
            self.stdout.write(line)


def sentences(report: Report) -> list[str]:
    """What a load did, in lines for a terminal."""
    lines = [
        f"{len(report.created)} new, {len(report.changed)} changed, {report.unchanged} as before."
        if report.wrote
        else "Nothing to do: the directory has all of it."
    ]
    told = {
        "Loaded as drafts, since nobody could get in touch": report.drafts,
        "Left as curators have them": report.kept,
        "Deleted here, and not brought back": report.deleted,
        "No longer in the files; left as they are": report.vanished,
        "To know": report.notes,
    }
    for heading, labels in told.items():
        if labels:
            lines += [f"{heading} ({len(labels)}):", *(f"  {label}" for label in labels)]
    return lines
