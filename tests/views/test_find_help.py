"""/find-help/: questions, answers in three groups, and nothing kept of what was said."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from resources.forms import FindHelp
from resources.models import Resource
from resources.pages import finder
from resources.search import sets
from resources.search.suggesting import suggest_of
from tests import make
from tests.canary import caches_and_tables
from tests.views.page import Page, get, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]

KOMEN = "Komen Financial Assistance Program"
FAMILY: dict[str, Any] = {
    "need": ["living_costs"],
    "illness": "breast cancer",
    "place": "Ohio",
    "insurance": ["uninsured"],
    "people": "2",
    "income": "$40,000",
    "period": "year",
    "age": "45",
}


def post(path: str = "/find-help/", **said: Any) -> Any:
    """The answer to what somebody says, which sets no cookie."""
    client = Client(headers={"host": "localhost"}, raise_request_exception=False)
    with override("en"):
        response = client.post(path, said)
    assert not client.cookies
    return response


def answer(**said: Any) -> Page:
    response = post(**said)
    assert response.status_code == 200
    return Page(response.content.decode())


def part(page: Page, name: str) -> str:
    """The HTML of one of the groups of an answer."""
    found = re.search(rf'<section[^>]*aria-labelledby="{name}".*?</section>', page.html, re.DOTALL)
    return found[0] if found else ""


def test_it_asks_eight_questions_and_needs_none_of_them() -> None:
    page = read("/find-help/")

    assert page.html.count('class="question-card"') + page.html.count(' question-card"') == 8
    assert "What may fit you" in answer().text


def test_it_says_what_is_likely_with_a_reason_for_every_rule_in_dollars() -> None:
    page = answer(**FAMILY)
    likely = part(page, "starts")

    assert KOMEN in likely
    assert "1 of these is named above." in part(page, "likely")
    assert "The limit for 2 people is $64,920 a year. You said $40,000." in likely
    assert "300% of the 2026 federal guideline of $21,640" in likely


def test_what_does_not_fit_says_by_how_much_and_that_limits_bend() -> None:
    page = answer(**{**FAMILY, "income": "70k"})

    assert KOMEN not in part(page, "likely") + part(page, "starts")
    unlikely = part(page, "unlikely")
    assert "That is $5,080 over. Ask: limits can bend." in unlikely
    assert "eligible" not in page.text.lower()


def test_it_begins_with_one_for_each_need_and_what_to_say_on_the_phone() -> None:
    starts = part(answer(**{**FAMILY, "need": ["living_costs", "travel"]}), "starts")

    assert 1 <= starts.count("<article") <= 2
    assert "<b>Living costs</b>" in starts
    assert '<span class="tag open">Likely</span>' in starts
    assert "My illness: Breast cancer. I live in Ohio. I have no insurance." in starts


def test_the_counts_of_the_groups_are_all_that_was_asked_for() -> None:
    page = answer(**FAMILY)
    counts = [
        int(re.search(r'class="count">(\d+)<', part(page, name))[1])  # type: ignore[index]
        for name in ("likely", "check", "unlikely")
    ]

    search = read("/search/?need=living_costs")
    assert f"{sum(counts)} " in search.text


def test_it_shows_ten_of_a_kind_and_ten_more_when_asked() -> None:
    first = part(answer(**FAMILY), "check")
    more = part(answer(**FAMILY, more="check:living_costs"), "check")

    assert first.count("<article") == 10
    assert more.count("<article") == 20


def test_changing_an_answer_keeps_the_others() -> None:
    page = answer(**FAMILY, change="1")

    assert "What do you need?" in page.text
    for value in ('value="breast cancer"', 'value="Ohio"', 'value="$40,000"', 'value="45"'):
        assert value in page.html
    assert len(re.findall(r"<input[^>]* checked", page.html)) == 3  # need, insurance, a year


@pytest.mark.parametrize(
    ("field", "written", "said"),
    [
        ("income", "lots", "Write your income in dollars"),
        ("income", "-5", "Write your income in dollars"),
        ("income", "9" * 20, "Write your income in dollars"),
        ("people", "0", "Count yourself too"),
        ("people", "two", "Write a number, for example 2."),
        ("age", "200", "from 0 to 120"),
        ("place", "00000", "We do not know this ZIP code"),
        ("place", "Narnia", "We could not read this place"),
        ("illness", "zzyzx", "We do not know this illness"),
        ("medicine", "zzyzx", "We do not know this medicine"),
        ("insurance", ["uninsured", "medicare"], "You chose “no insurance”"),
    ],
)
def test_a_bad_answer_gets_a_sentence_beside_its_field_and_no_other_is_lost(
    field: str, written: Any, said: str
) -> None:
    page = answer(**{**FAMILY, field: written})

    assert "One answer needs another look" in page.text
    assert said in page.text
    kept = {"illness": "breast cancer", "place": "Ohio", "people": "2", "age": "45"}
    for name, value in kept.items():
        if name != field:
            assert f'name="{name}" value="{value}"' in page.html


@pytest.mark.parametrize("written", ["$40,000", "40,000.00", "40k", "40 mil"])
def test_income_is_read_as_people_write_it_and_shown_back(written: str) -> None:
    assert "$40,000 a year" in answer(**{**FAMILY, "income": written}).text


def test_a_month_is_made_a_year_and_shown() -> None:
    page = answer(**{**FAMILY, "income": "5,410", "period": "month"})

    assert "$64,920 a year" in page.text
    assert KOMEN in part(page, "starts")


def test_it_answers_in_spanish() -> None:
    response = post("/es/find-help/", **{**FAMILY, "illness": "cáncer de seno"})

    page = Page(response.content.decode())
    assert page.comes_before("Qué puede servirle", "Cáncer de seno")
    assert KOMEN in page.text


@pytest.mark.parametrize("said", [{}, FAMILY, {**FAMILY, "age": "200"}])
def test_no_answer_may_be_stored_by_whoever_passes_it_on(said: dict[str, Any]) -> None:
    response = post(**said)

    assert "no-store" in response.headers["Cache-Control"]
    assert "private" in response.headers["Cache-Control"]


def test_answers_in_the_address_are_not_read() -> None:
    assert 'value="Ohio"' not in read("/find-help/?place=Ohio").html
    assert 'value="Ohio"' in answer(place="Ohio", change="1").html


def suggested(typed: str, facet: str) -> str:
    response = post("/find-help/suggestions/", q=typed, facet=facet)
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    found: str = response.content.decode()
    return found


def test_a_question_suggests_terms_of_its_own_kind_alone() -> None:
    assert 'data-name="Leukemia"' in suggested("leuk", "condition")
    assert 'data-name="Leukemia"' not in suggested("leuk", "medicine")
    assert 'data-value="imatinib"' in suggested("gleev", "medicine")
    assert 'data-before="lupus and"' in suggested("lupus and breas", "condition")


@pytest.mark.parametrize("typed", ["", "l", "\x00", "🙂" * 9, "zzyzx", "a " * 5_000])
def test_whatever_is_typed_suggesting_answers(typed: str) -> None:
    assert 'role="listbox"' in suggested(typed, "no such facet")


def test_suggestions_are_asked_for_in_no_address() -> None:
    assert get("/find-help/suggestions/?q=leuk").status_code == 405


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    ("question", "facet"), [("illness", "condition"), ("medicine", "medicine")]
)
def test_whatever_is_suggested_is_understood_as_that(
    language: str, question: str, facet: str
) -> None:
    directory = sets.current(timezone.localdate())
    typed = {
        name for term in directory.terms[facet].values() for name in (*term.english, *term.brands)
    }
    wrong = {}
    for words in sorted(typed):
        for suggestion in suggest_of(directory, words, language, facet):
            if not suggestion.before:
                said = QueryDict(mutable=True)
                said[question] = suggestion.term
                form = FindHelp(said, directory, language)
                form.is_valid()
                if form.cleaned_data.get(question) != (suggestion.value,):
                    wrong[suggestion.name] = suggestion.value

    assert not wrong


def test_words_that_are_not_understood_are_offered_what_they_may_begin() -> None:
    page = answer(**{**FAMILY, "illness": "leuk"})

    assert "Do you mean one of these?" in page.text
    assert '<button class="plain" name="illness" value="Leukemia">' in page.html

    page = answer(**{**FAMILY, "illness": ["leuk", "Leukemia"]}, change="1")
    assert 'name="illness" value="Leukemia"' in page.html


CANARY = "zq7canaryzq7"


def test_nothing_that_was_said_is_left_anywhere(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    said = {**FAMILY, "medicine": CANARY}
    marked = {**FAMILY, "need": ["living_costs"], "income": "31337"}

    assert CANARY in answer(**said).html
    answer(**marked)
    answer(**marked, more="check:living_costs")
    answer(**said, change="1")
    post("/find-help/suggestions/", q=CANARY, facet="medicine")
    komen = Resource.objects.get(name=KOMEN).get_absolute_url()
    post(komen, illness=CANARY, income="31337")
    post("/search/?condition=breast-cancer", income="31337", hide="1")
    post("/search/?condition=breast-cancer", income=CANARY)

    def broken(self: Any) -> None:
        raise RuntimeError("on purpose")

    monkeypatch.setattr(finder.FoundHelp, "groups", property(broken))
    failed = post(**marked)

    assert failed.status_code == 500
    kept = [failed.content.decode(), str(failed.headers), caplog.text]
    kept += caches_and_tables()
    for place in kept:
        assert CANARY not in place
        assert "31337" not in place
        assert "31,337" not in place


def test_a_card_says_how_to_apply_what_to_have_ready_and_where_the_rules_are_from() -> None:
    starts = part(answer(**FAMILY), "starts")

    assert "How to apply:" in starts
    assert "You will also need" in starts
    assert "Source:" in starts


def test_a_share_of_the_guideline_is_shown_in_dollars_for_homes_and_states() -> None:
    limits = part(answer(**FAMILY), "limits")

    assert "300% of the 2026 federal guideline" in limits
    for amount in ("$47,880", "$64,920", "$59,850", "$55,080"):  # one, two; Alaska, Hawaii
        assert amount in limits


def test_what_is_closed_stands_last_and_names_what_is_open_instead() -> None:
    seen: dict[str, Any] = {
        "fund_status_seen_on": timezone.localdate(),
        "fund_status_precision": "day",
    }
    for name, status in (("A closed fund", "closed"), ("An open fund", "open")):
        make.resource(name=name, needs=("pets",), conditions=("lupus",), fund_status=status, **seen)
    page = answer(need=["pets"], illness="lupus")
    check = part(page, "starts") + part(page, "check")

    cards = check.split("<article")[1:]
    assert "An open fund" in cards[0]
    assert "Open instead:" not in cards[0]
    assert "A closed fund" in cards[-1]
    assert re.search(r"Open instead:</b>.*An open fund", cards[-1], re.DOTALL)


def test_where_nothing_is_likely_it_begins_with_what_is_worth_a_call() -> None:
    page = answer(need=["travel"], illness="lupus")

    assert part(page, "starts").count("<article") == 1


def test_what_has_ended_is_not_named_in_place_of_what_is_closed() -> None:
    seen: dict[str, Any] = {"fund_status_seen_on": timezone.localdate()}
    seen["fund_status_precision"] = "day"
    make.resource(
        name="A closed fund", needs=("pets",), conditions=("lupus",), fund_status="closed", **seen
    )
    make.resource(
        name="An ended line", needs=("pets",), conditions=("lupus",), lifecycle="ended",
        fund_status="not_applicable",
    )  # fmt: skip

    assert "An ended line" not in answer(need=["pets"], illness="lupus").text


def test_nothing_stands_twice_in_a_group() -> None:
    check = part(answer(**{**FAMILY, "need": ["living_costs", "travel"]}), "check")
    names = re.findall(r"<h4><a href=\"([^\"]+)", check)

    assert len(names) == len(set(names)) > 10


def test_more_is_shown_ten_times_at_most_and_the_unlikely_stay_open() -> None:
    page = answer(**FAMILY, more=["unlikely:living_costs"])
    assert "<details open><summary>Show them" in page.html

    page = answer(more=["check:"] * 50)
    assert part(page, "check").count("<article") == 110
    assert "Look for the others in the search" in page.text
