"""What a table holds, in two numbers: how many rows, and a sum over the SHA-256 of each.

The sum does not depend on the order of the rows, so nothing has to be sorted, and two equal rows
count twice. It finds what was lost or changed; it is no seal against somebody who means harm.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Sum:
    """`rows`: how many; `sha256`: their hashes added up, modulo 2^256, in hexadecimal."""

    rows: int
    sha256: str


def of_rows(rows: Iterable[bytes | bytearray | memoryview]) -> Sum:
    """The sum of these rows, each as the bytes that stand for it."""
    count = total = 0
    for row in rows:
        count += 1
        total += int.from_bytes(sha256(row).digest(), "big")
    return Sum(count, f"{total % 2**256:064x}")


def differences(wanted: Mapping[str, Sum], found: Mapping[str, Sum]) -> list[str]:
    """A sentence for each table that is not as it was; none where all are."""
    nothing = Sum(0, "")
    return [
        f"{name}: {now.rows} rows, {then.rows} in the backup"
        for name in sorted({*wanted, *found})
        if (then := wanted.get(name, nothing)) != (now := found.get(name, nothing))
    ]
