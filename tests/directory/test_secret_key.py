from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from directory.secret_key import secret_key


def test_it_makes_a_key_that_only_its_owner_reads(tmp_path: Path) -> None:
    file = tmp_path / "var" / "secret_key"
    key = secret_key("", required=False, kept_in=file)
    assert len(key) > 50
    assert file.stat().st_mode & 0o777 == 0o600


def test_it_keeps_the_key_it_made(tmp_path: Path) -> None:
    file = tmp_path / "secret_key"
    first = secret_key("", required=False, kept_in=file)
    assert secret_key("", required=False, kept_in=file) == first


def test_it_gives_everyone_the_same_key_when_many_start_at_once(tmp_path: Path) -> None:
    file = tmp_path / "secret_key"
    with ThreadPoolExecutor(16) as threads:
        keys = list(threads.map(lambda _: secret_key("", required=False, kept_in=file), range(200)))
    assert set(keys) == {file.read_text()}
    assert list(tmp_path.iterdir()) == [file]


def test_it_takes_a_given_key_and_writes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "secret_key"
    assert secret_key("given", required=True, kept_in=file) == "given"
    assert not file.exists()
