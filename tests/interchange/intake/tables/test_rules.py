"""One rule after the other, for one row: what the document says, what is guessed and left."""

from __future__ import annotations

from typing import Any

import pytest

from tests.interchange.intake.tables.small import Source


def test_a_field_takes_the_first_filled_column(source: Source) -> None:
    taken, _ = source.one('url = { columns = ["A", "B"] }', "A,B", "", "https://example.org/b")

    assert taken.document["url"] == "https://example.org/b"


def test_words_with_nothing_in_them_are_left_out(source: Source) -> None:
    rules = 'windows = { words = ["Hours: {H}.", "Closed on {D}."] }'
    taken, _ = source.one(rules, "H,D", "9 to 5", "")

    assert taken.document["windows"] == "Hours: 9 to 5."


def test_a_map_says_what_a_cell_means(source: Source) -> None:
    rules = 'lifecycle = { column = "Open?", map = { yes = "running", no = "ended" } }'
    taken, _ = source.one(rules, "Open?", " YES ")

    assert taken.document["lifecycle"] == "running"


def test_what_a_map_does_not_name_is_left_and_told(source: Source) -> None:
    rules = 'lifecycle = { column = "Open?", map = { yes = "running" } }'
    taken, taking = source.one(rules, "Open?", "perhaps")

    assert "lifecycle" not in taken.document
    assert taken.left == ["Open?: “perhaps” is not in the map of the mapping"]
    assert taking.tally.of("helps.csv", "Open?") == (0, 0, 0, 1)


def test_a_list_is_split_and_mapped_piece_by_piece(source: Source) -> None:
    rules = 'needs = { column = "For", split = [";", "/"], map = { eat = "food", live = "rent" } }'
    taken, _ = source.one(rules, "For", "Eat; live/ eat")

    assert taken.document["needs"] == ["food", "rent"]


@pytest.mark.parametrize(("asked", "is_taken"), [("Yes", True), ("no", False), ("", False)])
def test_a_rule_holds_only_when_its_conditions_do(
    source: Source, asked: str, is_taken: bool
) -> None:
    rules = 'costs = { column = "Cost", when = { "Asks?" = ["yes", "sure"] } }'
    taken, _ = source.one(rules, "Cost,Asks?", "$5", asked)

    assert ("costs" in taken.document) is is_taken


def test_a_cell_that_no_rule_took_is_left_and_told(source: Source) -> None:
    rules = 'costs = { column = "Cost", unless = { "Free" = true } }'
    taken, _ = source.one(rules, "Cost,Free", "$5", "x")

    assert taken.left == ["Cost: “$5” was taken by no rule"]


def test_a_guess_of_the_mapping_is_told(source: Source) -> None:
    rules = 'lifecycle = { value = "unconfirmed", when = { "Open?" = false }, guess = "not said" }'
    taken, _ = source.one(rules, "Open?", "")

    assert "not said" in taken.guessed


PHONES: list[tuple[str, list[tuple[str, str, str]]]] = [
    ("(312) 773-1068 ext. 321", [("(312) 773-1068", "321", "")]),
    ("(312) 201-9740 x331", [("(312) 201-9740", "331", "")]),
    ("(618) 394-7300 or (877) 342-7891", [("(618) 394-7300", "", ""), ("(877) 342-7891", "", "")]),
    ("(618) 453-3217; (618) 536-7711", [("(618) 453-3217", "", ""), ("(618) 536-7711", "", "")]),
    ("800-526-0844, 800-501-0864", [("800-526-0844", "", ""), ("800-501-0864", "", "")]),
    ("1-800-LAW-REP-4", [("1-800-LAW-REP-4", "", "")]),
    ("1.866.HELP4DV", [("1.866.HELP4DV", "", "")]),
    ("844-RIGHTS-9 (844-744-4879)", [("844-744-4879", "", "844-RIGHTS-9")]),
    ("(800) 572-1092 IL only", [("(800) 572-1092", "", "IL only")]),
    ("773. 271. 0899", [("773. 271. 0899", "", "")]),
    ("3125542000", [("3125542000", "", "")]),
    ("211", [("211", "", "")]),
    ("no phone", []),
]


