"""A CycloneDX list of what the directory is built on, from requirements.lock: `make sbom`.

CycloneDX's own tool writes it and holds it to its schema; it is a visitor, as in `scripts.lock`.
The list is made where it is needed, for each release, and says nothing that the lock does not.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from typing import Any

from scripts.lock import LOCK, ROOT, run, visitor
from scripts.pins import pins

FILE = ROOT / "var" / "sbom.cdx.json"
TOOL = "cyclonedx-bom==7.*"


def main() -> None:
    """Write the list into `var/`, or stop with what is wrong with it."""
    FILE.parent.mkdir(exist_ok=True)
    with visitor(TOOL) as bin_:
        what = ("requirements", LOCK, "--pyproject", "pyproject.toml")
        how = ("--output-reproducible", "--of", "JSON", "--validate", "-o", FILE)
        run(bin_ / "python", "-W", "ignore", "-m", "cyclonedx_py", *what, *how)
    wrong = list(missing(LOCK.read_text(), json.loads(FILE.read_text())))
    if wrong:
        sys.exit("\n".join(wrong))
    print(f"{FILE.relative_to(ROOT)}: {len(pins(LOCK.read_text()))} components")


def missing(lock: str, document: dict[str, Any]) -> Iterator[str]:
    """A sentence for each pin, and each number of hashes, in which list and lock differ."""
    listed = {part["name"]: part for part in document.get("components", ())}
    pinned = pins(lock)
    for name in sorted(pinned.keys() ^ listed.keys()):
        yield f"{name} stands in the {'lock' if name in pinned else 'list'} alone."
    for name in sorted(pinned.keys() & listed.keys()):
        version = listed[name].get("version")
        if version != pinned[name]:
            yield f"{name} is {pinned[name]} in the lock, {version} in the list."
    hashes = set(re.findall(r"--hash=sha256:(\w+)", lock))
    if hashes != set(_hashes(document)):
        yield "The hashes of the list are not those of the lock."


def _hashes(document: dict[str, Any]) -> Iterator[str]:
    for part in document.get("components", ()):
        for reference in part.get("externalReferences", ()):
            yield from (each["content"] for each in reference.get("hashes", ()))


if __name__ == "__main__":
    main()
