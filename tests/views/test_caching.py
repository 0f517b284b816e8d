"""Who may keep a page, and how it is told from another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.utils import timezone
from django.utils.translation import override

from directory import build
from directory.databases import reading
from directory.databases.middleware import ChooseDatabase
from resources.models import FormerSlug, LinkCheck, Publication, Resource
from resources.trust import record_sighting
from resources.views.caching import middleware, stamp
from resources.views.caching.kept import KEPT, Kept
from tests import make
from tests.views.list_reader import Reader

pytestmark = pytest.mark.django_db

SHARED = "public, max-age=20, stale-while-revalidate=10, stale-if-error=86400"
ASKED_EACH_TIME = "private, no-cache"
KEPT_BY_NOBODY = "private, no-store"

FUND = "/resources/copay-fund/"
# An address of each page that is the same for everybody.
PAGES = (
    *("/", FUND, "/organisations/helpers/", "/needs/", "/needs/rides/", "/conditions/"),
    *("/conditions/cml/", "/medicines/", "/medicines/imatinib/", "/states/", "/states/oh/"),
    *("/open-now/", "/about/", "/for-professionals/", "/terms/", "/privacy/", "/data/", "/api/"),
    *("/health-data-privacy/", "/accessibility/", "/api/hsds/profile/"),
)
# What is kept by the reader alone, or by nobody.
PERSONAL = {
    "/search/?q=canary": ASKED_EACH_TIME,
    "/search/": ASKED_EACH_TIME,
    "/search/csv/?q=canary": ASKED_EACH_TIME,
    "/search/feed/?q=canary": "private, max-age=900",
    "/open-now/feed/?need=rides": "private, max-age=900",
    "/open-now/?need=rides": ASKED_EACH_TIME,
    "/needs/rides/?insurance=uninsured": ASKED_EACH_TIME,
    "/about/?q=canary": ASKED_EACH_TIME,
    "/find-help/": KEPT_BY_NOBODY,
    "/suggestions/?q=canary": KEPT_BY_NOBODY,
    "/report/": KEPT_BY_NOBODY,
    "/report/thanks/": KEPT_BY_NOBODY,
    "/suggest/": KEPT_BY_NOBODY,
    "/still-right/": KEPT_BY_NOBODY,
    "/still-right/thanks/": KEPT_BY_NOBODY,
    "/alerts/": KEPT_BY_NOBODY,
    "/alerts/asked/": KEPT_BY_NOBODY,
    "/alerts/confirm/": KEPT_BY_NOBODY,
    "/alerts/stop/": KEPT_BY_NOBODY,
    "/alerts/mine/": KEPT_BY_NOBODY,
    "/list/": KEPT_BY_NOBODY,
    "/list/print/": KEPT_BY_NOBODY,
    "/list/pdf/": KEPT_BY_NOBODY,
    "/list/csv/": KEPT_BY_NOBODY,
    "/list/reminder/": KEPT_BY_NOBODY,
    "/l/1tm1-gk1k-cybx-k0": KEPT_BY_NOBODY,
    "/nothing-here/": ASKED_EACH_TIME,
    "/resources/nothing-here/": ASKED_EACH_TIME,
    "/admin/": None,  # as Django says: see below
}
ONLY_BY_POST = {"suggested_answers", "add_to_list"}


@pytest.fixture
def fund(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Resource:
    """A directory in which every page of `PAGES` is there, and nothing was just changed."""
    settings.DATA_FOLDER = tmp_path
    monkeypatch.setattr(middleware, "A_SECOND", -dt.timedelta(hours=1))
    organisation = make.organisation(slug="helpers")
    return make.resource(
        slug="copay-fund",
        organisation=organisation,
        needs=("rides",),
        conditions=("cml",),
        medicines=("imatinib",),
        states=("OH",),
        fund_status="open",
        fund_status_seen_on=timezone.localdate(),
        fund_status_precision="day",
    )


def get(path: str, **headers: str) -> Any:
    client = Client(headers={"host": "localhost", **headers}, raise_request_exception=False)
    with override("en"):
        return client.get(path)


def public_names() -> Iterator[str]:
    """The name of every public address, whatever it begins with."""
    patterns: list[URLPattern | URLResolver] = list(get_resolver("directory.urls").url_patterns)
    while patterns:
        pattern = patterns.pop()
        if isinstance(pattern, URLPattern):
            assert pattern.name, f"{pattern} has no name to stand in the table by"
            yield pattern.name
        elif str(pattern.pattern) != "admin/":
            patterns += pattern.url_patterns


def named(paths: Any) -> set[str | None]:
    with override("en"):
        return {resolve(path.partition("?")[0]).url_name for path in paths if "nothing" not in path}


class TestTable:
    def test_every_public_address_has_chosen_who_may_keep_it(self) -> None:
        assert set(public_names()) == set(KEPT)

    def test_every_address_is_held_to_what_it_has_chosen(self) -> None:
        shared = {name for name, kept in KEPT.items() if kept is Kept.SHARED}
        others = {name for name, kept in KEPT.items() if kept in (Kept.READER, Kept.NOBODY)}

        assert named(PAGES) == shared
        assert others - ONLY_BY_POST - {"healthz", "readyz", "metrics"} <= named(PERSONAL)

    def test_what_has_not_chosen_is_kept_by_nobody(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delitem(KEPT, "about")

        assert get("/about/")["Cache-Control"] == KEPT_BY_NOBODY


@pytest.mark.usefixtures("fund")
class TestShared:
    @pytest.mark.parametrize("path", [*PAGES, "/es/", f"/es{FUND}"])
    def test_it_may_be_kept_by_every_cache_and_is_not_sent_twice(self, path: str) -> None:
        page = get(path)
        assert page.status_code == 200
        assert page["Cache-Control"] == SHARED
        assert page["Vary"] == "Accept-Encoding"
        assert page["Last-Modified"]

        again = get(path, if_none_match=page["ETag"])
        assert (again.status_code, again.content) == (304, b"")
        same = ("Cache-Control", "ETag", "Last-Modified", "Vary")
        assert [again[name] for name in same] == [page[name] for name in same]

    def test_it_is_the_same_page_compressed(self) -> None:
        plain, compressed = get("/about/"), get("/about/", accept_encoding="gzip")

        assert compressed["Content-Encoding"] == "gzip"
        assert compressed["ETag"] == plain["ETag"]

    def test_it_is_not_made_to_say_that_it_is_the_same(
        self, django_assert_num_queries: Any
    ) -> None:
        etag = get(FUND)["ETag"]

        with django_assert_num_queries(2):  # the signs, and the edition of what is in memory
            assert get(FUND, if_none_match=etag).status_code == 304

    def test_it_is_not_sent_again_to_who_has_only_its_time(self) -> None:
        modified = get("/about/")["Last-Modified"]

        assert get("/about/", if_modified_since=modified).status_code == 304
        assert get("/about/", if_modified_since="Mon, 02 Nov 2020 10:00:00 GMT").status_code == 200

    def test_it_has_no_time_in_the_second_of_a_change(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(middleware, "A_SECOND", dt.timedelta(seconds=1))
        monkeypatch.setattr(build, "came_at", timezone.now)
        page = get("/about/")

        assert "Last-Modified" not in page.headers
        assert page["ETag"]

    def test_an_old_address_leads_on_for_no_longer_than_a_page_lasts(self, fund: Resource) -> None:
        FormerSlug.objects.create(kind="resource", public_id=fund.public_id, slug="old-name")
        moved = get("/resources/old-name/")

        assert moved.status_code == 301
        assert moved["Cache-Control"] == SHARED
        assert "ETag" not in moved.headers

    def test_asking_by_head_is_answered_alike(self) -> None:
        with override("en"):
            head = Client(headers={"host": "localhost"}).head("/about/")

        assert (head["ETag"], head["Cache-Control"]) == (get("/about/")["ETag"], SHARED)


@pytest.mark.usefixtures("fund")
class TestPersonal:
    @pytest.mark.parametrize(("path", "kept"), PERSONAL.items())
    def test_no_cache_between_may_keep_it(self, path: str, kept: str | None) -> None:
        said = get(path)["Cache-Control"]

        assert "private" in said
        assert "public" not in said
        assert kept is None or set(said.split(", ")) == set(kept.split(", "))

    def test_a_reader_is_not_sent_the_same_answer_twice(self) -> None:
        page = get("/needs/rides/?insurance=uninsured")
        again = get("/needs/rides/?insurance=uninsured", if_none_match=page["ETag"])

        assert again.status_code == 304
        assert set(again["Cache-Control"].split(", ")) == {"private", "no-cache"}

    def test_a_page_with_a_list_is_no_cached_page(self, fund: Resource) -> None:
        etag = get("/about/")["ETag"]
        reader = Reader()
        reader.add(fund)
        with override("en"):
            page = reader.client.get("/about/", headers={"if-none-match": etag})

        assert page.status_code == 200
        assert "My list (1)" in page.content.decode()
        assert "ETag" not in page.headers
        assert "public" not in page["Cache-Control"]

    def test_an_answer_to_what_was_sent_is_kept_by_nobody(self) -> None:
        with override("en"):
            answer = Client(headers={"host": "localhost"}).post(FUND, {"insurance": "medicare"})

        assert "no-store" in answer["Cache-Control"]
        assert "ETag" not in answer.headers


def see_an_earlier_status(fund: Resource) -> None:
    edition = Publication.objects.count()
    record_sighting(
        by="test", resource=fund, status="closed", seen_on=timezone.localdate() - dt.timedelta(90)
    )
    assert Publication.objects.count() == edition  # or this test would show nothing


def visit_a_link(fund: Resource) -> None:
    LinkCheck.objects.create(url=make.SOURCE, outcome="ok")


def publish_something(fund: Resource) -> None:
    make.organisation()


def begin_a_day(fund: Resource, monkeypatch: pytest.MonkeyPatch) -> None:
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda *_: tomorrow)


def run_other_code(fund: Resource, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "fingerprint", lambda: "another")


@pytest.mark.parametrize(
    "change", [publish_something, see_an_earlier_status, visit_a_link, begin_a_day, run_other_code]
)
def test_a_page_is_sent_again_once_it_may_be_another(
    fund: Resource, change: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    etag = get(FUND)["ETag"]
    assert get(FUND, if_none_match=etag).status_code == 304

    change(fund, *([monkeypatch] if change.__code__.co_argcount > 1 else []))

    assert get(FUND, if_none_match=etag).status_code == 200


def test_open_data_is_shown_anew_with_each_edition_of_it(
    fund: Resource, monkeypatch: pytest.MonkeyPatch
) -> None:
    etag, others = get("/data/")["ETag"], get("/about/")["ETag"]
    listed = SimpleNamespace(listed=lambda root: [SimpleNamespace(name="2026-11-03")])
    monkeypatch.setattr(stamp, "folder", listed)

    assert get("/data/", if_none_match=etag).status_code == 200
    assert get("/about/", if_none_match=others).status_code == 304


def test_a_published_change_is_seen_within_a_minute_behind_a_cache_and_a_browser() -> None:
    assert 2 * (middleware.FRESH + middleware.WHILE_ASKING) <= 60


def test_the_code_is_told_by_its_content(tmp_path: Path, settings: Any) -> None:
    settings.BASE_DIR = tmp_path
    for name in (*build.FOLDERS, "templates/list"):
        (tmp_path / name).mkdir()
    (tmp_path / "requirements.lock").write_text("django==5.2.8")
    page = tmp_path / "templates" / "list" / "page.html"

    def fingerprint() -> str:
        build.fingerprint.cache_clear()
        return build.fingerprint()

    try:
        page.write_text("Call us")
        first = fingerprint()
        page.touch()
        assert fingerprint() == first
        page.write_text("Call 211")
        assert fingerprint() != first
    finally:
        build.fingerprint.cache_clear()


def test_a_page_that_was_read_elsewhere_than_its_tag_is_kept_by_nobody(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_elsewhere(self: Any, request: Any, view: Any, args: Any, kwargs: Any) -> Any:
        answer = view(request, *args, **kwargs)
        reading.read_from("replica_1")  # as where another replica had broken off
        return answer

    monkeypatch.setattr(ChooseDatabase, "process_view", read_elsewhere)
    answer = client.get("/about/")

    assert answer.status_code == 200
    assert "ETag" not in answer.headers
    assert "no-store" in answer.headers["Cache-Control"]