@pytest.mark.parametrize(("cell", "numbers"), PHONES)
def test_every_number_in_a_cell_is_a_phone(
    source: Source, cell: str, numbers: list[tuple[str, str, str]]
) -> None:
    taken, _ = source.one('phones = "Phone"', "Phone", cell)

    found = taken.document.get("phones", [])
    assert [(row["number"], row["extension"], row["note"]) for row in found] == numbers
    assert all(row["dial"] for row in found)
    assert not taken.left


def test_a_label_before_a_number_says_what_it_is_for(source: Source) -> None:
    taken, _ = source.one(
        'phones = "Phone"', "Phone", "Office: 312-555-0144; Spanish: 312-555-0145"
    )

    office, spanish = taken.document["phones"]
    assert (office["purpose"], office["languages"]) == ("Office", None)
    assert (spanish["purpose"], spanish["languages"]) == ("", ["es"])


def test_what_is_no_number_is_left_and_told(source: Source) -> None:
    taken, _ = source.one('phones = "Phone"', "Phone", "555-01; 312-555-0144")

    assert [row["number"] for row in taken.document["phones"]] == ["312-555-0144"]
    assert taken.left == ["Phone: “555-01” is no phone number that can be dialed"]


@pytest.mark.parametrize(
    ("cell", "url"),
    [
        ("https://example.org/a?b=1", "https://example.org/a?b=1"),
        ("HTTP://WWW.EXAMPLE.ORG", "http://WWW.EXAMPLE.ORG"),
        ("www.example.org/a", "https://www.example.org/a"),
        ("javascript:alert(1)", None),
        ("JavaScript://example.org/%0aalert(1)", None),
        ("data:text/html,x", None),
        ("http://", None),
        ("ask us", None),
        ("https://example.org/" + "a" * 500, None),
    ],
)
def test_only_web_addresses_are_addresses(source: Source, cell: str, url: str | None) -> None:
    taken, _ = source.one('url = "Web"', "Web", cell)

    assert taken.document.get("url") == url
    assert bool(taken.left) is (url is None)


AREAS: list[tuple[str, str, dict[str, Any]]] = [
    ('states = "W"', "Illinois", {"states": ["IL"]}),
    ('states = "W"', "nationwide", {"area_kind": "national"}),
    (
        'counties = { column = "W", split = ";" }',
        "Saint Clair;cook County",
        {"states": ["IL"], "counties": ["Cook", "St. Clair"], "area_partial": True},
    ),
    (
        'cities = { column = "W", split = ";" }',
        "Deerfield; Chicago",
        {"counties": ["Cook", "Lake"], "area_note": "Only in Deerfield, Chicago."},
    ),
    (
        'zip_codes = { column = "W", split = ";" }',
        "60608;60608-1234; 60064",
        {"counties": ["Cook", "Lake"], "area_note": "Only ZIP codes 60608, 60608-1234, 60064."},
    ),
    (
        'counties = { column = "W", split = ";" }',
        "Cook;Narnia",
        {"counties": ["Cook"], "area_partial": True, "area_note": "Also named: Narnia."},
    ),
    ('zip_codes = "W"', "٠٠٠٠٠", {"states": ["IL"], "area_partial": True}),
    ('states = "W"', "", {"states": ["IL"], "area_partial": True}),
]


@pytest.mark.parametrize(("rules", "cell", "expected"), AREAS)
def test_an_area_is_states_counties_and_a_note(
    source: Source, rules: str, cell: str, expected: dict[str, Any]
) -> None:
    taken, _ = source.one(rules, "W", cell)

    said = taken.document
    found = {**said, "counties": [row["county"] for row in said.get("area_parts", [])]}
    assert {name: found.get(name) for name in expected} == expected


INCOMES: list[tuple[str, str, dict[str, Any]]] = [
    ("200%", "", {"income_rule": "fpl_percent", "income_limit_percent": 200}),
    ("200%", "none", {"income_rule": "described", "income_limit_percent": None}),
    ("2500%", "", {"income_rule": None}),
    ("", "fpl_percent", {"income_rule": "described"}),
    ("", "none", {"income_rule": "none"}),
    ("", "", {"income_rule": None}),
]


