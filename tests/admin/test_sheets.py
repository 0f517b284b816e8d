"""Spreadsheets: taken out of a list, changed elsewhere, looked at, taken in and undone as one."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import Any

import pytest
from django.test import Client
from openpyxl import Workbook, load_workbook

from resources import publishing
from resources.interchange.spreadsheets import keeping
from resources.interchange.spreadsheets.files import bounds
from resources.models import Batch, Curator, Organisation, Publication, Resource, Sheet, SheetRow
from tests import make
from tests.admin.browser_form import form_of, words_of

pytestmark = pytest.mark.django_db

LIST = "/admin/resources/resource/"
Table = list[list[str]]


@pytest.fixture
def rides() -> list[Resource]:
    return [
        make.resource(slug=f"ride-{n}", name=f"Ride {n}", needs=("rides",), award="$50")
        for n in range(3)
    ]


def exported(client: Client, query: str = "") -> Table:
    answer: Any = client.get(f"{LIST}export/csv/?{query}")
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))


def with_cell(table: Table, slug: str, column: str, text: str) -> Table:
    place = table[0].index(column)
    return [
        [text if row[0] == slug and at == place else cell for at, cell in enumerate(row)]
        for row in table
    ]


def as_file(table: Table, name: str = "rides.csv", encoding: str = "utf-8", **kwargs: Any) -> Any:
    text = io.StringIO()
    csv.writer(text, **kwargs).writerows(table)
    return named(text.getvalue().encode(encoding), name)


def named(content: bytes, name: str) -> io.BytesIO:
    file = io.BytesIO(content)
    file.name = name
    return file


def send(client: Client, file: Any) -> Any:
    return client.post(f"{LIST}import/", {"file": file}, follow=True)


def confirm(client: Client, page: Any, **said: Any) -> Any:
    address = page.redirect_chain[-1][0] if page.redirect_chain else page.request["PATH_INFO"]
    return client.post(address, {**form_of(page), "deed": "import", **said}, follow=True)


def award(slug: str) -> str:
    return Resource.objects.get(slug=slug).award


def test_what_the_list_finds_is_exported(publisher: Client, rides: list[Resource]) -> None:
    table = exported(publisher, "q=ride-1")

    assert [row[0] for row in table] == ["slug", "# never change this one", "ride-1"]
    assert table[2][table[0].index("needs")] == "rides"
    assert len(exported(publisher)) == 5
    assert len(exported(publisher, "publication_state__exact=draft")) == 2


def test_a_workbook_is_exported_too(publisher: Client, rides: list[Resource]) -> None:
    answer: Any = publisher.get(f"{LIST}export/xlsx/?q=ride-1")
    sheet: Any = load_workbook(io.BytesIO(answer.getvalue())).active
    answer.close()

    assert [row[0] for row in sheet.iter_rows(values_only=True)][2:] == ["ride-1"]


def test_a_filter_that_makes_no_sense_leads_back_to_the_list(publisher: Client) -> None:
    assert publisher.get(f"{LIST}export/csv/?nonsense=1").status_code == 302
    assert publisher.get(f"{LIST}export/pdf/").status_code == 404


def test_the_list_leads_to_both(publisher: Client, editor: Client) -> None:
    assert f"{LIST}export/csv/?q=ride" in publisher.get(f"{LIST}?q=ride").content.decode()
    assert "Import a spreadsheet" in words_of(publisher.get(LIST))
    assert "Import a spreadsheet" not in words_of(editor.get(LIST))


def test_what_nobody_changed_changes_nothing(publisher: Client, rides: list[Resource]) -> None:
    words = words_of(send(publisher, as_file(exported(publisher))))

    assert "3 rows change nothing." in words
    assert "The file says what the directory says already." in words


def test_a_changed_cell_is_seen_imported_in_history_and_undone(
    publisher: Client, rides: list[Resource]
) -> None:
    page = send(publisher, as_file(with_cell(exported(publisher), "ride-1", "award", "$60")))
    assert "Row 4: Ride 1 (changed)" in words_of(page)
    assert "<del>$50</del>" in page.content.decode()
    assert award("ride-1") == "$50"
    done = confirm(publisher, page)
    assert "1 entry is imported." in words_of(done)
    assert award("ride-1") == "$60"
    batch = Batch.objects.get()
    assert (batch.kind, batch.about) == ("import", "Imported from rides.csv")
    assert Publication.objects.of(rides[1]).first().batch == batch  # type: ignore[union-attr]
    publisher.post(f"/admin/batches/{batch.pk}/")

    assert award("ride-1") == "$50"


def test_lists_phones_and_sources_are_changed_too(publisher: Client, rides: list[Resource]) -> None:
    make.term(type(rides[0].needs.get()), "food")
    table = with_cell(exported(publisher), "ride-0", "needs", "food; rides")
    table = with_cell(table, "ride-0", "phones", "800-532-5274 | languages: en, es | hours: 9-5")
    table = with_cell(
        table, "ride-0", "sources", "https://a.example | page_date: 2018\nhttps://b.example"
    )
    confirm(publisher, send(publisher, as_file(table)))

    phone = rides[0].phones.get()
    assert (phone.dial, phone.languages, phone.hours) == ("+18005325274", ["en", "es"], "9-5")
    assert {need.slug for need in rides[0].needs.all()} == {"food", "rides"}
    assert [source.page_date for source in rides[0].sources.all()] == ["2018", ""]


@pytest.mark.parametrize(
    ("column", "text", "told"),
    [
        ("lifecycle", "gone", "“gone” is not one of: running, unconfirmed, ended."),
        ("age_min", "old", "“old” is not a whole number."),
        ("age_min", "200", "less than or equal to 120"),
        ("lifecycle_since", "31.12.2025", "“31.12.2025” is not a day."),
        ("urgent", "perhaps", "Write yes or no."),
        ("needs", "rides; nonsense", "There is no need “nonsense”."),
        ("needs", "", "Name at least one need."),
        ("organisation", "nobody", "There is no organization “nobody”."),
        ("organisation", "", "It is empty. Say which."),
        ("states", "TX", "There is no state “TX”."),
        ("income_rule", "dollar_table", "so this cannot be empty"),
        ("income_rule", "fpl_percent", "income_limit_percent"),
        ("insurance_rule", "listed", "so this cannot be empty"),
        ("who_may_apply", "nobody; patient", "stands alone"),
        ("languages", "klingon", "“klingon” is not one of"),
        ("apply_url", "javascript:alert(1)", "Write the whole address"),
        ("name", "x" * 200, "at most 150 characters"),
        ("summary", "", "cannot be blank"),
        ("phones", "12", "Line 1: “12” is not a phone number."),
        ("phones", "800-532-5274 | color: red", "After a bar stands one of"),
        ("sources", "", "It is public, so it needs a source."),
        ("area_parts", "Travis", "Line 1: Say its state."),
        ("dollar_limits", "1 | dollars: 5\n1 | dollars: 6", "“1” stands there twice."),
        ("version", "x", "It is no number."),
        ("version", "99", "There is no version 99 of this entry."),
        ("part_of", "ride-1", "It cannot be a fund of itself."),
        ("award", "y" * 40_000, "It is too long: 40000 characters."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_with_its_row_and_column(
    publisher: Client, rides: list[Resource], column: str, text: str, told: str
) -> None:
    page = send(publisher, as_file(with_cell(exported(publisher), "ride-1", column, text)))
    words = words_of(page)

    assert "Row 4:" in words
    assert "with problems" in words
    assert column in words.replace("income_limit_percent", "income_rule")
    assert told in words
    assert "No row can be imported." in words


def test_bad_rows_stop_all_unless_they_are_left_out(
    publisher: Client, rides: list[Resource]
) -> None:
    table = with_cell(exported(publisher), "ride-0", "award", "$60")
    page = send(publisher, as_file(with_cell(table, "ride-1", "age_min", "old")))
    refused = confirm(publisher, page)
    assert "Nothing was imported." in words_of(refused)
    assert award("ride-0") == "$50"
    confirm(publisher, page, leave_out="1")

    assert award("ride-0") == "$60"


def test_what_somebody_changed_meanwhile_is_left_out_or_laid_under(
    publisher: Client, rides: list[Resource]
) -> None:
    table = with_cell(exported(publisher), "ride-0", "award", "$60")
    rides[0].summary = "New words."
    rides[0].save()
    publishing.publish(by="other", entries=[rides[0]])
    page = send(publisher, as_file(table))
    words = words_of(page)
    assert "Row 3: Ride 0 (changed meanwhile)" in words
    assert "New words." in words
    confirm(publisher, page, leave_out="1")
    assert award("ride-0") == "$50"
    confirm(publisher, page, take="1")

    changed = Resource.objects.get(slug="ride-0")
    assert (changed.award, changed.summary) == ("$60", "New words.")


def test_an_old_row_that_nobody_touched_puts_nothing_back(
    publisher: Client, rides: list[Resource]
) -> None:
    table = exported(publisher)
    rides[0].award = "$70"
    rides[0].save()
    publishing.publish(by="other", entries=[rides[0]])

    assert "3 rows change nothing." in words_of(send(publisher, as_file(table)))


def test_what_is_saved_after_the_preview_stops_the_import_and_is_marked(
    publisher: Client, rides: list[Resource]
) -> None:
    page = send(publisher, as_file(with_cell(exported(publisher), "ride-0", "award", "$60")))
    publishing.publish(by="other", entries=[_changed(rides[0])])
    refused = confirm(publisher, page)

    assert "some rows cannot be" in words_of(refused)
    assert "Somebody saved it since you looked." in words_of(refused)
    assert award("ride-0") == "$50"
    assert not Batch.objects.exists()


def _changed(resource: Resource) -> Resource:
    resource.costs = "Nothing."
    resource.save()
    return resource


def test_it_is_imported_once_however_often_it_is_sent(
    publisher: Client, rides: list[Resource]
) -> None:
    page = send(publisher, as_file(with_cell(exported(publisher), "ride-0", "award", "$60")))
    confirm(publisher, page)
    again = confirm(publisher, page)

    assert "was imported already" in words_of(again)
    assert Batch.objects.count() == 1
    assert not SheetRow.objects.exists()


def test_two_that_confirm_at_once_make_one_batch(publisher: Client, rides: list[Resource]) -> None:
    send(publisher, as_file(with_cell(exported(publisher), "ride-0", "award", "$60")))
    sheet = Sheet.objects.get()
    said: Any = {
        "by": sheet.by, "model": Resource, "about": "x", "leave_out": False,
        "take_disputed": False,
    }  # fmt: skip

    assert keeping.import_rows(sheet, **said) == keeping.import_rows(sheet, **said)
    assert Batch.objects.count() == 1


def test_broken_off_half_way_it_changes_nothing(
    publisher: Client, rides: list[Resource], monkeypatch: pytest.MonkeyPatch
) -> None:
    table = with_cell(exported(publisher), "ride-0", "award", "$60")
    page = send(publisher, as_file(with_cell(table, "ride-1", "award", "$60")))

    def break_off(**kwargs: Any) -> None:
        raise RuntimeError("the machine stops")

    monkeypatch.setattr(publishing, "record", break_off)
    with pytest.raises(RuntimeError):
        confirm(publisher, page)

    assert {award(ride.slug) for ride in rides} == {"$50"}
    assert not Batch.objects.exists()
    assert SheetRow.objects.count() == 2


def test_a_draft_stays_a_draft(publisher: Client) -> None:
    make.resource(slug="draft", needs=("rides",), published=False)
    confirm(
        publisher, send(publisher, as_file(with_cell(exported(publisher), "draft", "award", "$1")))
    )

    draft = Resource.objects.get(slug="draft")
    assert (draft.award, draft.publication_state) == ("$1", "draft")


def test_a_new_row_becomes_a_draft_that_undoing_takes_away(
    publisher: Client, rides: list[Resource]
) -> None:
    organisation = rides[0].organisation.slug
    table = [
        ["slug", "name", "summary", "organisation", "needs", "sources"],
        ["new-ride", "New ride", "Takes you.", organisation, "rides", "https://example.org"],
    ]
    page = send(publisher, as_file(table))
    assert "Row 2: New ride (new)" in words_of(page)
    confirm(publisher, page)
    made = Resource.objects.get(slug="new-ride")
    assert (made.publication_state, made.version, made.sources.count()) == ("draft", 1, 1)
    publisher.post(f"/admin/batches/{Batch.objects.get().pk}/")

    assert not Resource.objects.filter(slug="new-ride").exists()


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"slug": "Not A Slug"}, "Use small letters, digits and hyphens"),
        ({"version": "3"}, "Is the slug misspelled?"),
        ({"organisation": ""}, "Say which."),
        ({"name": ""}, "cannot be blank"),
        ({"needs": ""}, "Name at least one need."),
        ({"slug": ""}, "By the slug an entry is known"),
    ],
)
def test_a_new_row_that_cannot_be_is_told(
    publisher: Client, rides: list[Resource], cells: dict[str, str], told: str
) -> None:
    row = {
        "slug": "new-ride", "version": "", "name": "New", "summary": "Takes you.",
        "organisation": rides[0].organisation.slug, "needs": "rides", **cells,
    }  # fmt: skip

    assert told in words_of(send(publisher, as_file([list(row), list(row.values())])))


def test_an_entry_twice_is_told_with_both_rows(publisher: Client, rides: list[Resource]) -> None:
    table = exported(publisher)
    words = words_of(send(publisher, as_file([*table, table[2]])))

    assert "Row 6:" in words
    assert "Row 3 is about the same entry." in words


def test_what_is_only_to_read_is_told_and_left(publisher: Client, rides: list[Resource]) -> None:
    words = words_of(
        send(publisher, as_file(with_cell(exported(publisher), "ride-0", "fund_status", "open")))
    )

    assert "Only read here, so what was changed was left out: fund_status (rows: 1)." in words
    assert "The file says what the directory says already." in words


def test_columns_may_be_moved_and_taken_out(publisher: Client, rides: list[Resource]) -> None:
    table = [["AWARD ", "my notes", "Slug"], ["$60", "call them", "ride-0"]]
    page = send(publisher, as_file(table))

    assert "These columns are not known here and were left out: my notes." in words_of(page)
    assert "There is no column “version”" in words_of(page)
    confirm(publisher, page)
    assert award("ride-0") == "$60"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_other_encodings_and_delimiters_are_read(
    publisher: Client, rides: list[Resource], encoding: str, delimiter: str
) -> None:
    table = with_cell(exported(publisher), "ride-0", "award", "Café, año; “€50”")
    page = send(publisher, as_file(table, encoding=encoding, delimiter=delimiter))
    assert ("read as Windows-1252" in words_of(page)) == (encoding == "cp1252")
    confirm(publisher, page)

    assert award("ride-0") == "Café, año; “€50”"


def workbook(*rows: list[Any]) -> io.BytesIO:
    book = Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return named(content.getvalue(), "rides.xlsx")


def test_a_workbook_is_imported_with_numbers_and_days(
    publisher: Client, rides: list[Resource]
) -> None:
    import datetime as dt

    head = ["slug", "version", "age_min", "lifecycle_since", "urgent"]
    row = ["ride-0", 1, 18, dt.datetime(2026, 5, 17), True]
    confirm(publisher, send(publisher, workbook(head, row)))

    ride = Resource.objects.get(slug="ride-0")
    assert (ride.age_min, str(ride.lifecycle_since), ride.urgent) == (18, "2026-05-17", True)


@pytest.mark.parametrize(
    ("formula", "told"),
    [("=1+1", "a formula whose result is not in the file"), ("#REF!", "It holds an error (#REF!)")],
)
def test_a_formula_without_a_value_is_told(
    publisher: Client, rides: list[Resource], formula: str, told: str
) -> None:
    words = words_of(
        send(publisher, workbook(["slug", "version", "award"], ["ride-0", 1, formula]))
    )

    assert "Row 2:" in words
    assert told in words


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'


def changed_member(name: str, content: bytes) -> io.BytesIO:
    """A workbook with one of its parts replaced."""
    with zipfile.ZipFile(workbook(["slug"], ["ride-0"])) as old:
        parts = {each: old.read(each) for each in old.namelist()}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for each, text in {**parts, name: content}.items():
            new.writestr(each, text)
    return named(made.getvalue(), "bomb.xlsx")


TABLE = "xl/worksheets/sheet1.xml"
MANY_CELLS = b"".join(b"<c>%d</c>" % number for number in range(250_000))
LONG_ROW = b"<worksheet><sheetData><row r='1'>%s</row></sheetData></worksheet>"


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (lambda: named(b"", "a.csv"), "Choose a file first|The submitted file is empty|is empty"),
        (lambda: named(b"\n\n", "a.csv"), "The file is empty."),
        (lambda: named(b"name,award\nx,y", "a.csv"), "has no column “slug”"),
        (lambda: named(b"slug,award,award\nx,y,z", "a.csv"), "has these columns twice: award"),
        (lambda: named(b"\x00\x01\x02", "a.csv"), "no table that can be read"),
        (lambda: named(b"%PDF-1.4", "a.pdf"), "no table that can be read"),
        (lambda: named(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls"), "an old Excel file"),
        (lambda: named(b"\xff\xfe\x00", "a.csv"), "no table that can be read"),
        (lambda: named(b"slug,award\nx," + b"y" * 10_000_000, "a.csv"), "Row 2 cannot be read"),
        (lambda: named(b'slug,award\nx,"y\n', "a.csv"), "a quotation mark is missing"),
        (lambda: named(b"slug" + b"," * 300 + b"x", "a.csv"), "more than 200 cells"),
        (lambda: named(b"PK\x03\x04nonsense", "a.xlsx"), "broken, or no XLSX"),
        (lambda: changed_member(TABLE, bytes(50_000_000)), "far larger than a list"),
        (lambda: changed_member("xl/styles.xml", BOMB + b"<x>&b;</x>"), "broken, or no XLSX"),
        (lambda: changed_member(TABLE, BOMB + b"<x>&b;</x>"), "broken, or no XLSX"),
        (lambda: changed_member(TABLE, LONG_ROW % MANY_CELLS), "Row 1 is far too long."),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(
    publisher: Client, file: Any, told: str
) -> None:
    answer = send(publisher, file())

    assert answer.status_code == 400
    assert any(each in words_of(answer) for each in told.split("|"))
    assert not Sheet.objects.exists()


def test_more_rows_than_one_file_may_have_are_refused(
    publisher: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from resources.interchange.spreadsheets import reading

    monkeypatch.setattr(reading, "MOST_ROWS", 2)
    answer = send(publisher, named(b"slug\na\nb\nc\n", "a.csv"))

    assert "more than 2 rows" in words_of(answer)
    assert not Sheet.objects.exists()


def test_a_request_that_is_too_large_is_refused_unread(publisher: Client) -> None:
    answer = publisher.post(f"{LIST}import/", CONTENT_LENGTH=str(500 * 2**20))

    assert answer.status_code == 413
    assert f"{bounds.MOST_BYTES // 2**20 + 1} MB" in words_of(answer)


def test_an_editor_exports_but_imports_nothing(
    editor: Client, publisher: Client, rides: list[Resource]
) -> None:
    table = exported(editor)
    file = as_file(with_cell(table, "ride-0", "award", "$60"))
    assert editor.get(f"{LIST}import/").status_code == 403
    assert send(editor, file).status_code == 403
    send(publisher, as_file(with_cell(table, "ride-0", "award", "$60")))
    sheet = f"{LIST}import/{Sheet.objects.get().pk}/"

    assert editor.get(sheet).status_code == 403
    assert editor.post(sheet, {"deed": "import"}).status_code == 403
    assert award("ride-0") == "$50"


def test_another_curators_file_is_nobody_elses(
    publisher: Client, other_publisher: Client, rides: list[Resource]
) -> None:
    send(publisher, as_file(with_cell(exported(publisher), "ride-0", "award", "$60")))
    sheet = Sheet.objects.get()

    for address in (
        f"{LIST}import/{sheet.pk}/",
        f"/admin/resources/organisation/import/{sheet.pk}/",
    ):
        assert other_publisher.get(address).status_code == 404
        assert other_publisher.post(address, {"deed": "import"}).status_code == 404
    assert publisher.get(f"/admin/resources/organisation/import/{sheet.pk}/").status_code == 404
    assert award("ride-0") == "$50"


def test_a_stranger_is_asked_who_they_are() -> None:
    for page in ("import/", "import/1/", "export/csv/"):
        assert "/admin/login/" in Client().get(f"{LIST}{page}")["Location"]


def test_a_file_is_thrown_away_at_once_or_after_a_day(
    publisher: Client, rides: list[Resource]
) -> None:
    import datetime as dt

    from django.utils import timezone

    file = with_cell(exported(publisher), "ride-0", "award", "$60")
    confirm(publisher, send(publisher, as_file(file)), deed="drop")
    assert not Sheet.objects.exists()
    send(publisher, as_file(file))
    assert keeping.forget_old(timezone.now()) == 0

    assert keeping.forget_old(timezone.now() + dt.timedelta(days=1, minutes=1)) == 1
    assert not SheetRow.objects.exists()


def test_organisations_have_sheets_as_well(publisher: Client) -> None:
    made = make.organisation(slug="acs", name="ACS")
    table = [
        ["slug", "version", "names", "city"],
        ["acs", "1", "Cancer Society | sort: also", "Ames"],
    ]
    address = "/admin/resources/organisation/"
    page = publisher.post(f"{address}import/", {"file": as_file(table)}, follow=True)
    confirm(publisher, page)

    assert Organisation.objects.get(slug="acs").city == "Ames"
    assert [name.name for name in made.names.all()] == ["Cancer Society"]


def test_what_a_file_says_is_text_on_the_page(publisher: Client, rides: list[Resource]) -> None:
    hostile = "<script>alert(1)</script>"
    table = with_cell(exported(publisher), "ride-0", "award", hostile)
    table[0].append(hostile)
    page = send(publisher, as_file([*table, [hostile]], name=f"{hostile}.csv"))

    assert hostile not in page.content.decode()


def test_a_slug_that_it_had_before_is_still_understood(
    publisher: Client, rides: list[Resource]
) -> None:
    table = with_cell(exported(publisher), "ride-0", "award", "$60")
    rides[0].slug = "taxi"
    rides[0].save()
    publishing.publish(by="other", entries=[rides[0]])
    confirm(publisher, send(publisher, as_file(table)), take="1")

    assert award("taxi") == "$60"


def test_curators_come_and_go_with_their_sheets(publisher: Client, rides: list[Resource]) -> None:
    send(publisher, as_file(exported(publisher)))

    assert Sheet.objects.get().by == Curator.objects.get(username="pat")


def test_names_that_mean_something_already_are_shown_and_kept_knowingly(publisher: Client) -> None:
    make.organisation(slug="ride-aid", name="Ride Aid")
    make.organisation(slug="other", name="Other")
    plain = make.organisation(slug="plain", name="Plain")
    base = "/admin/resources/organisation/"
    table = list(
        csv.reader(io.StringIO(publisher.get(f"{base}export/csv/").getvalue().decode("utf-8-sig")))
    )
    table = with_cell(table, "other", "name", "Ride Aid")
    table = with_cell(table, "plain", "city", "Ames")
    page: Any = publisher.post(f"{base}import/", {"file": as_file(table)}, follow=True)
    url = page.redirect_chain[-1][0]
    assert "“Ride Aid” already means: Ride Aid (organization)" in words_of(page)
    only = words_of(publisher.get(url, {"sort": "words"}))
    assert "Ride Aid (changed)" not in only
    assert "Other (changed)" in only
    assert "Plain (changed)" not in only

    asked = words_of(publisher.post(url, {"deed": "import"}))
    assert "Answer below what is asked" in asked
    plain.refresh_from_db()
    assert plain.city == ""
    publisher.post(url, {"deed": "import", "keep_clashing": "1"})
    assert Organisation.objects.get(slug="other").name == "Ride Aid"
