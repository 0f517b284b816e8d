"""Rehearse an upgrade: `python -m tests.upgrade [--from COMMIT]`, on both databases.

The release before this one fills a directory. Then the present code migrates it, and serves it;
then the earlier code serves it as it now is, which is what happens while servers are renewed one
after the other, and on the way back. Pages are read and a save is made each time. What the present
code says before the migrations are made is told too: where some are missing, `/readyz` answers 503
with a word, so that nobody is sent there. Ends with 1 where anything is wrong.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from http import HTTPStatus
from pathlib import Path

import httpx

from tests.bench.__main__ import run, tell
from tests.faults.people import PAGES, Curator, was_saved
from tests.faults.places import urls
from tests.served import Served
from tests.upgrade.releases import code_of, previous, short

# What each of the two says of a curator who may save: works in the code of both.
SIGN_IN = """
from django.test import Client
from resources.models import Curator, Resource
from tests.second_factor import sign_in
made = dict(email="c@example.org", is_staff=True, is_superuser=True)
curator, _new = Curator.objects.get_or_create(username="curator", defaults=made)
session = sign_in(Client(), curator).cookies["sessionid"].value
pk = Resource.objects.published().filter(lifecycle="running").order_by("pk")[0].pk
print(session, f"/admin/resources/resource/{pk}/change/")
"""
SAVED = "from resources.models import Resource; print(Resource.objects.filter(award={!r}).count())"


def rehearse(url: str, commit: str, folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Each step, and what was wrong in it."""
    with code_of(commit, folder / "before") as root:
        old, new = Served(folder, url, root=root), Served(folder, url)
        old.prepare()
        yield "the earlier code on its own schema", _worked(old, "before")
        yield "the present code before it is migrated", _answers_for_itself(new)
        new.prepare()
        yield "the present code on the new schema", _worked(new, "after")
        yield "the earlier code on the new schema", _worked(old, "earlier, after")
        yield "the present code once more", _worked(new, "once more")


def _worked(site: Served, text: str) -> list[str]:
    """Read pages and save; what went wrong."""
    session, form = site.manage("shell", "-c", SIGN_IN).split()[-2:]
    site.start()
    try:
        with httpx.Client(base_url=site.url, timeout=60) as visitor:
            found = _bad(visitor, (*PAGES, "/api/hsds/services", "/healthz"))
        answer = Curator(site, session, form).save(text)
        if not was_saved(answer):
            found.append(f"a save was answered {answer.status_code}")
        elif site.manage("shell", "-c", SAVED.format(text)).split()[-1] != "1":
            found.append("what was saved is not there")
    finally:
        site.stop()
    return found


def _bad(visitor: httpx.Client, pages: tuple[str, ...]) -> list[str]:
    answers = [visitor.get(page) for page in pages]
    return [f"{a.url.path}: {a.status_code}" for a in answers if a.status_code != HTTPStatus.OK]


def _answers_for_itself(site: Served) -> list[str]:
    """Where migrations are missing it has to say so; where none is, it has to be ready."""
    pending = "[ ]" in site.manage("showmigrations", "--plan")
    site.start()
    try:
        with httpx.Client(base_url=site.url, timeout=60) as visitor:
            ready, bad = visitor.get("/readyz"), _bad(visitor, PAGES)
    finally:
        site.stop()
    tell(f"{'some' if pending else 'no'} migrations are missing: /readyz says {ready.text!r}")
    tell(f"pages that do not go without them: {bad or 'none'}")
    said = (HTTPStatus.SERVICE_UNAVAILABLE, "migrations") if pending else (HTTPStatus.OK, "ok")
    return [] if (ready.status_code, ready.text) == said else [f"/readyz says {ready.text!r}"]


def main() -> None:
    """Rehearse, and say what was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.upgrade")
    parser.add_argument("--from", dest="commit", help="default: the newest tag, else see releases")
    parser.add_argument("--databases", default="sqlite,postgresql")
    options = parser.parse_args()
    commit = options.commit or previous()
    tell(f"From {short(commit)}")
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="directory-upgrade-") as name, ExitStack() as stack:
        for database, url in urls(options.databases.split(","), Path(name), stack, tell).items():
            folder = Path(name) / database
            folder.mkdir()
            for step, trouble in rehearse(url, commit, folder):
                print(f"{database}, {step}: {trouble or 'well'}", flush=True)
                wrong += bool(trouble)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    run(main)
