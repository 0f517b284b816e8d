"""Fail where the words of the interface are harder to read than US grade 8.

The Flesch-Kincaid grade of each file's words together, and of each longer text by itself; what
entries say is theirs and not measured. A short text's grade says nothing: one long word decides it.
"""

from __future__ import annotations

import re
import sys
import warnings
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import polib

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it imports what setuptools will no longer have
    import textstat

ROOT = Path(__file__).resolve().parent.parent
WORDS = ROOT / "locale" / "es" / "LC_MESSAGES" / "django.po"

HIGHEST = 8
# Fewer words are a label rather than a text.
LEAST = 4
# Fewer are too few to measure, together in a file or in one text of /find-help/.
LEAST_OF_FILE, LEAST_OF_TEXT = 30, 12
# Where each longer text has to be easy by itself: what somebody reads of their own chances.
CLOSELY = ("templates/find_help/", "resources/eligibility/", "resources/pages/finder/")

TAG, PLACE = re.compile(r"<[^>]+>"), re.compile(r"%\(\w+\)[sd]|%[sd]")


def main() -> None:
    """Measure every file's words, and stop with what is too hard."""
    textstat.set_lang("en_US")
    hard = [f"{grade:4.1f}  {what}" for grade, what in measured() if grade > HIGHEST]
    if hard:
        sys.exit("\n".join([f"Harder to read than grade {HIGHEST}:", *hard]))


def measured() -> Iterator[tuple[float, str]]:
    """The grade of each file's words, and of each longer text where every text counts."""
    for file, texts in texts_by_file().items():
        together = " ".join(text if text[-1] in ".?!:" else f"{text}." for text in texts)
        if len(together.split()) >= LEAST_OF_FILE:
            yield textstat.flesch_kincaid_grade(together), file
        if file.startswith(CLOSELY):
            for text in texts:
                if len(text.split()) >= LEAST_OF_TEXT:
                    yield textstat.flesch_kincaid_grade(text), f"{file}: {text}"


def texts_by_file() -> dict[str, list[str]]:
    """The English texts by the file that they stand in, with a plain word for each placeholder."""
    found: dict[str, list[str]] = defaultdict(list)
    for entry in polib.pofile(str(WORDS)):
        text = PLACE.sub("one", TAG.sub("", entry.msgid)).replace("%%", "%").strip()
        if text and not entry.obsolete:
            for file, _line in entry.occurrences:
                if len(text.split()) >= LEAST:
                    found[file].append(text)
    return found


if __name__ == "__main__":
    main()
