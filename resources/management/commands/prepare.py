"""`manage.py prepare`: all that must be done before the directory can be served, and no more."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand

from resources.models import Curator, Edition, Review
from resources.trust import due


class Command(BaseCommand):
    requires_system_checks = ()  # migrate looks at the database, "make check" at the rest
    help = "Migrates, loads the starter data where it is new, and collects the static files."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        self.load_starter()
        if not Review.objects.exists():
            due.settle_all()  # the directory is older than the list of what needs checking
        collect_static(Path(settings.STATIC_ROOT))
        if not Curator.objects.exists():
            self.stdout.write(
                "Nobody can sign in yet. Make the first curator: make curator"
                " (on a server: deploy/manage make_curator)."
            )

    def load_starter(self) -> None:
        """Load what is new in the starter data, and say so only then."""
        before, said = Edition.current(), StringIO()
        call_command("load_starter", stdout=said)
        if Edition.current() != before:
            self.stdout.write(said.getvalue())


def collect_static(root: Path) -> bool:
    """Copy, name and compress the static files, unless nothing has changed; whether it did."""
    stamp, present = root.with_suffix(".stamp"), _fingerprint()
    if stamp.exists() and root.exists() and stamp.read_text() == present:
        return False
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=root.exists(), verbosity=0)
    stamp.write_text(present)  # last: what was broken off is done again
    return True


def _fingerprint() -> str:
    """The name, size and time of every source file, as one short text."""
    return hashlib.sha256("\n".join(sorted(_sources())).encode()).hexdigest()


def _sources() -> Iterator[str]:
    for finder in get_finders():
        for path, storage in finder.list([]):
            file = Path(storage.path(path)).stat()
            yield f"{path} {file.st_size} {file.st_mtime_ns}"
