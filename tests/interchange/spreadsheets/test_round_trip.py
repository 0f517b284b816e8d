"""What goes out comes back: a file that nobody touched changes nothing."""

from __future__ import annotations

import io
import re
from typing import IO, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources import documents
from resources.interchange.spreadsheets import cells, keeping, writing
from resources.interchange.spreadsheets.columns import columns_of
from resources.interchange.spreadsheets.parts import Parts
from resources.models import Curator, Organisation, Resource, ResourcePhone, Sheet
from tests import make

pytestmark = pytest.mark.django_db


def exported(model: Any, form: str) -> IO[bytes]:
    pks = list(model.objects.order_by("pk").values_list("pk", flat=True))
    if form == "xlsx":
        return writing.as_xlsx(model, pks)
    return io.BytesIO("".join(writing.as_csv(model, pks)).encode())


def taken_in(model: Any, file: IO[bytes]) -> Sheet:
    by, _made = Curator.objects.get_or_create(username="ann")
    with file:
        return keeping.take_in(model, file, name="entries.csv", by=by)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize(("model", "count"), [(Organisation, 270), (Resource, 347)])
def test_the_starter_comes_back_unchanged(starter: None, model: Any, count: int, form: str) -> None:
    sheet = taken_in(model, exported(model, form))

    assert [(row.slug, row.changes, row.problems) for row in sheet.rows.all()] == []
    assert (sheet.same, sheet.notes) == (count, [])


@pytest.mark.parametrize("model", [Organisation, Resource])
def test_each_cell_is_read_as_what_it_was_written_from(starter: None, model: Any) -> None:
    said = documents.read_many(model, model.objects.values_list("pk", flat=True))
    for document in said.values():
        for column in columns_of(model):
            if not column.readonly and column.name in document:
                value = column.clean({column.name: column.text(document)})
                assert column.same(value, document[column.name]), column


@given(st.text(max_size=20) | st.from_regex(r"'*[=+@\-\t\r\n].*"))
def test_a_text_made_harmless_is_made_whole_again(text: str) -> None:
    assert cells.whole(cells.harmless(text)) == text
    assert not re.match(r"[=+\-@\t\r\n]", cells.harmless(text))


PLAIN = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=12)


@given(st.lists(st.tuples(PLAIN, PLAIN | st.just("a\nb"), st.booleans()), max_size=3))
def test_phones_in_a_cell_are_read_as_they_were_written(rows: list[tuple[str, str, bool]]) -> None:
    widget = Parts(ResourcePhone._meta.get_field("resource"))
    phones = [
        {
            **dict.fromkeys(widget.fields, ""),
            "number": f"800-532-{number:04}",
            "purpose": purpose,
            "note": note,
            "is_tty": is_tty,
            "languages": ["en", "es"] if is_tty else None,
        }
        for number, (purpose, note, is_tty) in enumerate(rows)
    ]

    assert widget.clean(widget.render(phones)) == phones


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_texts_that_look_like_formulas_come_back_as_they_were(form: str) -> None:
    for text in ('=HYPERLINK("http://x")', "+1 800", "-5", "@x", "'=x", "''@", "\t=1", "'tis"):
        make.resource(award=text)
    file = exported(Resource, form)
    sheet = taken_in(Resource, file)

    assert (sheet.same, sheet.rows.count()) == (8, 0)
    if form == "csv":
        text = exported(Resource, form).read().decode()
        assert not re.search(r'(^|,)"?[=+@\-]', text, re.MULTILINE)


def test_a_text_too_long_for_a_cell_is_left_as_it_is() -> None:
    make.resource(summary="word " * 10_000)
    sheet = taken_in(Resource, exported(Resource, "xlsx"))

    assert (sheet.same, sheet.rows.count()) == (1, 0)
