from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

import pytest

from resources.files import Taken
from resources.standin.folder import NotOurs, replaced


def write(target: Path, text: str) -> None:
    with replaced(target) as fresh:
        (fresh / "index.html").write_text(text)


def read(target: Path) -> str:
    return (target / "index.html").read_text()


def test_it_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    write(tmp_path / "copy", "first")
    write(tmp_path / "copy", "second")

    assert read(tmp_path / "copy") == "second"
    assert sum(path.is_dir() and not path.is_symlink() for path in tmp_path.iterdir()) == 1


def test_it_takes_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    write(tmp_path / "copy", "first")

    assert read(tmp_path / "copy") == "first"


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_it_takes_nothing_else(tmp_path: Path, kind: str) -> None:
    target, other = tmp_path / "copy", tmp_path / "other"
    other.mkdir()
    (other / "precious").write_text("mine")
    if kind == "folder":
        other.rename(target)
    elif kind == "file":
        target.write_text("mine")
    else:
        target.symlink_to(other)

    with pytest.raises(NotOurs, match="something else"):
        write(target, "first")
    assert [path.read_text() for path in tmp_path.rglob("precious")] in ([], ["mine"])
    assert target.exists()


@pytest.mark.parametrize("step", ["sync", "symlink_to", "replace"])
def test_whoever_is_stopped_leaves_the_one_before(
    tmp_path: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "copy", "first")

    def stop(*args: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, contextlib.suppress(KeyboardInterrupt):
        patch.setattr(os if step == "sync" else Path, step, stop)
        write(tmp_path / "copy", "second")

    assert read(tmp_path / "copy") == "first"
    write(tmp_path / "copy", "third")
    assert read(tmp_path / "copy") == "third"


def test_what_was_left_by_a_kill_is_cleared_away(tmp_path: Path) -> None:
    write(tmp_path / "copy", "first")
    (tmp_path / ".copy-2").mkdir()
    (tmp_path / ".copy.link").symlink_to(".copy-2")
    write(tmp_path / "copy", "second")

    assert read(tmp_path / "copy") == "second"
    assert sorted(path.name for path in tmp_path.iterdir()) == [".copy-2", ".copy.lock", "copy"]


def test_two_at_once_do_not_write(tmp_path: Path) -> None:
    with replaced(tmp_path / "copy") as fresh:
        (fresh / "index.html").write_text("first")
        with pytest.raises(Taken):
            write(tmp_path / "copy", "second")
    assert read(tmp_path / "copy") == "first"
