"""A question to the directory: from the address and back, one value more or less, in words."""

from __future__ import annotations

from dataclasses import fields

import pytest
from django.http import QueryDict
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from resources.search.query import (
    COLUMNS,
    FACETS,
    LONGEST_TEXT,
    MOST_PAGES,
    MOST_VALUES,
    ORDER_NAMES,
    SearchQuery,
)

SLUGS = st.lists(
    st.from_regex(r"[a-z0-9]{1,8}([-_][a-z0-9]{1,8}){0,2}", fullmatch=True), max_size=4
)
QUERIES = st.builds(
    SearchQuery,
    text=st.text(st.characters(), max_size=LONGEST_TEXT + 20),
    area=st.sampled_from(["", "OH", "43004", "43004-1234", "oh", "nowhere"]) | st.text(max_size=30),
    exact=st.booleans(),
    order=st.sampled_from(ORDER_NAMES),
    page=st.integers(-5, 2 * MOST_PAGES),
    view=st.sampled_from(["", "table", "x"]),
    sort=st.sampled_from(["", *COLUMNS, *(f"-{name}" for name in COLUMNS), "x"]),
    people=st.integers(-1, 12),
    **{facet.field: SLUGS.map(tuple) for facet in FACETS.values() if not facet.single},
)
ANYTHING = st.dictionaries(
    st.sampled_from(
        [
            "q",
            "exact",
            "order",
            "page",
            "view",
            "sort",
            "people",
            *(facet.parameter for facet in FACETS.values()),
        ]
    ),
    st.lists(st.text(st.characters(), max_size=40) | st.sampled_from(["copay", "1"]), max_size=4),
)


def asked(address: str) -> SearchQuery:
    return SearchQuery.from_params(QueryDict(address))


def described(query: SearchQuery, language: str = "en") -> str:
    names = {"copay": "Copay help", "rides": "Rides", "flights": "Flights", "OH": "Ohio"}
    with override(language):
        return query.describe(lambda facet, value: names.get(value, value))


@given(QUERIES)
def test_it_comes_back_from_the_address_as_it_went(query: SearchQuery) -> None:
    assert asked(query.to_query_string()) == query


@given(ANYTHING)
def test_it_reads_whatever_it_is_given(params: dict[str, list[str]]) -> None:
    given_params = QueryDict(mutable=True)
    for name, values in params.items():
        given_params.setlist(name, values)
    query = SearchQuery.from_params(given_params)
    assert asked(query.to_query_string()) == query


def test_words_are_exact_only_where_there_are_words() -> None:
    assert asked("q=copay&exact=1").to_query_string() == "q=copay&exact=1"
    assert SearchQuery(exact=True) == SearchQuery()
    assert asked("q=copay&exact=1&need=copay").without("q") == asked("need=copay")


def test_every_field_has_its_parameter() -> None:
    of_facets = {facet.field for facet in FACETS.values()}
    assert {field.name for field in fields(SearchQuery)} == of_facets | {
        "text",
        "exact",
        "order",
        "view",
        "sort",
        "people",
        "page",
    }


def test_it_reads_every_parameter() -> None:
    query = asked(
        "q=gleevec+help&need=copay&need=rides&condition=cml&medicine=imatinib&insurance=medicare"
        "&area=oh&status=open&language=es&category=manufacturer&apply=clinic&order=name&page=3&view=table&sort=-limit&people=4"
    )
    assert query == SearchQuery(
        text="gleevec help",
        needs=("copay", "rides"),
        conditions=("cml",),
        medicines=("imatinib",),
        insurance=("medicare",),
        area="OH",
        statuses=("open",),
        languages=("es",),
        categories=("manufacturer",),
        apply=("clinic",),
        order="name",
        view="table",
        sort="-limit",
        people=4,
        page=3,
    )


def test_the_empty_query_has_an_empty_address() -> None:
    assert SearchQuery().to_query_string() == ""
    assert SearchQuery().is_empty
    assert not asked("q=rent").is_empty
    assert not asked("need=rent").is_empty


