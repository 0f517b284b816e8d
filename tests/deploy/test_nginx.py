"""What the example for nginx keeps, and what it answers when nobody is behind it.

The application is played here, so that ages and answers can be chosen. `make rehearse-deploy` does
the same with the directory itself.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.deploy.nginx import PROGRAM, Nginx
from tests.served import PATIENCE

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(PROGRAM is None, reason="nginx is not installed"),
]

SHARED = "public, max-age=60, stale-while-revalidate=10, stale-if-error=86400"


class Application:
    """Plays the application: what it says can be changed, and it can be away."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.says = "first"
        self.keeps = SHARED
        self.statuses: dict[str, int] = {}  # of pages that are not as they were
        self.forgets = False  # to say that a page is private
        self.breaks = False  # off without an answer
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.port = self.server.server_address[1]
        self._serve()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        played = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                played.asked.append((self.command, self.path))
                cookie = self.headers.get("Cookie", "")
                body = f"{played.says} {cookie}".strip().encode()
                status = played.statuses.get(self.path, 200)
                private = cookie or "?" in self.path or status >= 400
                private = private or self.path.startswith(("/search", "/l/", "/es/l/"))
                private = private and not played.forgets
                if played.breaks:
                    self.connection.close()
                    return
                self.send_response(status)
                self.send_header("Cache-Control", "private, no-cache" if private else played.keeps)
                self.send_header("ETag", f'W/"{played.says}"')
                self.send_header("Vary", "Accept-Encoding")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_POST = do_GET  # noqa: N815

            def log_message(self, *said: object) -> None:
                """Say nothing."""

        return Handler

    def _serve(self) -> None:
        Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        ).start()

    def go(self) -> None:
        """Be away: nobody listens any more."""
        self.server.shutdown()
        self.server.server_close()

    def come_back(self) -> None:
        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), self._handler())
        self._serve()


@pytest.fixture
def application() -> Iterator[Application]:
    played = Application()
    yield played
    played.go()


@pytest.fixture
def nginx(application: Application, tmp_path: Path) -> Iterator[Nginx]:
    started = Nginx(tmp_path, application.port)
    started.start()
    yield started
    started.stop()


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, "it never came to be so"
        time.sleep(0.1)


@contextmanager
def away(application: Application) -> Iterator[None]:
    application.go()
    yield
    application.come_back()


def test_the_example_has_no_fault(tmp_path: Path) -> None:
    assert Nginx(tmp_path, 8000).complaints() == ""


class TestKept:
    def test_a_page_is_asked_for_once(self, nginx: Nginx, application: Application) -> None:
        answers = [nginx.ask("/about/", accept_encoding=kind) for kind in ("gzip", "br", "")]

        assert [answer.body for answer in answers] == ["first"] * 3
        assert answers[0].headers["cache-control"] == SHARED
        assert len(application.asked) == 1

    def test_a_reader_who_has_it_is_told_so(self, nginx: Nginx) -> None:
        etag = nginx.ask("/about/").headers["etag"]

        assert nginx.ask("/about/", if_none_match=etag).status == 304

    @pytest.mark.parametrize("path", ["/search/", "/about/?q=canary"])
    def test_what_is_private_is_asked_for_each_time(
        self, nginx: Nginx, application: Application, path: str
    ) -> None:
        nginx.ask(path)
        nginx.ask(path)

        assert len(application.asked) == 2
        assert not [path for path in nginx.cache.rglob("*") if path.is_file()]

    def test_a_question_is_not_answered_with_the_page_without_it(
        self, nginx: Nginx, application: Application
    ) -> None:
        nginx.ask("/about/")
        application.says = "answered"

        assert nginx.ask("/about/?insurance=none").body == "answered"

    def test_a_reader_with_a_list_gets_and_gives_no_kept_page(
        self, nginx: Nginx, application: Application
    ) -> None:
        application.keeps = SHARED
        own = nginx.ask("/about/", cookie="__Host-list=1:a:b")
        assert own.body == "first __Host-list=1:a:b"
        assert nginx.ask("/about/").body == "first"

        application.says = "second"
        assert nginx.ask("/about/", cookie="__Host-list=1:a:b").body == "second __Host-list=1:a:b"
        assert nginx.ask("/about/").body == "first"
        assert b"list=1:a:b" not in nginx.everything_written()

    @pytest.mark.parametrize(
        ("path", "cookie"),
        [
            ("/about/", "list=1:a:b"),
            ("/about/", "__Host-list=1:a:b"),
            ("/about/", "other=1; __Host-list=1:a:b"),
            ("/about/?insurance=none", ""),
        ],
    )
    def test_it_keeps_nothing_personal_even_if_the_application_forgets_to_say_so(
        self, nginx: Nginx, application: Application, path: str, cookie: str
    ) -> None:
        application.forgets = True
        nginx.ask(path, cookie=cookie)

        assert not [kept for kept in nginx.cache.rglob("*") if kept.is_file()]

    def test_other_cookies_are_none_of_its_business(
        self, nginx: Nginx, application: Application
    ) -> None:
        application.keeps = "private, no-cache"
        nginx.ask("/about/", cookie="sessionid=x")

        assert nginx.ask("/about/").body == "first"

    def test_once_it_is_no_longer_fresh_it_is_as_the_application_says(
        self, nginx: Nginx, application: Application
    ) -> None:
        gone = {"/moved/": 301, "/nothing/": 404, "/withdrawn/": 410}
        failed = {"/broken/": 500, "/without-database/": 503}
        application.keeps = "public, max-age=1, stale-if-error=86400"
        for path in (*gone, *failed, "/newer/"):
            assert nginx.ask(path).body == "first"
        application.says, application.statuses = "second", {**gone, **failed}

        until(lambda: nginx.ask("/newer/").body == "second")
        assert {path: nginx.ask(path).status for path in gone} == gone
        # What it fails at goes on as it was.
        assert [(nginx.ask(path).status, nginx.ask(path).body) for path in failed] == [
            (200, "first"),
            (200, "first"),
        ]


