"""The PDF: readable by a screen reader, on as few pages as promised, and made from nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from resources.handouts import pdf as making
from resources.handouts.typesetting import Refusing
from resources.handouts.wishes import Layout, Notes, Size
from resources.models import Resource
from tests import make
from tests.handouts.lists import paper, pdf, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]


def some(count: int, *, longest: bool = False) -> list[Resource]:
    """Resources of the starter data, each of another house: the first, or those that say most."""
    found: dict[int, Resource] = {}
    every = list(Resource.objects.published().order_by("slug"))
    if longest:
        every.sort(key=lambda one: -len(one.summary) - sum(map(len, one.documents)))
    for one in every:
        found.setdefault(one.organisation_id, one)
    return list(found.values())[:count]


def tags(document: Any) -> list[str]:
    """The kinds of the structure elements, in reading order."""
    found: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, dict):
            found.append(str(node.get("/S", "")))
            walk(node.get("/K", []))
        elif isinstance(node, list):
            for kid in node:
                walk(kid)

    walk(document.trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found


@pytest.mark.parametrize(("language", "layout"), [("en", Layout.FULL), ("es", Layout.SHORT)])
def test_it_is_tagged_titled_and_in_its_language(language: str, layout: Layout) -> None:
    made = paper(some(3), language=language, layout=layout)
    document = pdf(made)
    root: Any = document.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value
    assert str(root["/Lang"]).split("-")[0] == language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert document.metadata is not None
    assert document.metadata.title == made.title
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data() or (
        b'pdfuaid:part="1"' in root["/Metadata"].get_object().get_data()
    )


def test_its_headings_lists_and_squares_are_what_they_are() -> None:
    kinds = tags(pdf(paper(some(3), layout=Layout.FULL)))

    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == 3
    assert kinds.count("/Figure") == 4
    assert "/LI" in kinds


def test_every_square_says_what_it_is_in_words() -> None:
    root: Any = pdf(paper(some(2), layout=Layout.FULL)).trailer["/Root"]
    said: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, dict):
            if node.get("/S") == "/Figure":
                said.append(str(node.get("/Alt", "")))
            walk(node.get("/K", []))
        elif isinstance(node, list):
            for kid in node:
                walk(kid)

    walk(root["/StructTreeRoot"]["/K"])
    assert len(said) == 3
    assert all(text.startswith("QR code: ") for text in said)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("size", Size)
def test_six_are_one_page_in_twelve_points_and_two_in_fourteen(language: str, size: Size) -> None:
    six = some(6)

    assert len(pdf(paper(six, language=language, size=size)).pages) == 1
    assert len(pdf(paper(six, language=language, size=size, is_large=True)).pages) <= 2


@pytest.mark.parametrize("size", Size)
@pytest.mark.parametrize("longest", [False, True])
def test_ten_in_full_are_three_pages_and_one_is_one(size: Size, longest: bool) -> None:
    ten = some(10, longest=longest)

    assert len(pdf(paper(ten, size=size, layout=Layout.FULL)).pages) <= 3
    assert len(pdf(paper(ten[:1], size=size, layout=Layout.FULL)).pages) == 1


def test_no_resource_is_split_over_two_pages() -> None:
    made = paper(some(10), layout=Layout.FULL, is_large=True)
    pages = [" ".join(page.extract_text().split()) for page in pdf(made).pages]

    assert len(pages) > 2
    for item in made.resources:
        (page,) = (text for text in pages if f". {item.name}" in text)
        assert f"{item.age}." in page[page.index(f". {item.name}") :]


@pytest.mark.parametrize(("size", "points"), [(Size.LETTER, (612, 792)), (Size.A4, (595, 842))])
def test_the_sheet_is_as_wished(size: Size, points: tuple[int, int]) -> None:
    box = pdf(paper(some(1), size=size)).pages[0].mediabox
    assert (int(box.width), round(float(box.height))) == points


def test_it_fetches_nothing_whatever_a_note_says(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(Refusing, "fetch", lambda _self, url, headers=None: asked.append(url))
    note = "<img src='http://127.0.0.1/a'><link rel=stylesheet href='file:///etc/passwd'>"
    one = make.resource(summary="<img src=http://127.0.0.1/b> url(http://127.0.0.1/c)")
    document = pdf(paper([one], Notes(note)))

    assert asked == []
    assert "etc/passwd" in text_of(document)


def test_an_address_that_would_be_fetched_is_refused() -> None:
    with pytest.raises(ValueError, match="without fetching"):
        Refusing().fetch("http://127.0.0.1/")


def test_whoever_waits_too_long_is_told_to_print(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "PATIENCE", 0)
    with making._one_at_a_time, pytest.raises(making.Busy):
        making.pdf_of(paper(some(1)))
