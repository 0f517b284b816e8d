"""That a list of dependencies is held to the whole lock. No test asks CycloneDX's tool."""

from __future__ import annotations

from typing import Any

import pytest

from scripts.sbom import missing

LOCK = "django==5.2.8 \\\n    --hash=sha256:aa\nsegno==1.6.6 \\\n    --hash=sha256:bb\n"


def part(name: str, version: str, digest: str) -> dict[str, Any]:
    hashes = [{"alg": "SHA-256", "content": digest}]
    return {"name": name, "version": version, "externalReferences": [{"hashes": hashes}]}


DJANGO, SEGNO = part("django", "5.2.8", "aa"), part("segno", "1.6.6", "bb")


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ([DJANGO, SEGNO], ""),
        ([DJANGO], "segno stands in the lock alone."),
        ([DJANGO, SEGNO, part("more", "1", "aa")], "more stands in the list alone."),
        ([DJANGO, part("segno", "1.6.5", "bb")], "segno is 1.6.6 in the lock, 1.6.5 in the list."),
        (
            [DJANGO, part("segno", "1.6.6", "cc")],
            "The hashes of the list are not those of the lock.",
        ),
    ],
    ids=["the same", "one missing", "one more", "another version", "another file"],
)
def test_it_says_where_list_and_lock_differ(parts: list[Any], found: str) -> None:
    assert next(missing(LOCK, {"components": parts}), "") == found
