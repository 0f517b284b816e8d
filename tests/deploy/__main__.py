"""Rehearse a deployment: `make rehearse-deploy`.

What `docs/deploying.md` puts on a machine is put into a folder: a release, the environment file,
the commands of the units, nginx from its example. Then the web server is killed, and started again.
"""

from __future__ import annotations

import argparse
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests import postgresql
from tests.deploy.nginx import Answer, Nginx
from tests.deploy.units import Machine, all_units
from tests.served import ROOT, free_port

CANARY = "zebrafinch"
RESOURCE = "/resources/american-cancer-society-road-to-recovery/"
PAGES = ("/", "/es/", RESOURCE, f"/es{RESOURCE}", "/needs/copay/", "/open-now/", "/about/")
PATIENCE = 120  # seconds that anything may take on a busy machine
SEEN_WITHIN = 60  # seconds in which a published change is to be seen: docs/objectives.md

CHANGE = f"""
from resources import publishing
from resources.models import Resource
changed = Resource.objects.get(slug={RESOURCE.split("/")[2]!r})
changed.name = "Renamed in a rehearsal"
changed.save()
publishing.publish(by="rehearsal", entries=[changed])
"""


class Site:
    """A machine in a folder, and the processes on it."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.folder = folder
        self.web_port = free_port()
        self.nginx = Nginx(folder / "nginx", self.web_port, is_secure=True)
        self.nginx.folder.mkdir()
        self.units = all_units()
        self.machine = Machine(
            {
                "/srv/directory/current": folder / "release",
                "/etc/directory": folder,
                "/var/lib/directory-copy/site": self.nginx.copy,
                "/var/lib/directory": folder / "state",
                "/var/cache/directory": folder / "cache",
                "/run/directory": folder / "run",
            },
            folder / "log",
        )
        self._write_environment(database_url)
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def _write_environment(self, database_url: str) -> None:
        text = self.machine.here((ROOT / "deploy" / "environment.example").read_text())
        for key, value in {
            "PUBLIC_URL": f"https://127.0.0.1:{self.nginx.port}",
            "SECRET_KEY": "only-for-a-rehearsal-of-a-server-that-nobody-else-can-reach-0123456789",
            "DATABASE_URL": database_url,
            "PORT": str(self.web_port),
        }.items():
            text, count = re.subn(rf"(?m)^{key}=.*$", f"{key}={value}", text)
            assert count == 1, f"the example does not set {key} once"
        (self.folder / "environment").write_text(text)

    def release(self) -> None:
        """What is tracked, in a folder of its own, as `git clone` would put it there."""
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
        )
        for name in filter(None, listed.stdout.decode().split("\0")):
            target = self.folder / "release" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target)
        (self.folder / "release" / ".venv").symlink_to(ROOT / ".venv")
        (self.folder / "state").mkdir()

    def manage(self, *arguments: str) -> None:
        """`deploy/manage` of the release."""
        subprocess.run(
            [self.folder / "release" / "deploy" / "manage", *arguments],
            env={
                "PATH": f"{os.defpath}:/usr/sbin",
                "DIRECTORY_ENVIRONMENT": str(self.folder / "environment"),
                "DIRECTORY_USER": pwd.getpwuid(os.geteuid()).pw_name,
            },
            check=True,
        )

    def start(self, name: str) -> None:
        """Start what a unit starts."""
        (self.running[name],) = self.machine.run(self.units[f"directory-{name}.service"])

    def do(self, name: str) -> None:
        """Do what a timer's unit does, to its end."""
        for process in self.machine.run(self.units[f"directory-{name}.service"]):
            held(process.returncode == 0, f"directory-{name}.service ends well")

    def kill(self, name: str) -> None:
        """As a power cut would."""
        process = self.running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def end(self, name: str) -> None:
        """As `systemctl stop` would."""
        process = self.running.pop(name)
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=60)

    def stop(self) -> None:
        """End what still runs."""
        for name in list(self.running):
            self.end(name)
        self.nginx.stop()

    def is_listening(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.web_port)) == 0


def held(is_so: bool, what: str) -> None:
    """Say that it is so, or end."""
    print(f"  {'yes' if is_so else 'NO'}  {what}", flush=True)
    if not is_so:
        sys.exit(1)


def waited(is_so: Callable[[], bool], what: str) -> None:
    """Wait until it is so; say how long that took, or end."""
    began = time.monotonic()
    while not is_so() and time.monotonic() < began + PATIENCE:
        time.sleep(0.1)
    held(is_so(), f"{what} ({time.monotonic() - began:.1f} s)")


