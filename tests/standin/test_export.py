from __future__ import annotations

from pathlib import Path

import pytest

from resources.pages.copied import copied_on
from resources.standin import lists
from resources.standin.links import KEPT, MISSING
from resources.urls import pages as site_pages
from tests import make
from tests.standin.crawling import crawl, serving
from tests.standin.making import FUNDS, copied, directory
from tests.views.page import get

Pages = dict[str, str]

pytestmark = [pytest.mark.django_db, pytest.mark.server]

# Pages that nobody comes to but from a page that is not in the copy, or that are files.
LED_TO = {
    *("search_csv", "search_feed", "open_now_feed", "suggested_answers", "suggestions"),
    *("resource_feed", "reported", "answered", "alert_asked", "alert_confirm", "alert_stop"),
    *("add_to_list", "shared_list", "hsds_profile"),
}


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(lists, "A_PAGE", 10)
    directory()
    copied(tmp_path / "copy")
    return tmp_path / "copy"


def test_every_page_is_in_the_copy_or_known_to_be_missing() -> None:
    names = {pattern.name for pattern in site_pages}

    assert names == KEPT | set(MISSING) | LED_TO | {"search"}


def test_it_stands_in_for_the_site_in_any_folder_of_a_web_server(copy: Path) -> None:
    with serving(copy.parent) as address:
        found, wrong = crawl(f"{address}/copy/")
    pages = {path.removeprefix("/copy"): text for path, text in found.items()}

    assert wrong == []
    it_has_every_entry(pages)
    it_says_how_old_it_is_and_whom_to_call(pages)
    it_has_answers_and_further_pages(pages)
    it_has_lists_in_place_of_the_search(pages)
    it_says_what_is_missing(copy)


def it_has_every_entry(pages: Pages) -> None:
    for path in ("/", "/resources/copay-and-rides/", "/states/oh/", "/resources/was-once/"):
        assert path in pages
        assert f"/es{path}" in pages
    assert "/resources/draft/" not in pages


def it_says_how_old_it_is_and_whom_to_call(pages: Pages) -> None:
    for path, text in pages.items():
        is_spanish = path.startswith("/es/")
        assert ("20 de noviembre de 2026" if is_spanish else "Copied on November 20, 2026.") in text
        assert 'href="tel:988"' in text


def it_has_answers_and_further_pages(pages: Pages) -> None:
    assert 'aria-current="true">No</a>' in pages["/needs/copay/insurance-uninsured/"]
    assert "Page 2 of" in pages["/organisations/alpine-aid/page-2/"]
    assert "Imatinib" in pages["/medicines/letter-i/"]


def it_has_lists_in_place_of_the_search(pages: Pages) -> None:
    assert 'href="names/#number"' in pages["/search/"]
    assert 'href="needs/copay/"' in pages["/search/"]
    assert 'href="../../search/needs/copay/"' in pages["/needs/copay/"]
    names = "".join(text for path, text in pages.items() if path.startswith("/search/names/"))
    assert all(f">Fund {number}</a>" in names for number in range(FUNDS))
    assert "Was once" not in names  # what has ended is found by its organisation only
    assert "Copay &amp; rides" in pages["/search/states/oh/"]
    assert "Älpine Aid" in pages["/search/organisations/"]
    assert "/search/phones/" in pages


def it_says_what_is_missing(copy: Path) -> None:
    for path in ("find-help", "list", "alerts", "report", "suggest", "data", "es/list"):
        text = (copy / path / "index.html").read_text()
        assert "<form" not in text
        assert 'href="tel:211"' in text


def test_the_site_itself_is_as_before(tmp_path: Path) -> None:
    full = directory()
    before = get(full.get_absolute_url()).content
    copied(tmp_path / "copy")

    assert copied_on() is None
    assert get(full.get_absolute_url()).content == before
    assert b"Add to my list" in before


def test_an_empty_directory_can_be_copied_and_is_made_anew_later(tmp_path: Path) -> None:
    copied(tmp_path / "copy")
    with serving(tmp_path / "copy") as address:
        assert crawl(f"{address}/")[1] == []
    make.resource(slug="new-one")
    copied(tmp_path / "copy")

    assert (tmp_path / "copy" / "resources" / "new-one" / "index.html").exists()
