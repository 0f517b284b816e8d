"""Feeds, as a feed reader takes them."""

from __future__ import annotations

import datetime as dt
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from resources import publishing
from resources.models import Curator, Resource, StatusSighting
from resources.trust import correct_sighting, record_check, record_sighting
from tests import make
from tests.test_merging import merge
from tests.trust.test_recording import ann  # noqa: F401 - a fixture
from tests.views.page import get

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 24)
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda value=None: value.date() if value else TODAY)


def see(fund: Resource, status: str, back: int) -> None:
    on = TODAY - dt.timedelta(days=back)
    record_sighting(by="test", resource=fund, status=status, seen_on=on)


def fund(name: str, *seen: tuple[str, int], **fields: Any) -> Resource:
    made = make.resource(name=name, fund_status="unknown", **fields)
    for status, back in seen:
        see(made, status, back)
    return made


class Feed:
    """A feed, parsed."""

    def __init__(self, path: str) -> None:
        self.response = get(path)
        assert self.response.status_code == 200
        assert self.response["Content-Type"] == "application/atom+xml; charset=utf-8"
        self.root = ElementTree.fromstring(self.response.content)
        self.entries = self.root.findall(f"{ATOM}entry")

    def all(self, name: str) -> list[str]:
        """What each entry says under this name."""
        return [entry.findtext(f"{ATOM}{name}") or "" for entry in self.entries]

    def text(self, name: str) -> str:
        return self.root.findtext(f"{ATOM}{name}") or ""


def test_a_search_tells_what_opened_closed_changed_and_is_new_the_newest_first() -> None:
    alpha = fund("Alpha fund", ("closed", 9), needs=("copay",))
    see(alpha, "open", 2)
    alpha.award = "More than before"
    alpha.save()
    publishing.publish(by="test", entries=[alpha])
    fund("Beta fund", needs=("rides",))
    feed = Feed("/search/feed/?need=copay")
    name = alpha.organisation.name

    assert feed.all("title") == [
        f"Changed: Alpha fund, {name}",
        f"Opened: Alpha fund, {name}",
        f"Seen closed: Alpha fund, {name}",
        f"New: Alpha fund, {name}",
    ]
    assert feed.all("summary")[0] == "What changed: what they give."
    assert "Before that, seen closed on November 15, 2026." in feed.all("summary")[1]
    assert feed.text("title") == "Copay – Support Directory"


def test_what_opened_and_closed_has_a_feed_of_its_own() -> None:
    fund("Alpha fund", ("closed", 9), ("open", 2), needs=("copay",))
    feed = Feed("/open-now/feed/?need=copay")

    assert [title.partition(":")[0] for title in feed.all("title")] == ["Opened", "Seen closed"]


def test_a_check_and_a_sighting_of_the_same_are_no_news(ann: Curator) -> None:  # noqa: F811
    alpha = fund("Alpha fund", ("open", 9), ("open", 3))
    record_check(by=ann, entries=[alpha], on=TODAY)

    titles = Feed(f"/resources/{alpha.slug}/feed/").all("title")
    assert [title.partition(":")[0] for title in titles] == ["Seen open", "New"]


def test_a_resource_tells_of_itself_however_long_ago() -> None:
    alpha = fund("Alpha fund", ("closed", 400), ("open", 300), ("closed", 2))
    fund("Beta fund", ("open", 2))
    feed = Feed(f"/resources/{alpha.slug}/feed/")

    titles = [title.partition(",")[0] for title in feed.all("title")]
    assert titles == [
        *("Closed: Alpha fund", "Opened: Alpha fund", "Seen closed: Alpha fund"),
        "New: Alpha fund",
    ]
    links = {entry.find(f"{ATOM}link").get("href") for entry in feed.entries}  # type: ignore[union-attr]
    assert links == {f"http://localhost/resources/{alpha.slug}/"}


def test_names_of_entries_stay_and_are_the_same_in_every_feed_and_language() -> None:
    alpha = fund("Alpha fund", ("closed", 9), ("open", 2), needs=("copay",))
    first = Feed("/search/feed/?need=copay").all("id")
    see(alpha, "closed", 1)
    then = Feed("/search/feed/?need=copay").all("id")

    assert len(set(then)) == 4
    assert all(name.startswith("urn:uuid:") for name in then)
    assert then[1:] == first
    assert then == Feed(f"/es/resources/{alpha.slug}/feed/").all("id")


def test_updated_is_when_the_newest_was_recorded() -> None:
    alpha = fund("Alpha fund", ("closed", 9), ("open", 2))
    feed = Feed(f"/resources/{alpha.slug}/feed/")
    newest = StatusSighting.objects.get(status="open")

    assert feed.text("updated") == feed.all("updated")[0]
    assert dt.datetime.fromisoformat(feed.text("updated")) == newest.at


