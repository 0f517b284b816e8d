from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polib
import pytest

from scripts.translations import problems

Write = Callable[..., Path]


@pytest.fixture
def kept(tmp_path: Path) -> Write:
    """A .po file with these translations, and its .mo file."""

    def kept(texts: dict[str, str], flags: list[str] | None = None) -> Path:
        file = polib.POFile()
        for english, spanish in texts.items():
            file.append(polib.POEntry(msgid=english, msgstr=spanish, flags=flags or []))
        path = tmp_path / "django.po"
        file.save(str(path))
        file.save_as_mofile(str(path.with_suffix(".mo")))
        return path

    return kept


@pytest.fixture
def extracted(tmp_path: Path) -> Path:
    """What the sources say: two strings."""
    file = polib.POFile()
    file.extend([polib.POEntry(msgid="Rides"), polib.POEntry(msgid="%(count)s open")])
    path = tmp_path / "extracted.po"
    file.save(str(path))
    return path


WHOLE = {"Rides": "Transporte", "%(count)s open": "%(count)s abiertos"}


def test_it_is_content_with_a_whole_translation(kept: Write, extracted: Path) -> None:
    assert problems(kept(WHOLE), extracted) == []


@pytest.mark.parametrize(
    ("texts", "complaint"),
    [
        ({"Rides": "Transporte"}, "not in the file: '%(count)s open'"),
        ({**WHOLE, "Beds": "Camas"}, "no longer used: 'Beds'"),
        ({**WHOLE, "Rides": ""}, "not translated: 'Rides'"),
        ({**WHOLE, "%(count)s open": "%s abiertos"}, "other placeholders: '%(count)s open'"),
    ],
    ids=["missing", "unused", "empty", "placeholders"],
)
def test_it_complains_of_a_translation_that_is_not_whole(
    kept: Write, extracted: Path, texts: dict[str, str], complaint: str
) -> None:
    assert problems(kept(texts), extracted) == [complaint]


def test_it_complains_of_fuzzy_strings(kept: Write, extracted: Path) -> None:
    assert "fuzzy: 'Rides'" in problems(kept(WHOLE, flags=["fuzzy"]), extracted)


def test_it_complains_of_a_compiled_file_that_says_something_else(
    kept: Write, extracted: Path
) -> None:
    path = kept(WHOLE)
    path.write_text(path.read_text().replace("Transporte", "Viajes"))
    assert problems(path, extracted) == ["django.mo is not made from the .po file"]


def test_it_complains_of_a_missing_compiled_file(kept: Write, extracted: Path) -> None:
    path = kept(WHOLE)
    path.with_suffix(".mo").unlink()
    assert problems(path, extracted) == ["django.mo is missing"]
