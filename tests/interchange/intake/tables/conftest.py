from __future__ import annotations

from pathlib import Path

import pytest

from tests.interchange.intake.tables.small import Source


@pytest.fixture
def source(tmp_path: Path) -> Source:
    return Source(tmp_path)
