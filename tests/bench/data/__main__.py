"""Measure open data: `python -m tests.bench.data [--resources 50000] [--copied 10000]`.

The open data of a large directory is published, and a directory of another size, whose copy takes
hours where the first takes minutes, is copied into plain files; so is the starter's, and every link
of that copy is followed. The figures are printed as Markdown, and what is going on to stderr.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Any

from tests.bench.__main__ import run, tell
from tests.bench.report import load, machine, table
from tests.bench.sites import STARTER, Site, sites
from tests.standin.crawling import crawl, serving

HEAD = ("site", "what", "seconds", "of the processor", "peak (MiB)", "what there is then")


def measure(site: Site, task: str, given: Any = None) -> tuple[object, ...]:
    """A row of figures for a task, done in a process of its own."""
    tell(f"{site.name}: {task}")
    took = site.run_inside("tests.bench.data.inside", task, given)
    found = took["found"]
    sizes = (f"{name} {size / 1e6:.1f} MB" for name, size in found.items() if task == "publish")
    large = ", ".join(size for size in sizes if not size.endswith(" 0.0 MB"))
    then = large or found["said"].partition(", in ")[0]
    return (site.name, task, took["seconds"], took["processor"], took["peak"], then)


def follow(copy: Path) -> str:
    """What following every link of a copy found."""
    with serving(copy) as address:
        pages, wrong = crawl(f"{address}/")
    return f"{len(pages)} pages reached, {len(wrong)} things wrong {wrong[:3] or ''}".strip()


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.data")
    parser.add_argument("--resources", type=int, default=50_000, help="to publish")
    parser.add_argument("--copied", type=int, default=10_000, help="to copy")
    options = parser.parse_args()
    sizes = dict.fromkeys([STARTER, str(options.copied), str(options.resources)])
    with (
        tempfile.TemporaryDirectory(prefix="directory-bench-") as folder,
        sites(Path(folder), list(sizes), tell) as served,
    ):
        before, rows, followed = load(), [], []
        for site in served:
            rows.append(measure(site, "publish"))
            if site.size in (STARTER, str(options.copied)):
                target = Path(folder) / f"copy of {site.name}".replace(", ", "-")
                rows.append(measure(site, "copy", str(target)))
                if site.size == STARTER:
                    followed.append((site.name, follow(target)))
        print(machine([before, load()]).removesuffix(" Milliseconds."), "\n")
        print(table(HEAD, rows))
        print(table(("site", "every link of the copy followed"), followed))


if __name__ == "__main__":
    run(main)
