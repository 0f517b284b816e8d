"""Compile every template, so that a misspelled tag is found before a visitor finds it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django
from django.template import TemplateSyntaxError, engines

FOLDER = Path(__file__).resolve().parent.parent / "templates"


def main() -> int:
    """The number of broken templates, each named with its fault."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "directory.settings")
    django.setup()
    engine = engines["django"]
    broken = 0
    for path in sorted(FOLDER.rglob("*.*")):
        try:
            engine.from_string(path.read_text())
        except TemplateSyntaxError as error:
            broken += 1
            sys.stderr.write(f"{path.relative_to(FOLDER)}: {error}\n")
    return broken


if __name__ == "__main__":
    sys.exit(main())
