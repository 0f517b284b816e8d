"""What came of a rehearsal, as Markdown."""

from __future__ import annotations

import os
from collections.abc import Collection

from resources.trust.links import Limits
from resources.trust.links.polite import PAUSE
from tests.bench.report import load, table
from tests.rehearsal.running import DAYS, Rehearsed

HEAD = (
    "case", "addresses", "taken for",
    f"alarms on day {'/'.join(str(day + 1) for day in range(DAYS))}", "slowest (s)", "most bytes",
)  # fmt: skip


def report(found: Rehearsed, hosts: Collection[str], limits: Limits, pause: float) -> str:
    """The table of the cases, and the totals."""
    rows = [
        (
            each.case.name,
            len(each.urls),
            ", ".join(f"{outcome}: {len(urls)}" for outcome, urls in each.taken_for.items()),
            "/".join(map(str, each.alarms)),
            f"{each.slowest:.2f}",
            each.most,
        )
        for each in found.played
    ]
    addresses = sum(len(each.urls) for each in found.played)
    usual = Limits()
    totals = [
        f"{addresses} addresses of {len(hosts)} hosts, {len(found.played)} cases; visits on day "
        f"{', '.join(f'{day + 1}: {count}' for day, count in enumerate(found.visits))}; "
        f"{found.seconds:.0f} s in all; load average {load()}, {os.cpu_count()} cores.",
        f"Connections open at once, over all hosts: {found.most_at_once}. Shortest pause between "
        f"two visits of a host: {found.pause:.2f} s. Connections to anywhere else: "
        f"{len(found.elsewhere)}.",
        f"Shortened: the time for an address to {limits.seconds:g} s (usually {usual.seconds:g}), "
        f"the pause to {pause:g} s (usually {PAUSE:g}). As usual: {limits.wire} bytes over the "
        f"network, {limits.text} of a page, {limits.hops} redirects.",
    ]
    return "\n".join([table(HEAD, rows), *totals])
