"""Measure the answers of /find-help/: `python -m tests.bench.answers [--sizes 0,40000,1000000]`.

So many people answer the questions, by one client, each site in turn with the others; 0 stands for
the starter data. The figures are printed as Markdown, and what is going on meanwhile to stderr.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from random import Random
from urllib.parse import urlencode

from tests.bench.__main__ import run, tell
from tests.bench.asking import Client, Timing
from tests.bench.report import load, machine, spread, table
from tests.bench.search.sites import SearchSite, search_sites
from tests.bench.visits import CHOICES, SEED

PEOPLE = 300
FIND_HELP = "/find-help/"

# Each question is answered by so many of the people.
ANSWERED = {"need": 0.9, "illness": 0.85, "medicine": 0.3, "place": 0.8, "insurance": 0.8,
            "people": 0.7, "income": 0.7, "age": 0.6}  # fmt: skip
NEEDS = (
    "paying_for_treatment", "living_costs", "travel", "insurance_help", "emotional_support",
)  # fmt: skip
ILLNESSES = (
    "breast cancer", "CML", "lung cancer", "multiple myeloma", "leukemia", "lupus", "diabetes",
    "prostate cancer", "brain tumor", "kidney failure",
)  # fmt: skip
MEDICINES = ("Gleevec", "ibrance", "Keytruda", "revlimid", "dasatinib")
KINDS = ("uninsured", "medicare", "private", "medicaid", "va")


def answers(people: int, seed: int = SEED) -> list[str]:
    """What so many people send, the same for the same seed."""
    dice = Random(seed)
    return [urlencode(_answer(dice)) for _ in range(people)]


def _answer(dice: Random) -> list[tuple[str, str]]:
    drawn = {
        "need": dice.sample(NEEDS, dice.choice((1, 1, 2, 3))),
        "illness": [dice.choice(ILLNESSES)],
        "medicine": [dice.choice(MEDICINES)],
        "place": [dice.choice(CHOICES["area"].values)],
        "insurance": [dice.choice(KINDS)],
        "people": [str(dice.randint(1, 6))],
        "income": [str(dice.randrange(0, 150_000, 500))],
        "age": [str(dice.randint(1, 90))],
    }
    said = {name for name, share in ANSWERED.items() if dice.random() < share}
    return [(name, value) for name, values in drawn.items() if name in said for value in values]


def measure(sites: list[SearchSite], sent: list[str]) -> dict[SearchSite, list[Timing]]:
    """How long each answer takes on each site. Each is started, warmed up, and stopped again."""
    timings = {}
    for site in sites:
        tell(f"{site.name}: {len(sent)} people")
        site.start()
        with Client(site) as client:
            for form in sent[:30]:
                client.ask(FIND_HELP, form)
            timings[site] = [client.ask(FIND_HELP, form) for form in sent]
        site.stop()
    return timings


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.answers")
    parser.add_argument("--sizes", default="0,40000,1000000", help="resources, with commas")
    sizes = [int(size) for size in parser.parse_args().sizes.split(",")]
    with (
        tempfile.TemporaryDirectory(prefix="directory-bench-") as folder,
        search_sites(Path(folder), sizes, tell) as sites,
    ):
        before = load()
        timings = measure(sites, answers(PEOPLE))
    rows = [(site.name, *spread(those)) for site, those in timings.items()]
    print(machine([before, load()]), table(("site", "p50", "p95", "max"), rows), sep="\n\n")


if __name__ == "__main__":
    run(main)
