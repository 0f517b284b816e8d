from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from resources.files import Taken, locked
from resources.opendata import folder
from resources.opendata.folder import Published

Step = Callable[..., Any]


def published(root: Path, number: int, text: str = "", keep: int = 8) -> Published:
    with locked(root), folder.draft(root) as draft:
        (draft / "data.txt").write_text(text or f"edition {number}")
        return folder.publish(
            root,
            draft,
            name=f"2026-11-20-edition-{number}",
            edition=number,
            day="2026-11-20",
            counts={"services": number},
            keep=keep,
        )


def read(root: Path, one: Published) -> str:
    return (root / one.folder / "data.txt").read_text()


def test_nothing_is_listed_before_anything_was_published(tmp_path: Path) -> None:
    assert folder.listed(tmp_path / "not there") == []


def test_it_lists_what_was_published_with_checksums(tmp_path: Path) -> None:
    published(tmp_path, 1)
    second = published(tmp_path, 2)

    assert [one.edition for one in folder.listed(tmp_path)] == [1, 2]
    assert folder.listed(tmp_path)[-1] == second
    data = second.file("data.txt")
    assert data is not None
    assert data.sha256 == hashlib.sha256(b"edition 2").hexdigest()
    sums = (tmp_path / second.folder / "SHA256SUMS").read_text()
    assert sums == f"{data.sha256}  data.txt\n"


def test_it_keeps_the_last_ones(tmp_path: Path) -> None:
    for number in (1, 2, 3):
        published(tmp_path, number, keep=2)

    assert [one.edition for one in folder.listed(tmp_path)] == [2, 3]
    assert len(list(tmp_path.glob("*-edition-*"))) == 2


def test_the_same_again_changes_nothing(tmp_path: Path) -> None:
    assert published(tmp_path, 1) == published(tmp_path, 1)
    assert len(list(tmp_path.glob("*-edition-*"))) == 1


def test_another_of_the_same_name_takes_its_place(tmp_path: Path) -> None:
    published(tmp_path, 1)
    mended = published(tmp_path, 1, text="mended")

    assert folder.listed(tmp_path) == [mended]
    assert read(tmp_path, mended) == "mended"


@pytest.mark.parametrize("owner", [folder, Path], ids=["to disk", "rename"])
@pytest.mark.parametrize("at", range(6))
def test_whoever_is_stopped_leaves_an_edition_whole(
    owner: Any, at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(tmp_path, 1)
    names = ["bring_to_disk"] if owner is folder else ["rename", "replace"]
    steps = iter(range(100))
    with monkeypatch.context() as patch:
        for name in names:
            patch.setattr(owner, name, _stopping(getattr(owner, name), steps, at))
        with contextlib.suppress(KeyboardInterrupt):
            published(tmp_path, 2)
    newest = folder.listed(tmp_path)[-1]

    assert read(tmp_path, newest) == f"edition {newest.edition}"
    assert read(tmp_path, published(tmp_path, 3)) == "edition 3"
    assert len(list(tmp_path.glob("*-edition-*"))) == len(folder.listed(tmp_path))


def _stopping(step: Step, steps: Any, at: int) -> Step:
    def stop(*args: Any) -> Any:
        if next(steps) == at:
            raise KeyboardInterrupt
        return step(*args)

    return stop


def test_two_at_once_do_not_write(tmp_path: Path) -> None:
    with (
        locked(tmp_path),
        pytest.raises(Taken, match="Somebody else is writing"),
        locked(tmp_path),
    ):
        pass
