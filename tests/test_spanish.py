"""The public site as somebody finds it who reads only Spanish, on the real data."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote_plus

import polib
import pytest
from django.conf import settings
from django.utils.translation import override

from resources import publishing
from resources.models import (
    Condition,
    Curator,
    Insurance,
    Medicine,
    Need,
    Organisation,
    Resource,
    State,
)
from resources.trust import confirm
from tests.browser.pages import CLOSED, ENDED, NOT_FOUND, RESOURCE, TYPES, VARIANTS
from tests.views.page import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]

# One page of every type and its variants, by their English addresses.
PAGES = [path for path in {**TYPES, **VARIANTS}.values() if not path.startswith("/es/")]

SLUG = RESOURCE.strip("/").split("/")[-1]
UNREVIEWED = "traducción aún sin revisar"

# What is read out or shown besides the words between tags; in the head, what search engines show.
READ_OUT = ("alt", "aria-label", "placeholder", "title")
IN_HEAD = ("description", "og:description", "og:site_name", "og:title")
WITHOUT_END = frozenset({"br", "hr", "img", "input", "link", "meta"})

ADDRESS = re.compile(r"\S+\.\S+")
COUNT = re.compile(r" \(\d+\)$")


class Said(HTMLParser):
    """All that a page says: its head, and each piece of its body by the language it is marked."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.head: set[str] = set()
        self._body: list[tuple[str, str]] = []
        self._open: list[tuple[str, str]] = []
        self.feed(html)

    def within(self, language: str) -> set[str]:
        """The pieces of the body that are marked to be in this language."""
        return {text for marked, text in self._body if marked == language}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        language = given.get("lang", self._open[-1][1] if self._open else "")
        if tag == "meta" and {given.get("name"), given.get("property")} & {*IN_HEAD}:
            self.head.add(given["content"])
        elif tag not in WITHOUT_END:
            self._open.append((tag, language))
        self._body += [(language, given[name]) for name in READ_OUT if name in given]

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        words = " ".join(data.split())
        tag, language = self._open[-1] if self._open else ("", "")
        if tag == "title":
            self.head.add(words)
        elif words and tag not in ("script", "style"):
            self._body.append((language, words))


def said(path: str, *, status: int = 200) -> Said:
    """What the page at this address says."""
    return Said(read(path, status=status).html)


@cache
def both(path: str) -> tuple[Said, Said]:
    """The page in English and in Spanish, asked for once; for tests that change no data."""
    return said(path), said(f"/es{path}")


def untranslated(english: Said, spanish: Said) -> set[str]:
    """What a Spanish page says as Spanish in the very words of the English page; no names."""
    same = (english.within("en") | english.head) & (spanish.within("es") | spanish.head)
    known = set(_names())
    return {text for text in same if not _is_same_in_both(text, known)}


def _is_same_in_both(text: str, known: set[str]) -> bool:
    """Whether these are names, addresses, numbers, or the words that somebody searched for."""
    bare = COUNT.sub("", text).strip("· ")
    parts = filter(None, re.split(r" · |, | \(|\)", bare))
    return (
        not re.search(r"[^\W\d_]{2}", bare)
        or bool(ADDRESS.fullmatch(bare) or re.fullmatch("“.*”", bare))
        or bare in known
        or known.issuperset(parts)
    )


def _names() -> Iterator[str]:
    """Names of organisations and places, texts whose Spanish is the English, words like "No"."""
    for organisation in Organisation.objects.prefetch_related("names", "translations"):
        yield from (organisation.name, f"{organisation.name} · {organisation.place}")
        yield organisation.place
        yield from (row.name for row in organisation.names.all())
        yield from (row.text for row in organisation.translations.all())
    for resource in Resource.objects.prefetch_related("translations"):
        yield from (row.text for row in resource.translations.all())
    with override("es"):
        for model in (Condition, Insurance, Medicine, Need, State):
            yield from (term.display_name for term in model.objects.all())
        for medicine in Medicine.objects.all():
            yield from (medicine.name_with_brands, *medicine.brands)
    yield from (state.code for state in State.objects.all())
    file = polib.pofile(str(Path(settings.LOCALE_PATHS[0], "es", "LC_MESSAGES", "django.po")))
    yield from (entry.msgid for entry in file if entry.msgid == entry.msgstr)


def switch(page: Said) -> str:
    """Where the link to the other language leads."""
    found = re.search(r'<a class="tongue"[^>]* href="([^"]*)"', page.html)
    assert found is not None
    return found[1]


def alternates(page: Said) -> list[tuple[str, str]]:
    """The languages that the page is there in, with their addresses."""
    return re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]*)">', page.html)


@pytest.mark.parametrize("path", PAGES)
def test_nothing_of_the_interface_is_left_in_english(path: str) -> None:
    english, spanish = both(path)

    assert '<html lang="es">' in spanish.html
    assert untranslated(english, spanish) == set()


@pytest.mark.parametrize(("path", "status"), [(NOT_FOUND["not found"], 404), (RESOURCE, 410)])
def test_pages_of_what_is_missing_or_withdrawn_are_in_spanish(path: str, status: int) -> None:
    publishing.withdraw(by="test", entries=[Resource.objects.get(slug=SLUG)])
    english, spanish = said(path, status=status), said(f"/es{path}", status=status)

    assert '<html lang="es">' in spanish.html
    assert untranslated(english, spanish) == set()


