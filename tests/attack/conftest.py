"""The option for the full run, and how a run tells what it measured."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Tell = Callable[[str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--full`: all the requests, and a real server besides."""
    parser.addoption("--full", action="store_true", help="Send all the malformed requests.")


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Tell:
    """Have a line said at the end of the run, in whichever process the test ran."""
    return lambda line: record_property("told", line)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what the tests told."""
    for report in terminalreporter.getreports(""):
        if getattr(report, "when", "") == "call":
            for name, line in report.user_properties:
                if name == "told":
                    terminalreporter.write_line(line)
