"""Send marked words to a server, each in its own way."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
from django.test import override_settings
from django.urls import URLPattern

from resources import urls
from resources.forms import tickets
from tests.attack.marked.ways import mark
from tests.browser.pages import RESOURCE
from tests.second_factor import code_of
from tests.served import Served

# Every name that a public page reads, in its address or in a form.
NAMES = (
    *("q", "need", "condition", "medicine", "insurance", "area", "status", "language", "category"),
    *(
        "order",
        "page",
        "view",
        "sort",
        "year",
        "checked_on",
        "insured",
        "facet",
        "letter",
        "format",
    ),
    *("illness", "place", "people", "income", "period", "age", "change", "more", "hide"),
    *("text", "email", "name", "website", "why", "wrong", "subject", "about", "phone", "ticket"),
    *("resource", "wants", "agrees", "alert", "code", "reading", "large", "size", "add", "remove"),
    *("note", "note-1", "what-it-calls-itself", "modified_after", "search", "taxonomy_term_id"),
)
# More than is held in memory: it goes through a temporary file.
LARGE = 3 * 2**20
HEADERS = (
    *("User-Agent", "Referer", "Accept", "Accept-Language", "Authorization", "Origin", "Range"),
    *("If-None-Match", "If-Modified-Since", "X-Forwarded-For", "Forwarded", "X-Request-ID"),
    *("HX-Current-URL", "HX-Prompt", "HX-Trigger-Name", "DNT", "Sec-GPC", "X-CSRFToken"),
)


@dataclass
class Sender:
    """Speaks to one server; `cookies` and `statuses` are what it answered."""

    site: Served
    cookies: list[str] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # A connection for each: the server closes one on which it left a large file unread.
        anew = httpx.Limits(max_keepalive_connections=0)
        self._client = httpx.Client(base_url=self.site.url, timeout=60, limits=anew)

    def send(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Send one request of somebody who comes for the first time."""
        self._client.cookies.clear()
        return self.go_on(method, path, **more)

    def go_on(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Send one with the cookies that came before."""
        answer = self._client.request(method, path, **more)
        self.cookies += answer.headers.get_list("Set-Cookie")
        self.statuses[answer.status_code] = self.statuses.get(answer.status_code, 0) + 1
        return answer

    def close(self) -> None:
        self._client.close()

    # --- The public pages

    def ask_everywhere(self) -> None:
        """Ask every page with marked parameters, and send it marked forms, files and headers."""
        query, form = dict.fromkeys(NAMES, mark("query")), dict.fromkeys(NAMES, mark("form"))
        odd = dict.fromkeys(HEADERS, mark("header"))
        kept = "; ".join(f"{name}={mark('cookie')}" for name in ("list", "sessionid", "csrftoken"))
        for path in _paths():
            self.send("GET", path, params=query)
            self.send("GET", path, headers={**odd, "Cookie": kept})
            self.send("POST", path, params=query, data=form)
        for path in ("/report/", "/find-help/", "/search/", "/alerts/", "/list/", "/nowhere/"):
            self.send("POST", path, json={"q": mark("json")})
            file = (f"{mark('file')}.csv", mark("file") * (LARGE // 12), "text/csv")
            self.send("POST", path, data={"text": mark("form")}, files={"file": file})
        foreign = {"Origin": f"https://{mark('header')}.example"}
        self.send("POST", "/report/", data={"text": mark("form")}, headers=foreign)
        self.send("GET", f"/{mark('path')}/{mark('path')}/", params={"q": mark("query")})
        self.send("GET", "/search/", headers={"Host": f"{mark('host')}.example"})

    def ask_well(self) -> None:
        """Send what people send, with a marked word in its place."""
        family = {"illness": mark("form"), "place": "Ohio", "income": "40000", "people": "2"}
        self.send("POST", "/find-help/", data={"need": "copay", **family})
        self.send("POST", "/find-help/", data={"need": "copay", "medicine": mark("form"), **family})
        self.send("POST", RESOURCE, data=family)
        self.send("GET", "/search/", params={"q": f"{mark('query')} copay ohio"})
        self.send("GET", "/suggestions/", params={"q": mark("query")})
        for path in ("/list/print/", "/list/csv/", "/list/reminder/"):
            self.send(
                "POST", path, data={"code": "1", "note": mark("note"), "note-1": mark("note")}
            )
        self.go_on("POST", "/list/add/", data={"resource": "1", "note": mark("note")})

    def write(self) -> None:
        """Send what is kept: a report, a suggestion, an address for alerts; and one refused."""
        told = {"wrong": "contact", "ticket": self._ticket("report")}
        self.send("POST", "/report/", data={**told, "text": mark("report")})
        self.send("POST", "/report/", data={**told, "text": mark("refusedreport"), "subject": "x"})
        suggested = {"name": mark("suggestion"), "ticket": self._ticket("suggest")}
        self.send("POST", "/suggest/", data=suggested)
        wish = {"email": f"{mark('alert')}@example.org", "wants": "opening", "agrees": "1"}
        wish |= {"need": "copay", "ticket": self._ticket("alert")}
        self.send("POST", "/alerts/", data=wish)

    def _ticket(self, form: str) -> str:
        with override_settings(SECRET_KEY=self.site.environment["SECRET_KEY"]):
            return tickets.handed_out(form, time.time() - 60)

    def make_trouble(self) -> None:
        """Have the server, and the database, go wrong over a marked word."""
        self.send("GET", "/crash", params={"q": mark("crash")})
        for path in ("/broken-query", "/no-number"):
            self.send("GET", path, params={"q": mark("brokenquery")})
        self.send("GET", "/slow-query", params={"q": mark("slowquery")})

    # --- The desk

    def knock(self) -> None:
        """Try to sign in with marked names, and ask for a new password."""
        self._post_at_desk(
            "/admin/login/", {"login": mark("name"), "password": mark("password")}, first=True
        )
        forgotten = {"email": f"{mark('forgotten')}@example.org"}
        self._post_at_desk("/admin/password_reset/", forgotten, first=True)

    def sign_in(self, login: str, password: str) -> None:
        """Sign in with an app, the first code being wrong. Raises where it was not let in."""
        said = {"login": login, "password": password}
        self._post_at_desk("/admin/login/", said, first=True)
        self._post_at_desk("/admin/second-factor/show/", {"code": mark("code")})
        self._post_at_desk("/admin/second-factor/show/", {"code": code_of()})
        answer = self.go_on("GET", "/admin/")
        if answer.status_code != 200:
            raise RuntimeError(f"not signed in: {answer.status_code} {answer.headers}")

    def work(self, slug: str) -> None:
        """Search at the desk, upload files, send forms that are refused."""
        resources = "/admin/resources/resource/"
        self.go_on("GET", resources, params={"q": mark("desksearch"), "o": mark("desksearch")})
        self.go_on("GET", "/admin/searches/", params={"q": mark("desksearch")})
        self._post_at_desk("/admin/resources/need/add/", {"name": mark("refusedform")})
        refused = mark("refusedfile").encode() * (LARGE // 16)
        self._upload(f"{mark('refusedfile')}.xlsx", refused)
        sheet = f"slug,name\r\n{slug},{mark('sheet')}\r\n"
        self._upload(f"{mark('sheetname')}.csv", sheet.encode())

    def _upload(self, name: str, content: bytes) -> None:
        self._post_at_desk("/admin/resources/resource/import/", {}, files={"file": (name, content)})

    def _post_at_desk(
        self, path: str, said: dict[str, str], *, first: bool = False, **more: Any
    ) -> None:
        """Send a form of the desk with the token that its page has in it."""
        page = (self.send if first else self.go_on)("GET", path).text
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        said = {"csrfmiddlewaretoken": token[1] if token else "", **said}
        self.go_on("POST", path, data=said, **more)


def _paths() -> Iterator[str]:
    """The address of every public page, with a marked word where it takes one."""
    for pattern in (*urls.pages, *urls.files):
        yield f"/{_filled(pattern)}"
    yield from (RESOURCE, f"/es{RESOURCE}", "/es/search/", "/es/find-help/")


def _filled(pattern: URLPattern) -> str:
    route = re.sub(r"<[^>]+>|\(\?P<\w+>[^)]*\)", mark("path"), str(pattern.pattern))
    return re.sub(r"[\^$?]|\\Z", "", route)
