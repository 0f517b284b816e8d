"""Write requirements.lock: the newest versions that pyproject.toml allows, with their hashes.

One file for Python 3.11 and newer on every system, without the address of a package index. The tool
that does it is a visitor: it is installed into a temporary folder and leaves with it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
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
    with tempfile.TemporaryDirectory() as folder:
        run(sys.executable, "-m", "venv", folder)
        run(f"{folder}/bin/pip", "install", "--quiet", "--disable-pip-version-check", "uv")
        run(f"{folder}/bin/uv", "pip", "compile", "pyproject.toml", *OPTIONS, "--output-file", LOCK)
    if "://" in LOCK.read_text():
        sys.exit("The new lock names an address: do not commit it.")


def run(*command: str | Path) -> None:
    """Run a program in the project's folder, or stop."""
    if subprocess.run(command, cwd=ROOT).returncode:
        sys.exit("The lock was not renewed: see above.")


if __name__ == "__main__":
    main()
