"""What crawlers are told."""

from __future__ import annotations

import re

import pytest

from resources.views import sitemaps
from tests import make
from tests.views.page import get

pytestmark = pytest.mark.django_db


def locations(path: str) -> list[str]:
    return re.findall(r"<loc>http://localhost([^<]*)</loc>", get(path).content.decode())


def test_robots_keeps_crawlers_from_the_curators_desk_and_names_the_sitemap() -> None:
    text = get("/robots.txt").content.decode()

    assert "Disallow: /admin/" in text
    assert "Sitemap: http://localhost/sitemap.xml" in text


def test_crawlers_may_fetch_searches_so_that_they_see_not_to_keep_them() -> None:
    assert "/search/" not in get("/robots.txt").content.decode()


def test_the_sitemap_leads_to_a_part_for_each_kind_of_page() -> None:
    assert locations("/sitemap.xml") == [
        f"/sitemap-{section}.xml"
        for section in (
            "pages",
            "resources",
            "organisations",
            "needs",
            "conditions",
            "medicines",
            "states",
        )
    ]


def test_a_resource_is_listed_in_both_languages_each_naming_the_other() -> None:
    make.resource(slug="rides")
    make.resource(slug="draft", published=False)

    text = get("/sitemap-resources.xml").content.decode()

    assert sorted(locations("/sitemap-resources.xml")) == [
        "/es/resources/rides/",
        "/resources/rides/",
    ]
    assert text.count('hreflang="es" href="http://localhost/es/resources/rides/"') == 2
    assert text.count('hreflang="x-default" href="http://localhost/resources/rides/"') == 2


@pytest.mark.usefixtures("starter")
def test_every_part_leads_to_pages_that_are_there() -> None:
    for part in locations("/sitemap.xml"):
        first, *_between, last = locations(part)
        assert get(first).status_code == get(last).status_code == 200


def test_search_pages_are_in_no_part() -> None:
    assert "search" not in get("/sitemap-pages.xml").content.decode()


def test_a_long_part_is_cut_into_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps.Rows, "limit", 2)
    make.resource(slug="rides")
    make.resource(slug="meals")

    assert "/sitemap-resources.xml?p=2" in locations("/sitemap.xml")
    assert len(locations("/sitemap-resources.xml?p=2")) == 2
    assert get("/sitemap-resources.xml?p=99").status_code == 404