def rehearse(site: Site) -> None:
    """Put it up, look at it, kill it, look again, start it again."""
    began = time.monotonic()
    ask = site.nginx.ask
    site.release()
    site.manage("prepare")
    site.start("web")
    site.start("worker")
    waited(site.is_listening, "the web server listens")
    for name in ("data", "copy"):
        site.do(name)
    site.nginx.start()
    print(f"Up after {time.monotonic() - began:.0f} s, without installing packages")

    first = {path: ask(path) for path in PAGES}
    held(all(page.status == 200 for page in first.values()), "pages are served")
    keeps = {page.headers["cache-control"] for page in first.values()}
    held(
        keeps == {"public, max-age=20, stale-while-revalidate=10, stale-if-error=86400"}, f"{keeps}"
    )
    held(
        ask("/about/").body == first["/about/"].body and " HIT" in site.nginx.log, "from the cache"
    )
    etag = first["/about/"].headers["etag"]
    held(ask("/about/", if_none_match=etag).status == 304, "not sent twice")
    secure = first["/"].headers
    held("content-security-policy" in secure and "set-cookie" not in secure, "headers, no cookie")

    cookie = begin_a_list(site)
    own = ask("/about/", cookie=cookie)
    held("My list (1)" in own.body, "a reader with a list sees it")
    held(own.headers["cache-control"] == "private, no-cache", "and the page is theirs alone")
    held("My list (1)" not in ask("/about/").body, "nobody else does")
    held("My list (1)" in ask("/about/", cookie=cookie).body, "and they are given no kept page")
    answered = ask("/find-help/", "POST", origin=f"https://127.0.0.1:{site.nginx.port}")
    held("no-store" in answered.headers["cache-control"], "answers are kept by nobody")
    searched = ask(f"/search/?q={CANARY}")
    held(searched.status == 200 and "private" in searched.headers["cache-control"], "search works")

    site.manage("shell", "-c", CHANGE)
    began = time.monotonic()
    waited(lambda: "Renamed in a rehearsal" in ask(RESOURCE).body, "a published change is seen")
    held(time.monotonic() - began <= SEEN_WITHIN, f"within {SEEN_WITHIN} s")
    first[RESOURCE] = ask(RESOURCE)

    site.kill("web")
    print("The web server was killed")
    down(site, first, cookie)
    waited(lambda: is_given_stale(site), "kept pages have grown old")
    down(site, first, cookie)

    site.start("web")
    waited(lambda: CANARY in ask(f"/search/?q={CANARY}").body, "search is back")
    waited(lambda: "My list (1)" in ask("/about/", cookie=cookie).body, "lists are back")
    written = site.nginx.everything_written()
    held(CANARY.encode() not in written, "no word of a search is on nginx's disk")
    held(b"My list (1)" not in written and cookie.encode() not in written, "nor anybody's list")
    held("127.0.0.1" not in site.nginx.log, "nor an address in its log")

    held(site.running["worker"].poll() is None, "the worker has been there all the time")
    site.end("worker")
    site.do("daily")  # once nobody is there to visit the links that it enqueues


def is_given_stale(site: Site) -> bool:
    """Whether nginx gives a kept page that is no longer fresh."""
    site.nginx.ask("/about/")
    return " STALE" in site.nginx.log


def begin_a_list(site: Site) -> str:
    """The cookie of a reader who has put one resource on their list."""
    found = re.search(r'name="add" value="(\d+)"', site.nginx.ask(RESOURCE).body)
    assert found, "no button adds this to a list"
    added = site.nginx.ask(
        "/list/add/",
        "POST",
        sent=f"add={found[1]}",
        content_type="application/x-www-form-urlencoded",
        origin=f"https://127.0.0.1:{site.nginx.port}",
    )
    held(added.status == 303, "a resource is put on a list")
    return added.headers["set-cookie"].partition(";")[0]


def down(site: Site, first: dict[str, Answer], cookie: str) -> None:
    """What is served while no web server is there."""
    ask = site.nginx.ask
    again = {path: ask(path) for path in first}
    same = [
        path for path, page in again.items() if (page.status, page.body) == (200, first[path].body)
    ]
    held(len(same) == len(first), f"{len(same)} of {len(first)} kept pages go on, as they were")
    plain = ask("/about/", cookie=cookie)
    held(plain.body == first["/about/"].body, "a reader with a list gets the plain page")
    unseen = ask("/needs/lodging/")
    is_copied = unseen.headers.get("x-robots-tag") == "noindex"  # as nginx says of the copy alone
    held(unseen.status == 200 and is_copied, "others come from the copy")
    searched = ask(f"/search/?q={CANARY}")
    held(
        searched.status == 200 and CANARY not in searched.body, "so does what stands for the search"
    )
    style = re.search(r'href="([^"]+\.css)"', first["/"].body)
    held(style is not None and ask(style[1]).status == 200, "with their style")
    for path, method in (("/admin/", "GET"), ("/find-help/", "POST")):
        answer = ask(path, method)
        held(answer.status >= 502 and "988" in answer.body, f"{method} {path}: says whom to call")


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """The DATABASE_URL of an empty database."""
    if kind == "sqlite":
        yield f"sqlite:///{folder}/state/db.sqlite3"
        return
    programs = postgresql.programs()
    if programs is None:
        sys.exit(postgresql.HOW_TO_GET_IT)
    with postgresql.cluster(programs) as url:
        yield url


def main() -> None:
    """On one database or both."""
    parser = argparse.ArgumentParser(prog="python -m tests.deploy")
    parser.add_argument("--on", default="sqlite,postgresql")
    for kind in parser.parse_args().on.split(","):
        print(f"On {kind}")
        with tempfile.TemporaryDirectory(prefix="directory-deploy-") as name, ExitStack() as stack:
            url = stack.enter_context(database(kind, Path(name)))
            site = Site(Path(name), url)
            stack.callback(site.stop)
            try:
                rehearse(site)
            except BaseException:
                print((site.machine.log).read_text()[-3000:] if site.machine.log.exists() else "")
                raise


if __name__ == "__main__":
    main()
