"""Write requirements.lock: the newest versions that pyproject.toml allows, with their hashes.

One file for Python 3.11 and newer on every system, without the address of a package index. The tool
that does it is a visitor: it is installed into a temporary folder and leaves with it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
OPTIONS = (
    "--group=dev",
    "--universal",
    "--python-version=3.11",
    "--upgrade",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-annotate",
    "--no-header",
    "--quiet",
)


def main() -> None:
    """Renew the lock, or stop with what the tool said."""
    with visitor("uv") as bin_:
        run(bin_ / "uv", "pip", "compile", "pyproject.toml", *OPTIONS, "--output-file", LOCK)
    if "://" in LOCK.read_text():
        sys.exit("The new lock names an address: do not commit it.")


@contextmanager
def visitor(*packages: str) -> Iterator[Path]:
    """The programs of these packages, in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        bin_ = Path(folder) / "bin"
        run(sys.executable, "-m", "venv", folder)
        run(bin_ / "pip", "install", "--quiet", "--disable-pip-version-check", *packages)
        yield bin_


def run(*command: str | Path, folder: Path = ROOT) -> None:
    """Run a program in this folder, or stop."""
    if subprocess.run(command, cwd=folder).returncode:
        sys.exit(f"{Path(command[0]).name} failed: see above.")


if __name__ == "__main__":
    main()
