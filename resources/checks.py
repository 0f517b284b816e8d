"""System checks of what the directory relies on."""

from __future__ import annotations
