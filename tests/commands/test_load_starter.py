"""`manage.py load_starter`: what it says, and how it ends."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.interchange.files import organisation, resource, write

pytestmark = pytest.mark.django_db


def run(folder: Path, vocabulary: Path | None = None) -> str:
    out = StringIO()
    call_command("load_starter", folder, vocabulary=vocabulary or folder, stdout=out)
    return out.getvalue()


def test_it_says_how_many_are_new(tmp_path: Path) -> None:
    assert run(write(tmp_path)).startswith("10 new, 0 changed, 0 as before.")


def test_it_says_that_there_is_nothing_to_do(tmp_path: Path) -> None:
    run(write(tmp_path))

    assert run(tmp_path) == "Nothing to do: the directory has all of it.\n"


def test_it_names_what_became_a_draft_or_vanished(tmp_path: Path) -> None:
    run(write(tmp_path, resources=[resource(slug="gone"), resource()]))

    assert "No longer in the files; left as they are (1):\n  resource/gone" in run(write(tmp_path))


def test_it_tells_of_words_that_have_become_ambiguous(tmp_path: Path) -> None:
    folder = write(tmp_path, organisations=[organisation(also_known_as=["Rides"])])
    told = run(folder)

    assert "“rides” means need:rides, organisation:road-house" in told
    assert "not listed in ambiguous_terms.json" in told


def test_it_ends_with_every_problem_of_broken_files(tmp_path: Path) -> None:
    write(
        tmp_path,
        resources=[resource(needs=["flying"], url="nowhere"), resource(slug="b", age_min=-1)],
    )

    with pytest.raises(CommandError) as refused:
        run(tmp_path)
    assert str(refused.value).splitlines() == [
        "Nothing was loaded. 1 to mend:",
        "resources.json: b: age_min: Write a whole number, or null.",
    ]


def test_it_says_that_a_folder_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(
        CommandError, match=r"organisations\.json: The file is missing\. Put it into"
    ):
        run(tmp_path / "nowhere", write(tmp_path))
