"""What the commands that take in data of others have in common: options, saving, telling.

The commands differ in how they fetch and parse; what is parsed is saved here.
"""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import CommandError

from resources import audit
from resources.interchange.intake.progress import Progress
from resources.interchange.intake.report import Report
from resources.interchange.intake.saving import Saver, Wishes
from resources.interchange.intake.taken import Taken
from resources.interchange.refusal import Refused
from resources.models import AuditEvent, Curator, Origin

STOPPED = 130  # what a shell expects of a command that was stopped with Ctrl-C


def add_options(parser: ArgumentParser) -> None:
    """The options that all of them have."""
    parser.add_argument(
        "--source",
        default="",
        metavar="NAME",
        help="Whose data it is; the same name each time (default: after the file or address).",
    )
    parser.add_argument(
        "--as",
        dest="by",
        default="",
        metavar="CURATOR",
        help="The user name in which changes of public entries are proposed.",
    )
    parser.add_argument(
        "--publish",
        action="store_true",
        help="New entries are public at once; what nobody here has touched follows the source.",
    )
    parser.add_argument(
        "--preview", action="store_true", help="Tell what would happen. Save nothing."
    )
    parser.add_argument(
        "--report", type=Path, metavar="FILE", help="Write all of the report as CSV."
    )


def wishes_of(options: dict[str, Any], name: str) -> Wishes:
    """What the options say; `name` is the source's where none is given. Raises `CommandError`."""
    if options["report"]:
        write_report(Report(), options["report"])  # found out before anything is saved
    source = options["source"].strip() or name
    if not 0 < len(source) <= Origin.LONGEST_SOURCE:
        raise CommandError(f"--source: 1 to {Origin.LONGEST_SOURCE} characters, not {len(source)}.")
    by = None
    if options["by"]:
        by = Curator.objects.filter(username=options["by"], is_active=True).first()
        if by is None:
            raise CommandError(f"--as: there is no active curator “{options['by']}”.")
    return Wishes(source, by=by, publish=options["publish"], preview=options["preview"])


def save(
    taken: Iterable[Taken], *, total: int, wishes: Wishes, is_all: bool, show: TextIO
) -> Report:
    """Save what was parsed. `is_all`: it is everything that the source has, so that what is gone
    can be told. A stop between two batches raises `CommandError`, which says how it stands."""
    saver = Saver(wishes)
    progress = Progress(total, "records looked at" if wishes.preview else "records saved", show)
    try:
        saver.save(taken, progress.advance)
    except KeyboardInterrupt:
        told = f"Stopped after {progress.count} of {total}. What was saved is whole."
        if not wishes.preview:
            told += " Run the same command again: it goes on where it stopped."
        raise CommandError(told, returncode=STOPPED) from None
    progress.done()
    if is_all:
        saver.look_for_what_is_gone()
    report = saver.report
    if not wishes.preview and (report.new or report.changed or report.proposed):
        about = f"{wishes.source}: {len(report.new)} new, {len(report.changed)} changed"
        by = wishes.by or wishes.machine
        audit.note(by, AuditEvent.What.IMPORTED, f"{about}, {len(report.proposed)} proposed")
    return report


def write_report(report: Report, path: Path | None) -> None:
    """Write it where that is wished. Raises `CommandError` where it cannot be written."""
    if path is None:
        return
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            report.write(file)
    except OSError as error:
        raise CommandError(f"--report: {path} cannot be written: {error.strerror}.") from error


def refusal(refused: Refused, *, kept: str = "Nothing was saved.") -> CommandError:
    """What somebody who ran the command is told of a source that cannot be read."""
    return CommandError("\n".join([kept, *map(str, refused.problems)]))
