from __future__ import annotations

from pathlib import Path

import pytest

from resources.pages.copied import copied_on
from resources.standin import lists
from resources.standin.links import KEPT, MISSING
from resources.urls import pages as site_pages
from tests import make
from tests.standin.crawling import crawl, serving
from tests.standin.making import copied, directory
from tests.views.page import get

pytestmark = [pytest.mark.django_db, pytest.mark.server]

# Pages that nobody comes to but from a page that is not in the copy, or that are files.
LED_TO = {
    *("search_csv", "search_feed", "open_now_feed", "suggested_answers", "suggestions"),
    *("resource_feed", "reported", "answered", "alert_asked", "alert_confirm", "alert_stop"),
    *("add_to_list", "shared_list"),
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    directory()
    copied(tmp_path / "copy")
    return tmp_path / "copy"


def page(copy: Path, path: str) -> str:
    return (copy / path / "index.html").read_text()


def test_every_page_is_in_the_copy_or_known_to_be_missing() -> None:
    names = {pattern.name for pattern in site_pages}

    assert names == KEPT | set(MISSING) | LED_TO | {"search"}


def test_every_link_leads_somewhere_and_nothing_is_asked_of_others(copy: Path) -> None:
    with serving(copy) as address:
        pages, wrong = crawl(f"{address}/")

    assert wrong == []
    for path in ("/", "/es/", "/resources/copay-and-rides/", "/es/resources/copay-and-rides/"):
        assert path in pages
    # What has ended is linked from its organisation only.
    assert "/resources/was-once/" in pages
    assert "/resources/draft/" not in pages
    assert not (copy / "resources" / "draft").exists()


def test_it_works_in_any_folder_of_a_web_server(copy: Path) -> None:
    with serving(copy.parent) as address:
        pages, wrong = crawl(f"{address}/copy/")

    assert wrong == []
    assert "/copy/es/states/ohio/" in pages
    assert all(path.startswith("/copy/") for path in pages)


def test_every_page_says_how_old_it_is(copy: Path) -> None:
    with serving(copy) as address:
        pages, _wrong = crawl(f"{address}/")

    for path, text in pages.items():
        is_spanish = path.startswith("/es/")
        assert ("20 de noviembre de 2026" if is_spanish else "Copy of November 20, 2026.") in text
        assert 'href="tel:988"' in text


def test_answers_and_further_pages_are_pages_of_their_own(copy: Path) -> None:
    assert 'aria-current="true">No</a>' in page(copy, "needs/copay/insurance-uninsured")
    assert "Page 2 of" in page(copy, "organisations/alpine-aid/page-2")
    assert "imatinib" in page(copy, "medicines/letter-i")


def test_lists_stand_in_place_of_the_search(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "A_PAGE", 10)
    directory()
    copied(tmp_path / "copy")
    root = page(tmp_path / "copy", "search")

    assert 'href="names/#number"' in root
    assert 'href="needs/copay/"' in root
    assert "Fund 29" in page(tmp_path / "copy", "search/names/page-2") + page(
        tmp_path / "copy", "search/names/page-3"
    )
    assert "Was once" not in page(tmp_path / "copy", "search/names/page-4")
    assert "Copay &amp; rides" in page(tmp_path / "copy", "search/states/ohio")
    assert 'href="../../search/needs/copay/"' in page(tmp_path / "copy", "needs/copay")
    assert "Älpine Aid" in page(tmp_path / "copy", "search/organisations")


def test_what_needs_the_site_says_so_and_whom_to_call(copy: Path) -> None:
    for path in ("find-help", "list", "alerts", "report", "suggest", "data", "es/list"):
        text = page(copy, path)
        assert "<form" not in text
        assert 'href="tel:211"' in text


def test_the_site_itself_is_as_before(copy: Path) -> None:
    text = get("/resources/copay-and-rides/").content.decode()

    assert copied_on() is None
    assert "Copy of" not in text
    assert "Add to my list" in text


def test_an_empty_directory_can_be_copied(tmp_path: Path) -> None:
    copied(tmp_path / "copy")
    with serving(tmp_path / "copy") as address:
        assert crawl(f"{address}/")[1] == []


def test_it_is_made_anew_without_what_is_gone(copy: Path) -> None:
    from resources import publishing
    from resources.models import Resource

    publishing.withdraw(by="test", entries=[Resource.objects.get(slug="was-once")])
    make.resource(slug="new-one")
    copied(copy)

    assert (copy / "resources" / "new-one").exists()
    assert not (copy / "resources" / "was-once").exists()
