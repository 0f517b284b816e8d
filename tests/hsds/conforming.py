"""The standard's own schemas, where the kit with them lies beside the project."""

from __future__ import annotations

import importlib.util
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

# Beside the project, or where HSDS_KIT says; no part of it (its licence is CC BY-SA).
BESIDE = Path(__file__).parents[3] / "shared" / "hsds"
FOLDER = Path(os.environ.get("HSDS_KIT", BESIDE))
KIT = FOLDER if (FOLDER / "check.py").exists() else None

needs_the_kit = pytest.mark.skipif(KIT is None, reason="needs the kit ../shared/hsds")


@cache
def _kit() -> tuple[Any, Any]:
    assert KIT is not None
    spec = importlib.util.spec_from_file_location("hsds_check", KIT / "check.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module, module.registry()


def problems(document: Any, kind: str) -> list[tuple[str, str]]:
    """Everything in a document that is not HSDS; `kind` as `check.py` calls it."""
    module, registry = _kit()
    return list(module.problems(document, kind, registry))
