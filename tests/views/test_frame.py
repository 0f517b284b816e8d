"""What stands on every public page."""

from __future__ import annotations

import gzip
from pathlib import Path

import django_htmx
import pytest
from django.conf import settings

from tests.views.page import get

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]

EVERYWHERE = ("/", "/search/?need=copay", "/needs/", "/about/", "/es/privacy/", "/nothing-here/")


def html_of(path: str) -> str:
    return str(get(path).content.decode())


def strip_of(path: str) -> str:
    """The part "Talk to a person now" of a page."""
    html = html_of(path)
    return html[html.index('<aside class="talk"') : html.index("</aside>")]


@pytest.mark.parametrize("path", EVERYWHERE)
def test_it_offers_two_helplines_and_the_crisis_line_before_anything_else(path: str) -> None:
    strip = strip_of(path)

    for number in ("tel:+18002272345", "tel:+18887939355", "tel:988"):
        assert number in strip


def test_it_says_hours_cost_and_languages_of_a_helpline() -> None:
    strip = strip_of("/")

    assert "day and night, every day · free call · Spanish: ask for it" in strip
    assert "hours not known for sure · free call · English, Spanish" in strip


def test_the_helplines_are_called_in_the_language_of_the_page() -> None:
    assert 'lang="es">ACS Cancer Helpline (línea de ayuda sobre el cáncer)' in strip_of("/es/")


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("/", "/es/"),
        ("/search/?need=copay&area=OH&page=2", "/es/search/?need=copay&amp;area=OH&amp;page=2"),
        ("/nothing-here/", "/es/"),
    ],
)
def test_the_language_switch_keeps_page_and_filters(here: str, there: str) -> None:
    assert f'href="{there}" lang="es" hreflang="es">Español</a>' in html_of(here)


def test_it_names_its_other_languages_without_the_search() -> None:
    html = html_of("/es/search/?q=secret")

    for code, path in (("en", "/search/"), ("es", "/es/search/"), ("x-default", "/search/")):
        assert f'<link rel="alternate" hreflang="{code}" href="http://localhost{path}">' in html


@pytest.mark.parametrize("path", EVERYWHERE)
def test_it_sets_no_cookie_and_asks_no_other_host(path: str) -> None:
    response = get(path)
    html = response.content.decode()

    assert not response.cookies
    for asked in ('src="http', "src='http", '<link rel="stylesheet" href="http', "@import"):
        assert asked not in html


@pytest.mark.parametrize("path", EVERYWHERE)
def test_it_has_one_heading_of_the_first_rank_and_no_inline_style(path: str) -> None:
    html = html_of(path)

    assert html.count("<h1") == 1
    assert "style=" not in html
    assert "<style" not in html


def test_the_first_view_of_a_search_weighs_at_most_sixty_kilobytes() -> None:
    own = Path(settings.BASE_DIR) / "resources" / "static" / "resources"
    htmx = Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-2.min.js"
    files = [own / "style.css", own / "search.js", own / "icon.svg", htmx]
    weight = sum(len(gzip.compress(file.read_bytes(), 6)) for file in files)

    assert weight + len(gzip.compress(get("/search/").content, 6)) <= 60 * 1024
