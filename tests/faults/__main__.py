"""Break things while people work: `python -m tests.faults [--times 20] [--only server,worker]`.

On SQLite and on PostgreSQL. After each fault the directory has to be sound, and everything that was
acknowledged has to be there: docs/faults.md. Ends with 1 where anything is not.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path

from tests.bench.__main__ import run, tell
from tests.faults import (
    clock,
    crowd,
    full_disk,
    killed_import,
    killed_migration,
    killed_server,
    killed_worker,
)
from tests.faults.options import Options
from tests.faults.places import Place, places

Attack = Callable[[Place, Options], Iterator[tuple[str, list[str]]]]

# By name: what `--only` takes.
ATTACKS: dict[str, Attack] = {
    "server": killed_server.attack,
    "worker": killed_worker.attack,
    "import": killed_import.attack,
    "migration": killed_migration.attack,
    "disk": full_disk.attack,
    "crowd": crowd.attack,
    "clock": clock.attack,
}


def main() -> None:
    """Attack, and say what was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("--times", type=int, default=20, help="each process is killed")
    parser.add_argument("--minutes", type=float, default=5.0, help="that a crowd works")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default=",".join(ATTACKS), help="some of the attacks")
    parser.add_argument("--databases", default="sqlite,postgresql")
    parser.add_argument("--writers", type=int, default=16, help="curators in the crowd")
    parser.add_argument("--readers", type=int, default=100, help="readers in the crowd")
    parser.add_argument("--services", type=int, default=600, help="of an import")
    asked = parser.parse_args()
    options = Options(
        **{name: getattr(asked, name) for name in (field.name for field in fields(Options))}
    )
    unsound = 0
    with (
        tempfile.TemporaryDirectory(prefix="directory-faults-") as folder,
        places(asked.databases.split(","), options.writers, Path(folder), tell) as found,
    ):
        for place in found:
            for name in asked.only.split(","):
                unsound += _attacked(name, place, options)
    print("All is sound." if not unsound else f"{unsound} times something was unsound.")
    sys.exit(1 if unsound else 0)


def _attacked(name: str, place: Place, options: Options) -> int:
    """How often something was unsound."""
    unsound = 0
    for what, trouble in ATTACKS[name](place, options):
        print(f"{place.site.name}, {name}: {what}: {trouble[:5] or 'sound'}", flush=True)
        unsound += bool(trouble)
    place.site.stop()
    return unsound


if __name__ == "__main__":
    run(main)
