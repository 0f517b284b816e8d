"""The check of the reading level finds what is too hard, and nothing in the words there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import reading_level

EASY = "You can call them today and ask how to apply. They help you with the form if you want."
HARD = (
    "Notwithstanding anticipated administrative considerations, determinations regarding "
    "eligibility necessitate comprehensive documentation of household circumstances."
)


def words(folder: Path, *texts: str, file: str = "templates/find_help/form.html") -> Path:
    path = folder / "django.po"
    entries = [f'#: {file}\nmsgid "{text}"\nmsgstr ""\n' for text in texts]
    path.write_text("\n".join(entries), encoding="utf-8")
    return path


def test_what_there_is_can_be_read() -> None:
    reading_level.main()


@pytest.mark.parametrize("file", ["templates/find_help/form.html", "templates/home.html"])
def test_hard_words_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str) -> None:
    texts = (HARD, f"{HARD} {HARD}")
    monkeypatch.setattr(reading_level, "WORDS", words(tmp_path, *texts, file=file))

    with pytest.raises(SystemExit, match="Harder to read than grade 8"):
        reading_level.main()


def test_one_hard_sentence_among_easy_ones_is_found_where_each_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        reading_level, "WORDS", words(tmp_path, *[EASY + " " * n for n in range(9)], HARD)
    )

    with pytest.raises(SystemExit, match="Notwithstanding"):
        reading_level.main()