@pytest.mark.parametrize("path", PAGES)
def test_the_switch_leads_to_the_same_page_with_its_filters_and_back(path: str) -> None:
    english, spanish = both(path)

    assert switch(english) == escape(f"/es{path}")
    assert switch(spanish) == escape(path)


@pytest.mark.parametrize("path", TYPES.values())
def test_search_engines_learn_of_both_languages_from_either(path: str) -> None:
    bare = path.partition("?")[0]
    english, spanish = f"http://localhost{bare}", f"http://localhost/es{bare}"

    for page in both(path):
        assert alternates(page) == [("en", english), ("es", spanish), ("x-default", english)]


class TestAnEntry:
    """Road To Recovery on every kind of page that shows it."""

    PLACES = (
        RESOURCE,
        "/organisations/american-cancer-society/",
        "/search/?q=road+to+recovery",
    )

    @pytest.fixture
    def ride(self) -> Resource:
        return Resource.objects.get(slug=SLUG)

    @pytest.mark.parametrize("place", PLACES)
    def test_english_without_a_translation_is_marked(self, ride: Resource, place: str) -> None:
        ride.translations.all().delete()
        page = said(f"/es{place}")

        assert {ride.name, ride.summary} <= page.within("en")
        assert not {ride.name, ride.summary} & page.within("es")

    @pytest.mark.parametrize("place", PLACES)
    def test_an_outdated_translation_gives_way_to_the_english(
        self, ride: Resource, place: str
    ) -> None:
        outdated = ride.translations.get(field="summary").text
        assert outdated in said(f"/es{place}").within("es")

        ride.summary = "Rides for anyone."
        ride.save()
        publishing.publish(by="test", entries=[ride])
        page = said(f"/es{place}")

        assert "Rides for anyone." in page.within("en")
        assert outdated not in page.html

    def test_its_card_says_that_nobody_has_read_the_translation_until_a_curator_has(
        self, ride: Resource
    ) -> None:
        assert UNREVIEWED in self.card()

        curator = Curator.objects.create_user("ada", password="x")
        for translation in ride.translations.filter(field__in=("name", "summary")):
            confirm(translation, by=curator)
            translation.save()
        publishing.publish(by=curator, entries=[ride])

        assert UNREVIEWED not in self.card()

    def card(self) -> str:
        """The first card that a search for its name finds."""
        html = read(f"/es{self.PLACES[-1]}").html
        return html.partition('<article class="result">')[2].partition("</article>")[0]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("línea de ayuda", "ACS Cancer Helpline (línea de ayuda sobre el cáncer)"),
        ("medicación gratis", "Keytruda gratis"),
        ("cáncer de mama", "LatinaSHARE y AfroSHARE"),
        ("niños", "Campamento gratis de una semana para niños"),
    ],
)
def test_it_finds_the_same_with_and_without_accents(words: str, found: str) -> None:
    apart = unicodedata.normalize("NFD", words)
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))

    assert found in results(words)
    assert results(words) == results(apart) == results(bare)


def results(words: str) -> list[str]:
    """The names of what a search finds, in their order."""
    html = read(f"/es/search/?q={quote_plus(words)}").html
    return re.findall(r'<h3><a href="[^"]*">(?:<span[^>]*>)?([^<]*)', html)


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("need=copay&condition=leukemia&area=OH", "Ayuda con copagos para leucemia en Ohio"),
        ("need=copay&need=free_medicine", "Ayuda con copagos o medicinas gratis"),
        ("q=x&need=copay&area=NY", "“x”: ayuda con copagos en Nueva York"),
        ("condition=hiv-aids", "Ayuda para VIH y sida"),
        ("medicine=imatinib", "Ayuda para imatinib (Gleevec, Imkeldi)"),
    ],
)
def test_a_search_is_called_by_a_spanish_sentence(query: str, title: str) -> None:
    assert f'tabindex="-1">{title}</h1>' in read(f"/es/search/?{query}").html


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/search/?q=lazarex", "Lazarex Cancer Foundation · Danville, CA Cerró"),
        ("/search/?q=lls", "Cambió de nombre ahora Blood Cancer United"),
        (CLOSED, "Visto cerrado por última vez en 2017; hoy no lo sabemos."),
        (CLOSED, "de lunes a viernes, de 9 a.m. a 5 p.m., hora del Este"),
        (CLOSED, "2 personas $108,200"),
        (CLOSED, "Usted o su clínica puede solicitarla."),
        (ENDED, "31 de diciembre de 2025"),
        ("/states/ohio/", "Sabemos de 1 opción de ayuda que solo existe en Ohio."),
        ("/states/ohio/", "Saben qué ayuda hay en su condado. Inglés, español"),
    ],
)
def test_dates_numbers_and_endings_are_spanish(path: str, sentence: str) -> None:
    assert sentence in read(f"/es{path}").text


def test_states_to_choose_from_stand_in_the_order_of_their_spanish_names() -> None:
    html = read("/es/search/").html
    choice = html.partition('<select id="choose-area"')[2].partition("</select>")[0]
    names = re.findall(r">([^<(]+) \(", choice)

    assert names.index("Carolina del Norte") < names.index("Colorado")
    assert names.index("Nueva York") < names.index("Nuevo Hampshire") < names.index("Ohio")
