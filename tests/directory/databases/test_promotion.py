from __future__ import annotations

from typing import Any

import pytest
from django.db import ProgrammingError

from directory.databases import promotion


class Forbidden:
    """Two databases, of which the second may not be promoted by whoever asks."""

    closed = 0

    def __iter__(self) -> Any:
        return iter(("default", "replica_1"))

    def __getitem__(self, alias: str) -> Any:
        return self

    def cursor(self) -> Any:
        raise ProgrammingError("permission denied for function pg_promote\n")

    def close(self) -> None:
        self.closed += 1


def test_it_says_what_to_do_where_the_right_to_promote_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    forbidden = Forbidden()
    monkeypatch.setattr(promotion, "connections", forbidden)
    monkeypatch.setattr(promotion, "_takes_writes", lambda: False)
    monkeypatch.setattr(promotion, "_received", lambda alias: 1)

    with pytest.raises(promotion.CannotPromote) as told:
        promotion.promote()

    assert "permission denied for function pg_promote. On its server" in str(told.value)
    assert "psql -c 'SELECT pg_promote()'" in str(told.value)
    assert forbidden.closed == 1