@pytest.mark.parametrize(
    ("address", "same_as"),
    [
        pytest.param("need=copay&need=copay", "need=copay", id="repeated value"),
        pytest.param("need=&need=../etc&need=Co+Pay&need=%00", "", id="malformed values"),
        pytest.param("need=" + "a" * 91, "", id="a value longer than any slug"),
        pytest.param("q=a&q=b", "q=b", id="repeated words"),
        pytest.param("q=+a%00%09%EF%BF%BE+b+", "q=a+b", id="what cannot be shown"),
        pytest.param("q=" + "a" * 50_000, "q=" + "a" * LONGEST_TEXT, id="absurdly long words"),
        pytest.param("area=OH&area=43004-1234", "area=43004", id="the last area, ZIP+4 cut"),
        pytest.param("area=OH&area=", "area=OH", id="blank area"),
        pytest.param("order=random", "", id="unknown order"),
        pytest.param("sort=seen&people=4", "", id="a sort of no table"),
        pytest.param("view=table&sort=-x&people=9", "view=table", id="unknown column, size"),
        pytest.param("page=0", "", id="page 0"),
        pytest.param("page=-1", "", id="negative page"),
        pytest.param("page=%D9%A3", "", id="page in other digits"),
        pytest.param("page=99999999", "", id="page with too many digits"),
        pytest.param("page=999999", f"page={MOST_PAGES}", id="page past the last"),
        pytest.param("unknown=1", "", id="unknown parameter"),
    ],
)
def test_it_leaves_out_what_is_malformed(address: str, same_as: str) -> None:
    assert asked(address) == asked(same_as)
    assert asked(address).to_query_string() == same_as


def test_it_takes_so_many_values_and_no_more() -> None:
    address = "&".join(f"need=need-{number}" for number in range(900))
    assert len(asked(address).needs) == MOST_VALUES


def test_adding_and_taking_back_begins_on_page_one() -> None:
    query = asked("need=copay&page=4")
    assert query.adding("need", "rides") == asked("need=copay&need=rides")
    assert query.without("need", "copay") == SearchQuery()
    assert query.without("q") == asked("need=copay")
    assert query.on_page(2) == asked("need=copay&page=2")


def test_adding_a_value_again_changes_nothing() -> None:
    query = asked("need=copay&need=rides")
    assert query.adding("need", "copay") == query


@given(QUERIES, st.sampled_from([*FACETS]))
def test_many_links_are_made_as_one_is(query: SearchQuery, facet: str) -> None:
    value = "OH" if facet == "area" else "one-more"
    before, after = query.around(facet)

    if len(query.values(facet)) < MOST_VALUES:
        assert f"{before}{value}{after}" == query.adding(facet, value).to_query_string()


def test_an_area_takes_the_place_of_another() -> None:
    assert asked("area=OH").adding("area", "43004").area == "43004"
    assert asked("area=OH").without("area").area == ""


def test_it_names_what_is_chosen_by_facet() -> None:
    query = asked("need=copay&need=rides&area=OH&q=x")
    assert query.terms() == (("need", "copay"), ("need", "rides"), ("area", "OH"))
    assert query.only_text() == SearchQuery(text="x")


def test_equal_queries_are_one_key() -> None:
    assert {asked("need=copay&q=a"), asked("q=a&need=copay")} == {asked("q=a&need=copay")}


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("", "All help"),
        ("q=lukemia+grants", "“lukemia grants”"),
        ("q=lukemia+grants&area=OH", "“lukemia grants”: help in Ohio"),
        ("need=copay&medicine=imatinib&area=OH", "Copay help for imatinib in Ohio"),
        ("medicine=imatinib&condition=CML&condition=cml", "Help for imatinib (cml)"),
        ("need=copay&need=rides&need=flights", "Copay help, Rides or Flights"),
        ("area=OH&status=open&language=es", "Help in Ohio (open; es)"),
        ("q=100%25+%25(area)s&area=OH", "“100% %(area)s”: help in Ohio"),
    ],
)
def test_it_describes_itself(address: str, sentence: str) -> None:
    assert described(asked(address)) == sentence


@given(QUERIES, st.sampled_from(["en", "es"]))
def test_it_describes_itself_whatever_it_asks(query: SearchQuery, language: str) -> None:
    sentence = described(query, language)
    assert query.text in sentence
    assert "%(" not in sentence or "%(" in query.text
