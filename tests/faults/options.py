"""How often and how long, as it was asked for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    """`times` to kill, `minutes` of a crowd, and how many there are of each in it."""

    times: int = 20
    minutes: float = 5.0
    writers: int = 16
    readers: int = 100
    services: int = 600
    seed: int = 1
