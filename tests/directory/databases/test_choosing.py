"""What a request is read from, with databases that exist in name only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from unittest.mock import MagicMock

import pytest
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from directory.databases import asking, reading
from directory.databases.middleware import ChooseDatabase, only_reads
from directory.databases.watch import Watch

SENT = {"about": "The <number> is wrong", "where": "/resources/x/"}


@pytest.fixture
def watch() -> Watch:
    found = Watch(["default", "replica_1", "replica_2"])
    for alias in ("default", "replica_1", "replica_2"):
        found.saw(alias, 10)
    return found


@pytest.fixture(autouse=True)
def _connections(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(asking, "connections", MagicMock())
    yield
    reading.read_where_written()


def choose(watch: Watch, request: HttpRequest, view: Any) -> Any:
    return ChooseDatabase(lambda _request: HttpResponse(), watch).process_view(
        request, view, (), {}
    )


def test_a_page_is_read_from_a_replica(watch: Watch, rf: RequestFactory) -> None:
    answer = choose(watch, rf.get("/"), lambda request: HttpResponse(reading.alias()))

    assert answer.content.decode().startswith("replica_")


def test_a_page_is_asked_of_the_next_where_one_breaks_off(watch: Watch, rf: RequestFactory) -> None:
    asked = []

    def view(request: HttpRequest) -> HttpResponse:
        asked.append(reading.alias())
        if reading.alias() != "default":
            raise OperationalError("terminating connection due to administrator command")
        return HttpResponse("read")

    assert choose(watch, rf.get("/"), view).content == b"read"
    assert len(asked) == 3
    assert watch.to_read()[0] == "default"  # nobody asks those that broke off


def test_a_page_is_asked_of_the_next_where_a_replica_is_behind(
    watch: Watch, rf: RequestFactory
) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        if reading.has_others() and reading.alias() != "default":
            raise reading.Behind
        return HttpResponse(reading.alias())

    assert choose(watch, rf.get("/"), view).content == b"default"
    assert watch.is_up("replica_1")


def test_what_is_behind_is_read_where_the_others_are_down(watch: Watch, rf: RequestFactory) -> None:
    watch.failed("default")
    watch.failed("replica_2")
    asked = []

    def view(request: HttpRequest) -> HttpResponse:
        asked.append((reading.alias(), reading.has_others()))
        if reading.has_others():
            raise reading.Behind
        return HttpResponse("read")

    assert choose(watch, rf.get("/"), view).content == b"read"
    assert asked == [("replica_1", True), ("replica_1", False)]


def test_what_is_behind_is_read_where_the_primary_goes_at_that_moment(
    watch: Watch, rf: RequestFactory
) -> None:
    watch.failed("replica_2")

    def view(request: HttpRequest) -> HttpResponse:
        if reading.alias() == "default":
            raise OperationalError("gone")
        if reading.has_others():
            raise reading.Behind
        return HttpResponse(reading.alias())

    assert choose(watch, rf.get("/"), view).content == b"replica_1"
    assert not watch.is_up("default")


def test_whoever_answers_later_is_asked_as_the_only_one(watch: Watch, rf: RequestFactory) -> None:
    """Such as the page that says "not found", which is made after the view."""

    def view(request: HttpRequest) -> HttpResponse:
        raise Http404

    with pytest.raises(Http404):
        choose(watch, rf.get("/"), view)
    assert reading.alias().startswith("replica_")
    assert not reading.has_others()


def test_a_request_goes_on_with_the_primary_where_a_replica_was_behind(watch: Watch) -> None:
    def read() -> str:
        if reading.alias() != "default" and reading.has_others():
            raise reading.Behind
        return reading.alias()

    assert asking.ask(read, watch) == "default"
    assert asking.ask(reading.alias, watch) == "default"

    reading.read_where_written()
    assert asking.ask(reading.alias, watch).startswith("replica_")


def test_the_last_error_is_told_where_nothing_answers(watch: Watch, rf: RequestFactory) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        raise OperationalError(reading.alias())

    with pytest.raises(OperationalError, match="default"):
        choose(watch, rf.get("/"), view)


def test_other_errors_are_the_views_own(watch: Watch, rf: RequestFactory) -> None:
    view = MagicMock(side_effect=ValueError, csrf_exempt=False, only_reads=False)

    with pytest.raises(ValueError, match=r"^$"):
        choose(watch, rf.get("/"), view)
    assert view.call_count == 1


def test_all_of_a_request_is_read_in_one_place(watch: Watch, rf: RequestFactory) -> None:
    def read() -> str:
        return reading.alias()

    for _time in range(20):
        reading.read_where_written()
        first = asking.ask(read, watch)
        assert [asking.ask(read, watch) for _time in range(5)] == [first] * 5

    watch.failed(first)
    assert asking.ask(read, watch) != first


@pytest.mark.django_db
def test_a_stream_stays_with_what_it_began_with(watch: Watch, rf: RequestFactory) -> None:
    def lines() -> Iterator[str]:
        yield reading.alias()

    answer = choose(watch, rf.get("/"), lambda request: StreamingHttpResponse(lines()))

    assert b"".join(answer.streaming_content).startswith(b"replica_")
    answer.close()
    assert reading.alias() == "default"


def test_the_desk_reads_where_it_writes(watch: Watch, rf: RequestFactory) -> None:
    view = MagicMock(csrf_exempt=False, only_reads=False, changes_nothing=False)

    assert choose(watch, rf.get("/admin/"), view) is None
    assert reading.alias() == "default"


@pytest.mark.parametrize(
    ("method", "path", "waits"),
    [
        ("post", "/admin/resources/resource/1/change/", True),
        ("get", "/admin/resources/resource/1/change/", False),
        ("post", "/report/", False),
    ],
)
def test_what_a_curator_saved_is_waited_for(
    watch: Watch,
    rf: RequestFactory,
    monkeypatch: pytest.MonkeyPatch,
    method: str,
    path: str,
    waits: bool,
) -> None:
    wait = MagicMock(side_effect=OperationalError)
    monkeypatch.setattr(watch, "wait_for_replicas", wait)

    answer: Any = ChooseDatabase(lambda _request: HttpResponse("saved"), watch)(
        getattr(rf, method)(path)
    )

    assert (wait.call_count == 1) is waits
    assert answer.content == b"saved"


def test_a_form_that_keeps_something_is_read_where_it_writes(
    watch: Watch, rf: RequestFactory
) -> None:
    view = MagicMock(csrf_exempt=True, only_reads=False, changes_nothing=False)

    assert choose(watch, rf.get("/report/"), view) is None
    assert choose(watch, rf.post("/report/"), view) is None


def test_a_form_that_only_asks_is_read_from_a_replica(watch: Watch, rf: RequestFactory) -> None:
    @only_reads
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(reading.alias())

    view.csrf_exempt = True  # type: ignore[attr-defined]

    assert choose(watch, rf.post("/find-help/"), view).content.startswith(b"replica_")


@pytest.mark.parametrize("path", ["/report/", "/admin/resources/resource/1/change/"])
def test_what_cannot_be_saved_comes_back_whole(watch: Watch, rf: RequestFactory, path: str) -> None:
    watch.failed("default")
    view = MagicMock(csrf_exempt=True, only_reads=False, changes_nothing=False)

    answer = choose(watch, rf.post(path, SENT), view)

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"
    assert "no-store" in answer.headers["Cache-Control"]
    page = answer.content.decode()
    assert "Read-only for now" in page
    assert f'action="{path}"' in page
    assert 'name="about" value="The &lt;number&gt; is wrong"' in page
    view.assert_not_called()


@pytest.mark.parametrize("secret", ["password", "new_password1", "code"])
def test_no_secret_is_written_into_a_page(watch: Watch, rf: RequestFactory, secret: str) -> None:
    watch.failed("default")
    view = MagicMock(csrf_exempt=True, only_reads=False, changes_nothing=False)

    page = choose(watch, rf.post("/admin/login/", {secret: "canary"}), view).content.decode()

    assert "canary" not in page
    assert "send it again" in page.lower()


def test_the_page_of_a_public_form_opens_all_the_same(watch: Watch, rf: RequestFactory) -> None:
    watch.failed("default")

    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(reading.alias())

    view.csrf_exempt = True  # type: ignore[attr-defined]

    assert choose(watch, rf.get("/report/"), view).content.startswith(b"replica_")
    assert choose(watch, rf.get("/admin/"), view).status_code == 503


# Public forms that keep something: all others take what is asked and save nothing.
KEEPS = {
    *("report", "suggest", "still_right"),
    *("alerts", "alert_confirm", "alert_stop", "my_alerts"),
}


def test_every_public_form_says_whether_it_keeps_something() -> None:
    keeps = {
        pattern.name
        for pattern in public_patterns(get_resolver())
        if getattr(pattern.callback, "csrf_exempt", False)
        and not getattr(pattern.callback, "only_reads", False)
        and not getattr(pattern.callback, "changes_nothing", False)
    }

    assert keeps == KEEPS


def public_patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        elif not str(pattern.pattern).startswith("admin/"):
            yield from public_patterns(pattern)


@pytest.mark.django_db
def test_a_database_that_fails_is_told_from_a_fault(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.raise_request_exception = False
    monkeypatch.setattr(
        "resources.models.Edition.current", MagicMock(side_effect=OperationalError("disk full"))
    )

    read, sent = client.get("/"), client.post("/report/", SENT)

    assert (read.status_code, sent.status_code) == (503, 503)
    assert "We cannot open the directory right now" in read.content.decode()
    assert 'name="about" value="The &lt;number&gt; is wrong"' in sent.content.decode()
