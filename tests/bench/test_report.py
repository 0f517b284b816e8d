"""The figures as people read them."""

from __future__ import annotations

from tests.bench.report import table


def test_a_table_stands_in_line() -> None:
    assert table(("site", "p50"), [("SQLite", 7), ("PostgreSQL", 12)]).splitlines() == [
        "| site       | p50 |",
        "| ---------- | --- |",
        "| SQLite     | 7   |",
        "| PostgreSQL | 12  |",
    ]