class TestAway:
    def test_a_page_goes_on_for_as_long_as_it_says_and_heals(
        self, nginx: Nginx, application: Application
    ) -> None:
        application.keeps = "public, max-age=1, stale-if-error=86400"
        nginx.ask("/about/")
        application.keeps = "public, max-age=1, stale-if-error=1"
        nginx.ask("/shorter/")
        with away(application):
            until(lambda: nginx.ask("/shorter/").status == 503)
            answer = nginx.ask("/about/")
            assert (answer.status, answer.body) == (200, "first")
            assert nginx.ask("/about/", "HEAD").status == 200
        application.says = "second"
        until(lambda: nginx.ask("/about/").body == "second")

    def test_a_page_stands_in_for_its_questions_and_for_readers_with_a_list(
        self, nginx: Nginx, application: Application
    ) -> None:
        nginx.ask("/about/")
        with away(application):
            assert nginx.ask("/about/?insurance=none").body == "first"
            assert nginx.ask("/about/", cookie="__Host-list=1:a:b").body == "first"

    def test_the_copy_stands_in_for_what_is_not_kept(
        self, nginx: Nginx, application: Application
    ) -> None:
        (nginx.copy / "search").mkdir(parents=True)
        (nginx.copy / "search" / "index.html").write_text("the copy")
        with away(application):
            answer = nginx.ask("/search/?q=canary")
        assert (answer.status, answer.body) == (200, "the copy")
        assert answer.headers["cache-control"] == "no-cache"
        assert "default-src 'none'" in answer.headers["content-security-policy"]

    @pytest.mark.parametrize(
        ("path", "method"),
        [("/search/?q=canary", "GET"), ("/admin/", "GET"), ("/find-help/", "POST")],
    )
    def test_a_page_says_so_where_nothing_stands_in(
        self, nginx: Nginx, application: Application, path: str, method: str
    ) -> None:
        with away(application):
            answer = nginx.ask(path, method)
        assert answer.status in (502, 503)
        assert "988" in answer.body
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["retry-after"] == "60"

    def test_what_was_sent_is_not_sent_twice(self, nginx: Nginx, application: Application) -> None:
        application.breaks = True
        answer = nginx.ask("/about/", "POST")

        assert (answer.status, "988" in answer.body) == (503, True)
        assert application.asked == [("POST", "/about/")]


def test_nothing_that_somebody_typed_is_written_anywhere(
    nginx: Nginx, application: Application
) -> None:
    asked = ("/search/?q=canary", "/about/?q=canary", "/l/canary", "/es/l/canary/")
    for path in asked:
        nginx.ask(path, referer="http://127.0.0.1/search/?q=canary", user_agent="canary")
    with away(application):
        for path in asked:
            nginx.ask(path, referer="http://127.0.0.1/search/?q=canary")
    written = nginx.everything_written()

    assert b"GET /search/" in written
    assert b'"GET /es/l/..."' in written
    assert b"canary" not in written
    assert "127.0.0.1" not in nginx.log


def test_what_watches_the_application_is_not_for_everybody(nginx: Nginx) -> None:
    assert [nginx.ask(path).status for path in ("/metrics", "/readyz")] == [404, 404]
