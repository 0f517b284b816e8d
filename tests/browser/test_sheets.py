"""A curator takes a list out, changes it elsewhere, and takes it in again: in a real browser."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.test_curator import RESOURCES, found_on
from tests.browser.visitor import PHONE, Visitor

pytestmark = pytest.mark.browser


def test_a_list_goes_out_is_changed_and_comes_in(
    pat: Visitor,
    tmp_path: Path,
) -> None:
    page = pat.open(f"{RESOURCES}?q=PAF")
    with page.expect_download() as going:
        page.get_by_role("link", name="Export these (CSV)").click()
    text = Path(going.value.path()).read_text(encoding="utf-8-sig")
    table = list(csv.reader(text.splitlines(keepends=True)))
    table[2][table[0].index("award")] = "$77 a trip"
    table[3][table[0].index("age_min")] = "old"
    file = tmp_path / "resources.csv"
    with file.open("w", newline="") as changed:
        csv.writer(changed).writerows(table)

    page.get_by_role("link", name="Import a spreadsheet").click()
    found = {"import": found_on(page)}
    page.get_by_label("A file that was exported here").set_input_files(file)
    page.get_by_role("button", name="See what would change").click()
    expect(page.locator("#content-main")).to_contain_text("“old” is not a whole number.")
    found["sheet"] = found_on(page)
    page.set_viewport_size(PHONE)
    assert pat.overflow() == 0
    page.get_by_label("Leave out the rows with problems").check()
    page.get_by_role("button", name="Import 1 good row").click()

    expect(page.locator(".messagelist")).to_contain_text("1 entry is imported.")
    assert found == {"import": [], "sheet": []}


def test_a_file_that_is_too_large_is_told_before_it_is_sent(
    pat: Visitor,
    tmp_path: Path,
) -> None:
    file = tmp_path / "large.xlsx"
    with file.open("wb") as empty:
        empty.truncate(60 * 2**20)
    page = pat.open(f"{RESOURCES}import/")
    page.get_by_label("A file that was exported here").set_input_files(file)

    told = page.locator("#file").evaluate("field => field.validationMessage")
    assert told == "At most 40 MB."
