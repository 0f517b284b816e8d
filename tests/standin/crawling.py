"""Goes through a copy as a browser without script would, served by Python's own web server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from html import unescape
from http.client import HTTPConnection
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

LINK = re.compile(r"<(\w+)\s[^>]*?(?:href|src|action)=\"([^\"]*)\"")
IDS = re.compile(r'\sid="([^"]*)"')

# What a browser asks for by itself, where an <a> waits for somebody to follow it.
ASKED_FOR = frozenset({"link", "script", "img", "iframe", "source"})


class Quiet(SimpleHTTPRequestHandler):
    """A web server without any setting, that writes no log."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name it has there
        pass


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine; gives its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def crawl(start: str) -> tuple[dict[str, str], list[str]]:
    """Every page that can be reached, by path; and dead links, requests elsewhere, forms."""
    own = urlsplit(start)
    connection = HTTPConnection(own.hostname or "", own.port)
    pages: dict[str, str] = {}
    wrong: list[str] = []
    ahead, seen, fragments = [start], {start}, set[tuple[str, str, str]]()
    while ahead:
        address = ahead.pop()
        path = urlsplit(address).path
        connection.request("GET", path)
        answer = connection.getresponse()
        content = answer.read()
        if answer.status != 200:
            wrong.append(f"{path}: {answer.status}")
            continue
        if not (answer.getheader("Content-Type") or "").startswith("text/html"):
            continue
        page = pages[path] = content.decode()
        for what in ("<form", "<script src", "<button"):
            if what in page:
                wrong.append(f"{path}: has {what}")
        for tag, link in LINK.findall(page):
            leads = urlsplit(urljoin(address, unescape(link)))
            if leads.scheme not in ("http", "https"):
                continue
            if leads.netloc != own.netloc:
                if tag in ASKED_FOR:
                    wrong.append(f"{path}: asks {leads.netloc}")
                continue
            target, fragment = urldefrag(leads.geturl())
            if fragment:
                fragments.add((path, leads.path, fragment))
            if target not in seen:
                seen.add(target)
                ahead.append(target)
    connection.close()
    wrong += [
        f"{path}: nothing is #{fragment} on {leads}"
        for path, leads, fragment in sorted(fragments)
        if leads in pages and fragment not in IDS.findall(pages[leads])
    ]
    return pages, wrong