@pytest.mark.parametrize(("percent", "rule", "expected"), INCOMES)
def test_an_income_rule_and_its_figure_go_together_or_are_words(
    source: Source, percent: str, rule: str, expected: dict[str, Any]
) -> None:
    rules = 'income_rule = "R"\nincome_limit_percent = { column = "P", as = "percent" }'
    taken, _ = source.one(rules, "P,R", percent, rule)

    assert {name: taken.document.get(name) for name in expected} == expected
    assert ("income_note" in taken.document) is (expected["income_rule"] == "described")


def test_money_by_household_is_a_table(source: Source) -> None:
    rules = """
    dollar_limits = [
      { column = "One", household_size = 1 },
      { column = "Two", household_size = 2, as = "money_a_month" },
    ]"""
    taken, _ = source.one(rules, "One,Two", "$20,000", "$2,000")

    assert taken.document["income_rule"] == "dollar_table"
    assert [row["dollars"] for row in taken.document["dollar_limits"]] == [20000, 24000]


def test_what_is_too_long_is_cut_and_kept_whole_elsewhere(source: Source) -> None:
    words = "word " * 80
    taken, _ = source.one('costs = "Cost"', "Cost", words)

    assert len(taken.document["costs"]) <= 300
    assert taken.document["costs"].endswith("word…")
    assert words.strip() in taken.document["eligibility_notes"]
    assert any("too long" in sentence for sentence in taken.guessed)


def test_html_and_its_links_are_told(source: Source) -> None:
    cell = '<p>Call <a href="javascript:alert(1)">us</a></p>'
    taken, _ = source.one('summary = "What"', "What", cell)

    assert taken.document["summary"] == "Call us"
    assert "What: HTML was made plain words" in taken.guessed
    assert taken.left == [
        "What: “javascript:alert(1)” was a link in HTML; only its words were kept"
    ]


@pytest.mark.parametrize("age", ["300", "9" * 5000, "18 to 60", "٣٣٣"])
def test_a_number_that_cannot_be_is_left(source: Source, age: str) -> None:
    taken, _ = source.one('age_min = "From"', "From", age)

    assert "age_min" not in taken.document
    assert taken.left


HOSTILE = ["1" * 9999, "312-" * 5000, "(312) " * 4000, "a." * 9000, "<!--" * 5000, "&#" * 9000]


@pytest.mark.parametrize("cell", HOSTILE, ids=lambda cell: cell[:4])
def test_a_hostile_cell_is_left_or_words_and_nothing_breaks(source: Source, cell: str) -> None:
    names = ("phones", "url", "counties", "zip_codes", "dollar_limits", "lifecycle_since")
    rules = (
        "\n".join(f'{name} = "C"' for name in names) + '\nwindows = { column = "C", as = "hours" }'
    )
    taken, _ = source.one(rules, "C", cell)

    assert not {"phones", "url", "dollar_limits", "lifecycle_since"} & taken.document.keys()


def test_names_that_an_organization_has_twice_are_told_apart(source: Source) -> None:
    source.mapping(ONE_FILE_WITH_NAMES.replace('id = "Id"', 'id = "Id"\ntell_apart = "At"'))
    rows = "1,Forms,7,Library\n2,forms,7,Court\n3,Forms,8,Town\n4,Forms,7,\n"
    taken, _ = source.take(source.file("helps.csv", f"Id,Name,By,At\n{rows}"))

    names = [one.document["name"] for one in taken if "organisation" in one.document]
    assert names == ["Forms (Library)", "forms (Court)", "Forms", "Forms"]


def test_an_organization_that_is_only_named_becomes_one(source: Source) -> None:
    source.mapping(ONE_FILE_WITH_NAMES)
    path = source.file("helps.csv", "Id,Name,By,At\n1,A,7,Main\n2,B,7,Main\n3,C,8,\n4,D,,\n")
    taken, taking = source.take(path)

    assert [(one.identifier, one.document["name"]) for one in taken[:3]] == [
        ("7", "Main"),
        ("8", "Organization 8, not in the file"),
        ("of helps 4", "Organization of helps 4, not in the file"),
    ]
    assert [one.document["organisation"] for one in taken[3:]] == ["7", "7", "8", "of helps 4"]
    assert not taking.problems


ONE_FILE_WITH_NAMES = """
[source]
name = "small"
url = "https://example.org/list"
[tables.helps]
id = "Id"
makes = "resource"
[tables.helps.fields]
name = "Name"
organisation = "By"
[tables.helps.missing_organisation]
name = "At"
"""
