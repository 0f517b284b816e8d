"""What the attacks look at besides the directory itself, each broken once on purpose."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.db import connection

from tests.faults import full_disk, killed_worker, people, shape
from tests.faults.people import Heard


class TurnedAway:
    """A curator whose save is answered with a lock error."""

    form = "/admin/"

    def save(self, _text: str) -> httpx.Response:
        return httpx.Response(503)


def test_an_error_shown_to_a_curator_is_complained_of() -> None:
    heard, done = Heard(), threading.Event()
    done.set()
    people._curate(TurnedAway(), heard, done)  # type: ignore[arg-type]
    assert (heard.saved, heard.complaints) == ([], ["a curator was answered 503"])


class Fates:
    """A place whose mails have these fates."""

    def __init__(self, **fates: int) -> None:
        self.fates = fates

    def run_inside(self, _task: str) -> dict[str, int]:
        return self.fates


@pytest.mark.parametrize(
    ("sent", "fates", "trouble"),
    [
        (["a", "b"], {}, []),
        (["a"], {"sending": 1}, []),
        (["a", "b", "b"], {}, ["b got 2"]),
        (["a"], {}, ["2 waited, 1 were sent, 0 stand at the desk"]),
        (["a", "b"], {"waiting": 1}, ["1 wait still"]),
        ([], {"sending": 2}, ["one was under way, 2 stand at the desk"]),
    ],
)
def test_each_mail_goes_out_once(
    tmp_path: Path, sent: list[str], fates: dict[str, int], trouble: list[str]
) -> None:
    (tmp_path / "mails.log").write_text("".join(f"To: {to}\n\nOpen again.\n" for to in sent))
    place: Any = Fates(**fates)
    assert killed_worker._found(place, tmp_path, 2, {}) == trouble


@pytest.mark.parametrize(
    ("code", "said", "trouble"),
    [
        (1, "The database cannot be used: disk full", 0),
        (0, "", 1),
        (1, "Traceback (most recent call last):", 1),
    ],
)
def test_a_command_on_a_full_disk_ends_with_a_sentence(code: int, said: str, trouble: int) -> None:
    assert len(full_disk._ended_clearly(code, said)) == trouble


@pytest.mark.django_db
def test_what_a_migration_leaves_out_is_seen_in_the_shape() -> None:
    before = shape.lines()
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX resource_by_change")
    missing = set(before) - set(shape.lines())
    assert len(missing) == 1
    assert "resource_by_change" in missing.pop()