def test_what_was_taken_back_goes_and_a_reader_that_asks_by_date_is_told(ann: Curator) -> None:  # noqa: F811
    alpha = fund("Alpha fund", ("closed", 9), ("open", 2))
    before = Feed(f"/resources/{alpha.slug}/feed/")
    wrong = StatusSighting.objects.get(status="open")
    correct_sighting(wrong, by=ann, note="No.")
    feed = Feed(f"/resources/{alpha.slug}/feed/")

    assert [title.partition(":")[0] for title in feed.all("title")] == ["Seen closed", "New"]
    assert feed.text("updated") > before.text("updated")


@pytest.mark.parametrize("path", ["/search/feed/", "/open-now/feed/", "/resources/alpha/feed/"])
class TestAskingAgain:
    def test_what_has_not_changed_is_not_sent_again(self, path: str) -> None:
        alpha = fund("Alpha fund", ("closed", 9), slug="alpha")
        first = get(path)
        client = Client(headers={"host": "localhost"})

        again = client.get(path, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
        by_date = client.get(path, headers={"if-modified-since": first["Last-Modified"]})
        assert by_date.status_code == 304
        see(alpha, "open", 2)
        assert client.get(path, headers={"if-none-match": first["ETag"]}).status_code == 200

    def test_it_may_be_kept_for_minutes_and_sets_no_cookie(self, path: str) -> None:
        fund("Alpha fund", ("closed", 9), slug="alpha")
        response = get(path)

        assert "max-age=900" in response["Cache-Control"]
        assert ("private" in response["Cache-Control"]) == (not path.startswith("/resources/"))
        assert not response.cookies

    def test_it_is_named_in_the_head_of_its_page(self, path: str) -> None:
        fund("Alpha fund", ("closed", 9), slug="alpha")
        page = get(path.replace("feed/", "")).content.decode()

        assert '<link rel="alternate" type="application/atom+xml"' in page
        assert f'href="{path}' in page


def test_a_feed_of_nothing_is_the_same_every_time() -> None:
    first = Feed("/search/feed/?q=nothing+like+it")

    assert first.entries == []
    assert first.response["ETag"] == get("/search/feed/?q=nothing+like+it")["ETag"]


def test_a_withdrawn_resource_says_so() -> None:
    alpha = fund("Alpha fund", ("closed", 9))
    publishing.withdraw(by="test", entries=[alpha])
    feed = Feed(f"/resources/{alpha.slug}/feed/")

    assert feed.all("title") == ["We no longer list this"]
    assert "Alpha fund" not in get("/search/feed/").content.decode()


def test_a_former_address_and_a_merged_one_lead_on(ann: Curator) -> None:  # noqa: F811
    alpha, beta = fund("Alpha fund"), fund("Beta fund")
    old, gone = alpha.slug, beta.slug
    alpha.slug = "new-address"
    alpha.save()
    publishing.publish(by="test", entries=[alpha])
    alpha.refresh_from_db()
    merge(alpha, beta, ann)

    for slug in (old, gone):
        answer = get(f"/resources/{slug}/feed/")
        assert (answer.status_code, answer["Location"]) == (301, "/resources/new-address/feed/")


def test_a_draft_has_none() -> None:
    draft = make.resource(published=False)

    assert get(f"/resources/{draft.slug}/feed/").status_code == 404
    assert get("/resources/never-was/feed/").status_code == 404


def test_its_title_is_never_longer_than_sensible() -> None:
    title = Feed(f"/search/feed/?q={'word+' * 60}").text("title")

    assert len(title) < 120
    assert "… – Support Directory" in title


@pytest.mark.parametrize("path", ["/search/feed/", "/open-now/feed/", "/es/search/feed/"])
@pytest.mark.parametrize(
    "query",
    ["page=7", "q=%00%01%ef%bf%be", "q=%3Cscript%3E%26", "need=" + "&need=".join(["a"] * 500),
     "area=99999", "q=" + "%22" * 400, "list=need&order=x", "status=%F0%9F%92%8A"],
)  # fmt: skip
def test_whatever_is_asked_has_an_answer(path: str, query: str) -> None:
    fund("Alpha & <fund>\u00a0one", ("open", 9), needs=("copay",))

    Feed(f"{path}?{query}")


def test_it_asks_the_database_little(django_assert_max_num_queries: Any) -> None:
    for number in range(30):
        fund(f"Fund {number:02}", ("open", number + 1), needs=("copay",))
    get("/search/feed/?need=copay")

    with django_assert_max_num_queries(6):
        get("/search/feed/?need=copay")
