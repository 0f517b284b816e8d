"""The option for the full run."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--full`: all the requests, and a real server besides."""
    parser.addoption("--full", action="store_true", help="Send all the malformed requests.")


@pytest.fixture(scope="package")
def in_full(request: pytest.FixtureRequest) -> None:
    """Leave out whatever asks for this, unless all is asked for."""
    if not request.config.getoption("--full", default=False):
        pytest.skip("with --full only: make attack")
