"""The option for the full run."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--full`: all the requests, and a real server besides."""
    parser.addoption("--full", action="store_true", help="Send all the malformed requests.")
