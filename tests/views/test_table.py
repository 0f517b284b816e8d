"""The results as a table and as a file, as somebody at a desk uses them."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.utils import timezone

from resources.models import Condition, PovertyGuideline, Resource
from resources.pages import table
from resources.pages.table.sorting import largest_amount
from tests import make
from tests.views.page import get, read

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 24)
COPAY = "/search/?need=copay&view=table"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda value=None: value.date() if value else TODAY)


@pytest.fixture(autouse=True)
def guidelines() -> None:
    for name, first, further in (("48+DC", 15_960, 5_680), ("AK", 19_950, 7_100)):
        PovertyGuideline.objects.update_or_create(
            table=name, year=2026,
            defaults={
                "first_person": first, "each_additional": further, "verified": True,
                "effective": dt.date(2026, 1, 15), "source": "91 FR 1797",
            },
        )  # fmt: skip


def fund(name: str, back: int | None = None, **fields: Any) -> Resource:
    seen = {} if back is None else {
        "fund_status_seen_on": TODAY - dt.timedelta(days=back), "fund_status_precision": "day"
    }  # fmt: skip
    return make.resource(**{"name": name, "needs": ("copay",), **seen, **fields})


def percent(most: int) -> dict[str, Any]:
    return {"income_rule": "fpl_percent", "income_limit_percent": most}


def names(path: str) -> list[str]:
    """The funds of a table, in their order."""
    html = read(path).html
    return [one.partition(">")[2].partition("<")[0] for one in html.split('scope="row"><a ')[1:]]


def rows(path: str) -> list[list[str]]:
    """The rows of a file."""
    answer = get(path)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_a_line_says_what_a_desk_needs() -> None:
    fund(
        "Alpha", 2, fund_status="open", insurance_rule="any", award="Up to $5,000 a year",
        how_to_apply=["online", "phone"], **percent(300),
    )  # fmt: skip
    text = read(COPAY).text

    assert "Open November 22, 2026 any or none $64,920 Up to $5,000 a year online, by phone" in text
    assert "Limit for 2 people" in text


def test_a_line_is_called_and_added_to_a_list_from_the_table() -> None:
    alpha = fund("Alpha")
    alpha.phones.create(number="800-555-0100")
    page = read(COPAY)

    assert page.links["800-555-0100"] == "tel:+18005550100"
    assert f'form="adding" name="add" value="{alpha.pk}"' in page.html


def test_the_table_leads_to_emails_as_the_cards_do() -> None:
    fund("Alpha")

    assert read(COPAY).links["Email me when such help opens"] == "/alerts/?need=copay"


def test_the_size_of_household_is_chosen_in_the_table() -> None:
    fund("Alpha", **percent(100))

    assert "Limit for 5 people" in read(f"{COPAY}&people=5").text
    assert "$38,680" in read(f"{COPAY}&people=5").text
    assert "Limit for 2 people" in read(f"{COPAY}&people=99").text


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("fund", ["Alpha", "Beta", "Gamma", "Delta"]),
        ("status", ["Beta", "Alpha", "Delta", "Gamma"]),
        ("-status", ["Alpha", "Beta", "Delta", "Gamma"]),
        ("seen", ["Alpha", "Beta", "Delta", "Gamma"]),
        ("-seen", ["Beta", "Alpha", "Delta", "Gamma"]),
        ("insurance", ["Gamma", "Alpha", "Beta", "Delta"]),
        ("limit", ["Beta", "Alpha", "Delta", "Gamma"]),
        ("-limit", ["Delta", "Alpha", "Beta", "Gamma"]),
        ("award", ["Gamma", "Alpha", "Beta", "Delta"]),
        ("-award", ["Alpha", "Gamma", "Beta", "Delta"]),
        ("apply", ["Beta", "Gamma", "Alpha", "Delta"]),
    ],
)
def test_it_is_sorted_by_a_column_and_what_nobody_knows_comes_last(
    sort: str, order: list[str]
) -> None:
    fund("Alpha", 9, fund_status="closed", award="$500 to $9,000", clinic_must_apply=True,
         **percent(300))  # fmt: skip
    fund("Beta", 3, fund_status="open", how_to_apply=["online"], **percent(200))
    fund("Gamma", insurance_rule="any", award="About $700", how_to_apply=["mail", "phone"])
    fund("Delta", income_rule="none")

    expected = sorted(order) if sort == "fund" else order
    assert names(f"{COPAY}&sort={sort}") == expected
    if sort == "fund":
        assert names(f"{COPAY}&sort=-fund") == expected[::-1]


def test_a_head_leads_to_a_sort_and_then_to_the_other_way_round() -> None:
    fund("Alpha")
    page = read(f"{COPAY}&sort=seen&people=3")

    assert page.links["Fund"] == "/search/?need=copay&view=table&sort=fund&people=3"
    assert page.links["Seen"] == "/search/?need=copay&view=table&sort=-seen&people=3"
    assert '<th scope="col" aria-sort="ascending">' in page.html


def test_what_one_has_to_ask_comes_after_under_a_heading() -> None:
    make.term(Condition, "lung-cancer")
    fund("Asks")
    fund("Fits", conditions=("lung-cancer",))
    page = read("/search/?condition=lung-cancer&view=table&sort=fund")

    assert page.comes_before("Fits", "Not stated, ask (1)")
    assert page.comes_before("Not stated, ask (1)", "Asks")


def test_filters_and_pages_keep_the_table() -> None:
    with make.together():
        for number in range(26):
            fund(f"Fund {number:02}")
    page = read(f"{COPAY}&sort=fund")

    assert "/search/?need=copay&view=table&sort=fund&page=2" in page.links.values()
    assert names(f"{COPAY}&sort=fund&page=2") == ["Fund 25"]
    assert names(f"{COPAY}&sort=-fund&page=2") == ["Fund 00"]
    assert "?view=table&amp;sort=fund" in page.html


def test_the_file_has_all_of_it_in_the_same_order() -> None:
    with make.together():
        for number in range(30):
            fund(f"Fund {number:02}", 2, fund_status="open", **percent(300))
    found = rows("/search/csv/?need=copay&view=table&sort=-fund&people=3")

    assert found[0][:4] == ["Fund", "Organization", "Fits your filters", "Status"]
    assert "Limit for 3 people" in found[0]
    assert [row[0] for row in found[1:]] == [f"Fund {number:02}" for number in range(29, -1, -1)]
    assert found[1][3:5] == ["Open", "2026-11-22"]
    assert (
        found[1][-1] == f"http://localhost{Resource.objects.get(name='Fund 29').get_absolute_url()}"
    )


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t="])
def test_no_cell_of_the_file_is_a_formula(begins: str) -> None:
    fund(f"{begins}cmd|' /C calc'!A0", award=f"{begins}1+1")

    for row in rows("/search/csv/?need=copay"):
        assert not any(cell.startswith(tuple("=+-@\t")) for cell in row)


def test_a_file_that_is_cut_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MOST_LINES", 2)
    monkeypatch.setattr("resources.views.table.MOST_LINES", 2)
    for number in range(5):
        fund(f"Fund {number}")
    found = rows("/search/csv/?need=copay")

    assert len(found) == 4
    assert found[-1][0].startswith("Only the first 2 are in this file. 3 more were found")
    assert "(the first 2; 3 more are left out: narrow the search)" in read(COPAY).text


def test_dates_in_the_file_are_no_more_exact_than_they_are_known() -> None:
    fund("Alpha", fund_status="closed", fund_status_seen_on=dt.date(2026, 11, 1),
         fund_status_precision="month")  # fmt: skip

    assert rows("/search/csv/?need=copay")[1][4] == "2026-11"


def test_the_file_is_nobodys_to_keep_and_sets_no_cookie() -> None:
    answer = get("/search/csv/?q=secret")

    assert "private" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"].startswith("noindex")
    assert not answer.cookies


def test_it_speaks_spanish_and_leaves_the_thread_as_it_was() -> None:
    fund("Alpha", income_rule="none")

    assert get("/es/search/csv/?need=copay").status_code == 200
    assert rows("/es/search/csv/?need=copay")[1][-1].startswith("http://localhost/es/resources/")
    assert rows("/search/csv/?need=copay")[1][6] == "no limit"


@pytest.mark.parametrize(
    "query",
    ["view=table&sort=nonsense", "view=table&people=-1", "view=table&people=99999999999999",
     "view=%00", "view=table&page=9999", "sort=-limit", "view=table&sort=--fund", "q=zzzzzzz"],
)  # fmt: skip
def test_whatever_is_asked_has_an_answer(query: str) -> None:
    fund("Alpha")

    assert get(f"/search/?{query}").status_code == 200
    assert rows(f"/search/csv/?{query}")


@pytest.mark.parametrize(
    ("text", "amount"),
    [("$500 to $9,000", 9_000), ("Free", None), ("", None), ("up to $ 1,200 a year", 1_200)],
)
def test_the_amount_of_an_award_is_the_largest_that_it_names(text: str, amount: int | None) -> None:
    assert largest_amount(text) == amount


def test_it_asks_the_database_little(django_assert_max_num_queries: Any) -> None:
    with make.together():
        for number in range(30):
            fund(f"Fund {number:02}")
    read(f"{COPAY}&sort=award")

    with django_assert_max_num_queries(17):
        read(f"{COPAY}&sort=award")
