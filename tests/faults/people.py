"""Curators who save and readers who read and report, all over HTTP, each in a thread of their own.

They note what was acknowledged, and what they were told that nobody should be told.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from itertools import count

import httpx

from tests.admin.browser_form import form_of
from tests.served import Served

PATIENCE = 60  # seconds for one answer
PAGES = (
    "/",
    "/search/?q=gleevec+copay+help",
    "/search/?need=copay&state=OH",
    "/open-now/",
    "/conditions/leukemia/",
    "/es/",
)


@dataclass
class Heard:
    """What all of them heard: acknowledged texts, complaints, how many had no answer."""

    saved: list[str] = field(default_factory=list)
    reported: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    unanswered: int = 0
    read: int = 0
    slowest: float = 0.0

    @property
    def acknowledged(self) -> dict[str, list[str]]:
        """What has to be there."""
        return {"saved": self.saved, "reported": self.reported}


class Curator:
    """Somebody at the desk, who changes one entry again and again."""

    def __init__(self, site: Served, session: str, form: str) -> None:
        self.client = httpx.Client(
            base_url=site.url, timeout=PATIENCE, cookies={"sessionid": session}
        )
        self.form = form

    def save(self, text: str) -> httpx.Response:
        """Open the form, write the text into it, and save."""
        page = self.open()
        return self.send(page, text) if page.status_code == HTTPStatus.OK else page

    def open(self) -> httpx.Response:
        """The form."""
        return self.client.get(self.form)

    def send(self, page: httpx.Response, text: str) -> httpx.Response:
        """The answer to the form with this text in it."""
        return self.client.post(self.form, data=form_of(page, award=text, _save="x"))  # type: ignore[arg-type]


class Reader:
    """Somebody who reads, and reports what is wrong; each from an address of their own."""

    def __init__(self, site: Served, number: int, ticket: str) -> None:
        self.ticket = ticket
        sender = f"10.0.{number // 250}.{number % 250 + 1}"
        self.client = httpx.Client(
            base_url=site.url, timeout=PATIENCE, headers={"X-Forwarded-For": sender}
        )

    def report(self, text: str) -> httpx.Response:
        """Say that something is wrong with the first page."""
        form = {"about": "/", "wrong": "other", "text": text, "ticket": self.ticket}
        return self.client.post("/report/", data=form)


def was_saved(answer: httpx.Response) -> bool:
    """Whether the desk says that it has saved: it leads on to another page."""
    return answer.status_code == HTTPStatus.FOUND


@dataclass
class Team:
    """Who may work: sessions of curators with a form of each, and a ticket for reports."""

    curators: list[list[str]]
    ticket: str


@contextmanager
def at_work(site: Served, team: Team, *, reporters: int = 2, readers: int = 2) -> Iterator[Heard]:
    """All of them are at work while the block runs. Who gets no answer at all goes home."""
    heard, done = Heard(), threading.Event()
    threads = [
        threading.Thread(target=_curate, args=(Curator(site, *each), heard, done))
        for each in team.curators
    ]
    threads += [
        threading.Thread(
            target=_report, args=(Reader(site, number, team.ticket), number, heard, done)
        )
        for number in range(reporters)
    ]
    threads += [
        threading.Thread(
            target=_read, args=(Reader(site, number, team.ticket), number, heard, done)
        )
        for number in range(readers)
    ]
    for thread in threads:
        thread.start()
    try:
        yield heard
    finally:
        done.set()
        for thread in threads:
            thread.join()


def wait_for_work(heard: Heard) -> None:
    """Wait until somebody has saved and somebody has reported; not doing so is complained of."""
    until = time.monotonic() + 2 * PATIENCE
    while not (heard.saved and heard.reported):
        if time.monotonic() > until:
            heard.complaints.append("nobody could save, or nobody could report")
            return
        time.sleep(0.01)


def _curate(curator: Curator, heard: Heard, done: threading.Event) -> None:
    for number in count():
        text = f"{curator.form} {time.time_ns()} {number}"
        try:
            answer = curator.save(text)
        except httpx.HTTPError:
            heard.unanswered += 1
            return
        if was_saved(answer):
            heard.saved.append(text)
        else:
            heard.complaints.append(f"a curator was answered {answer.status_code}")
        if done.is_set():
            return


def _report(reader: Reader, own: int, heard: Heard, done: threading.Event) -> None:
    for number in count():
        text = f"wrong {own} {time.time_ns()} {number}"
        try:
            answer = reader.report(text)
        except httpx.HTTPError:
            heard.unanswered += 1
            return
        if answer.status_code == HTTPStatus.FOUND:
            heard.reported.append(text)
        elif answer.status_code != HTTPStatus.TOO_MANY_REQUESTS:
            heard.complaints.append(f"a report was answered {answer.status_code}")
        if done.wait(0.3):
            return


def _read(reader: Reader, own: int, heard: Heard, done: threading.Event) -> None:
    for number in count(own):
        began = time.monotonic()
        try:
            answer = reader.client.get(PAGES[number % len(PAGES)])
        except httpx.HTTPError:
            heard.unanswered += 1
            return
        heard.read += 1
        heard.slowest = max(heard.slowest, time.monotonic() - began)
        if answer.status_code != HTTPStatus.OK:
            heard.complaints.append(f"{answer.url.path} was answered {answer.status_code}")
        if done.wait(0.05):
            return
