"""Keep the translations of the interface whole.

`check` fails on a missing, fuzzy or unused string, and on a .mo file that says something else.
`renew` takes the words from code and templates into the .po files and compiles them.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("es",)
SOURCES = ("directory", "resources", "templates", "locale", "manage.py")
EXTRACT = ["makemessages", "--no-wrap", "--add-location=file", "--verbosity=0"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
SHOWN = 20

Key = tuple[str, str, str]


def main(task: str) -> None:
    """Check or renew, or stop with what is wrong and how it is mended."""
    if not shutil.which("xgettext") or not shutil.which("msgfmt"):
        sys.exit("gettext is missing. On Debian and Ubuntu: apt-get install gettext")
    {"check": check, "renew": renew}[task]()


def renew() -> None:
    """Write the .po and .mo files anew."""
    for language in LANGUAGES:
        (ROOT / "locale" / language / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
        manage(ROOT, *EXTRACT, f"--locale={language}", "--ignore=tests", "--ignore=var")
        manage(ROOT, "compilemessages", f"--locale={language}", "--verbosity=0")


def check() -> None:
    """Stop with a list of what is wrong, if anything is."""
    present = [language for language in LANGUAGES if file_of(ROOT, language).exists()]
    with tempfile.TemporaryDirectory() as folder:
        copied = copy_sources(Path(folder))
        for language in present:
            manage(copied, *EXTRACT, f"--locale={language}")
        wrong = [
            f"{language}: {problem}"
            for language in present
            for problem in problems(file_of(ROOT, language), file_of(copied, language))
        ]
    if wrong:
        rest = len(wrong) - SHOWN
        more = [f"… and {rest} more"] if rest > 0 else []
        sys.exit("\n".join([*wrong[:SHOWN], *more, "Run: make messages, and translate them."]))


def problems(kept: Path, extracted: Path) -> list[str]:
    """What is wrong with a .po file, given the one that was extracted from the sources just now."""
    ours, theirs = polib.pofile(str(kept)), polib.pofile(str(extracted))
    live = [entry for entry in ours if not entry.obsolete]
    has, needs = {key(entry) for entry in live}, {key(entry) for entry in theirs if is_live(entry)}
    return [
        *(f"not in the file: {shown(text)}" for text in sorted(needs - has)),
        *(f"no longer used: {shown(text)}" for text in sorted(has - needs)),
        *(f"fuzzy: {shown(key(entry))}" for entry in live if entry.fuzzy),
        *(f"not translated: {shown(key(entry))}" for entry in live if not words(entry)),
        *(f"other placeholders: {shown(key(entry))}" for entry in live if differs(entry)),
        *compiled_problems(ours, kept.with_suffix(".mo")),
    ]


def compiled_problems(ours: polib.POFile, compiled: Path) -> list[str]:
    """Whether the .mo file says the same as the .po file."""
    if not compiled.exists():
        return [f"{compiled.name} is missing"]
    said = {key(entry): words(entry) for entry in polib.mofile(str(compiled))}
    meant = {key(entry): words(entry) for entry in ours.translated_entries()}
    return [] if said == meant else [f"{compiled.name} is not made from the .po file"]


def is_live(entry: polib.POEntry) -> bool:
    """Whether the sources still have it."""
    return not entry.obsolete


def key(entry: polib.POEntry) -> Key:
    """By what gettext tells one entry from another."""
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""


def words(entry: polib.POEntry) -> tuple[str, ...]:
    """The translation, or its forms for one and for many; empty unless all are there."""
    forms = tuple(entry.msgstr_plural.values()) or (entry.msgstr,)
    return forms if all(forms) else ()


def differs(entry: polib.POEntry) -> bool:
    """Whether a translation would fill in other values than the English."""
    english = entry.msgid_plural or entry.msgid
    return any(placeholders(english) != placeholders(form) for form in words(entry)[-1:])


def placeholders(text: str) -> set[str]:
    """The places for values in a text."""
    return set(PLACEHOLDER.findall(text))


def shown(text: Key) -> str:
    """A string's first line, to be recognised by."""
    return repr(text[1].strip()[:70])


def file_of(root: Path, language: str) -> Path:
    """Where a language's strings are kept."""
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def copy_sources(folder: Path) -> Path:
    """A copy that extraction may write into."""
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copy(source, folder / name)
    return folder


def manage(root: Path, *arguments: str) -> None:
    """Run a command of Django's in that folder, or stop."""
    run = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=root,
        env={**os.environ, "SECRET_KEY": "only-for-extraction"},
    )
    if run.returncode:
        sys.exit(run.returncode)


if __name__ == "__main__":
    main(sys.argv[1])
