from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from resources.files import locked
from resources.opendata import folder
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def root(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_FOLDER = tmp_path / "data"
    return tmp_path / "data"


def test_it_publishes_and_says_what(root: Path) -> None:
    make.resource()
    said = StringIO()
    call_command("publish_data", stdout=said)

    (done,) = folder.listed(root)
    assert f"Published {done.name}" in said.getvalue()
    assert "hsds.json.gz" in said.getvalue()


def test_it_says_so_where_somebody_else_is_at_it(root: Path) -> None:
    with locked(root), pytest.raises(CommandError, match="Somebody else is writing"):
        call_command("publish_data")


def test_it_says_which_folder_cannot_be_written_to(root: Path) -> None:
    root.write_text("a file")

    with pytest.raises(CommandError, match="DATA_FOLDER has to be a folder"):
        call_command("publish_data")


def test_it_keeps_at_least_one() -> None:
    with pytest.raises(CommandError, match="--keep: give 1 or more"):
        call_command("publish_data", keep=0)


def test_a_copy_takes_no_folder_that_is_something_else(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "precious").write_text("mine")

    with pytest.raises(CommandError, match="something else than a copy"):
        call_command("export_static", str(tmp_path / "site"))
    assert (tmp_path / "site" / "precious").read_text() == "mine"
