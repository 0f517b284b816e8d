"""The words of the vocabularies at the desk: what clashes is told, what is saved works at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.http.response import HttpResponseBase
from django.test import Client

from resources import publishing
from resources.models import Condition, Medicine, Need, Organisation, Publication, Recorded
from tests import make
from tests.admin.browser_form import Sent, form_of, with_row, words_of

pytestmark = pytest.mark.django_db

KEEP = "keep_clashing"
STOPPED = "Some of these words mean something else already"


def page_of(thing: Recorded) -> str:
    return f"/admin/resources/{thing.KIND}/{thing.pk}/change/"


def opened(client: Client, thing: Recorded, **typed: Any) -> Sent:
    return form_of(client.get(page_of(thing)), **typed)


def box(page: HttpResponseBase) -> str:
    """What the box on the page sends when it is ticked; empty where there is none."""
    marks: str = page.context["clashing"].marks  # type: ignore[attr-defined]
    shown = f'name="{KEEP}" value="{marks}"' in page.content.decode()  # type: ignore[attr-defined]
    return marks if shown else ""


def notes(thing: Recorded) -> list[str]:
    return [row.note for row in Publication.objects.of(thing)]


def read_as(question: str) -> str:
    """The terms that the search page reads in a question."""
    page = Client().get("/search/", {"q": question})
    return " ".join(page.context["found"].results.query.conditions)


@pytest.fixture
def leukemia() -> Condition:
    made: Condition = make.term(Condition, "leukemia")
    return made


@pytest.fixture
def rides() -> Need:
    made: Need = make.term(Need, "rides", synonyms=["lifts"])
    return made


# --- Stopped once, told what for, kept knowingly ---


def test_it_stops_and_says_what_the_word_means_already(
    publisher: Client, leukemia: Condition, rides: Need
) -> None:
    page = publisher.post(page_of(leukemia), opened(publisher, leukemia, synonyms="lift"))

    assert f"“lift” already means: {rides} (need)" in words_of(page)
    assert "Search reads it as Rides, and not as this one." in words_of(page)
    assert f'href="{page_of(rides)}"' in page.content.decode()
    leukemia.refresh_from_db()
    assert (leukemia.synonyms, leukemia.version) == ([], 1)


def test_it_keeps_the_word_once_that_is_acknowledged_and_notes_it(
    publisher: Client, leukemia: Condition, rides: Need
) -> None:
    sent = opened(publisher, leukemia, synonyms="lift", history_note="They say so.")
    page = publisher.post(page_of(leukemia), sent)

    again = form_of(page)
    assert KEEP not in again
    publisher.post(page_of(leukemia), {**again, KEEP: [box(page)]})

    leukemia.refresh_from_db()
    assert leukemia.synonyms == ["lift"]
    assert notes(leukemia)[0] == "They say so. Kept knowingly: “lift” (Rides)."


def test_it_shows_what_was_kept_in_the_history(
    publisher: Client, leukemia: Condition, rides: Need
) -> None:
    page = publisher.post(page_of(leukemia), opened(publisher, leukemia, synonyms="lift"))
    publisher.post(page_of(leukemia), {**form_of(page), KEEP: [box(page)]})

    history = words_of(publisher.get(f"/admin/resources/condition/{leukemia.pk}/history/"))

    assert "Kept knowingly: “lift” (Rides)." in history


def test_it_has_no_box_where_nothing_clashes(
    publisher: Client, leukemia: Condition, rides: Need
) -> None:
    page = publisher.get(page_of(leukemia))
    answer = publisher.post(page_of(leukemia), form_of(page, synonyms="blood cancer"))

    assert KEEP not in page.content.decode()
    assert answer.status_code == 302
    assert notes(leukemia)[0] == ""


def test_it_does_not_ask_again_for_a_word_that_was_there(
    publisher: Client, leukemia: Condition, rides: Need
) -> None:
    leukemia.synonyms = ["lift"]
    leukemia.save()
    publishing.publish(by="test", entries=[leukemia])

    sent = opened(publisher, leukemia, synonyms="lift\r\nblood cancer")

    assert publisher.post(page_of(leukemia), sent).status_code == 302


def test_it_asks_again_for_a_word_that_it_has_not_told_of(
    publisher: Client, leukemia: Condition, rides: Need
) -> None:
    page = publisher.post(page_of(leukemia), opened(publisher, leukemia, synonyms="lift"))
    make.term(Medicine, "imatinib", brands=["Gleevec"])

    more = form_of(page, synonyms="lift\r\ngleevec", **{KEEP: box(page)})
    answer = publisher.post(page_of(leukemia), more)

    assert "“gleevec” already means: imatinib" in words_of(answer).replace("Imatinib", "imatinib")
    assert answer.status_code == 200
    leukemia.refresh_from_db()
    assert leukemia.synonyms == []


def test_it_asks_again_when_the_word_has_come_to_mean_more(
    publisher: Client, leukemia: Condition, rides: Need
) -> None:
    page = publisher.post(page_of(leukemia), opened(publisher, leukemia, synonyms="lift"))
    make.term(Condition, "elevation", synonyms=["lift"])

    answer = publisher.post(page_of(leukemia), {**form_of(page), KEEP: [box(page)]})

    assert "Elevation (condition)" in words_of(answer)


def test_it_tells_of_a_new_term_too(publisher: Client, rides: Need) -> None:
    add = "/admin/resources/condition/add/"
    page = publisher.post(add, form_of(publisher.get(add), name="Lifts"))

    assert "“Lifts” already means: Rides (need)" in words_of(page)
    assert not Condition.objects.exists()

    publisher.post(add, {**form_of(page), KEEP: [box(page)]})

    assert notes(Condition.objects.get()) == ["Kept knowingly: “Lifts” (Rides)."]


@pytest.mark.parametrize("field", ["synonyms", "spanish_synonyms"])
def test_a_spanish_word_clashes_with_an_english_one(
    publisher: Client, leukemia: Condition, field: str
) -> None:
    make.term(Need, "work", synonyms=["chemo job"], spanish_synonyms=["químio trabajo"])
    typed = {"synonyms": "quimio trabajo", "spanish_synonyms": "chemo job"}[field]

    page = publisher.post(page_of(leukemia), opened(publisher, leukemia, **{field: typed}))

    assert f"“{typed}” already means: Work (need)" in words_of(page)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("ship", "It is a word of every day."),
        ("can", "It is a word of every day."),
        ("can you help", "It is made of words of every day"),
    ],
)
def test_it_tells_of_words_of_every_day(
    publisher: Client, leukemia: Condition, typed: str, says: str
) -> None:
    page = publisher.post(page_of(leukemia), opened(publisher, leukemia, synonyms=typed))

    assert says in words_of(page)
    publisher.post(page_of(leukemia), {**form_of(page), KEEP: [box(page)]})
    assert notes(leukemia)[0] == f"Kept knowingly: “{typed}” (a word of every day)."


@pytest.mark.parametrize(
    ("term", "says"),
    [
        ({"model": Need, "slug": "mds"}, "Search reads it as Mds, and not as this one."),
        ({"model": Condition, "slug": "mds"}, "as this one as well, and finds all of them."),
    ],
    ids=["another kind goes first", "the same kind"],
)
def test_it_says_truly_what_the_search_does(
    publisher: Client, leukemia: Condition, term: dict[str, Any], says: str
) -> None:
    make.term(**term)

    page = publisher.post(page_of(leukemia), opened(publisher, leukemia, synonyms="MDS"))
    publisher.post(page_of(leukemia), {**form_of(page), KEEP: [box(page)]})

    assert says in words_of(page)
    assert ("leukemia" in read_as("MDS")) is ("as well" in says)


# --- Organisations' names ---


def named(*names: str, **fields: Any) -> Organisation:
    made = make.organisation(**fields)
    for name in names:
        made.names.create(name=name)
    publishing.publish(by="test", entries=[made])
    return made


def test_it_stops_a_name_that_another_organisation_and_a_term_have(
    publisher: Client, rides: Need
) -> None:
    other, mine = named("LIFTS", name="Lift House"), named(name="Mine")
    sent = with_row(opened(publisher, mine, _publish="x"), "names", name="Lifts", sort="also")

    page = publisher.post(page_of(mine), sent)

    assert "“Lifts” already means: Rides (need), Lift House (organization)" in words_of(page)
    assert f'href="{page_of(other)}"' in page.content.decode()
    assert not mine.names.exists()

    publisher.post(page_of(mine), {**form_of(page, _publish="x"), KEEP: [box(page)]})

    assert [row.name for row in mine.names.all()] == ["Lifts"]
    assert notes(mine)[0] == "Kept knowingly: “Lifts” (Rides, Lift House)."


def test_it_lets_an_organisation_have_the_names_of_what_it_was(publisher: Client) -> None:
    heir = named(name="Blood Cancer United")
    named("LLS", successor=heir)
    sent = with_row(opened(publisher, heir, _publish="x"), "names", name="LLS", sort="former")

    assert publisher.post(page_of(heir), sent).status_code == 302


def test_it_says_when_a_short_name_counts(publisher: Client) -> None:
    mine = named()
    sent = with_row(opened(publisher, mine, _publish="x"), "names", name="PAF", sort="also")

    saved = publisher.post(page_of(mine), sent, follow=True)

    assert "“PAF” is a short name." in words_of(saved)
    assert [row.name for row in mine.names.all()] == ["PAF"]


# --- Beside what else stops a save ---


def test_it_stops_beside_another_curators_change_and_loses_nothing(
    publisher: Client, other_publisher: Client, leukemia: Condition, rides: Need
) -> None:
    mine = opened(publisher, leukemia, synonyms="lift", icd10="C91")
    theirs = opened(other_publisher, leukemia, spanish_name="Leucemia")
    other_publisher.post(page_of(leukemia), theirs)

    page = publisher.post(page_of(leukemia), mine)
    assert "Olga Lee saved this while you were writing" in words_of(page)
    assert "“lift” already means: Rides" in words_of(page)
    answer = publisher.post(page_of(leukemia), {**form_of(page), KEEP: [box(page)]})

    leukemia.refresh_from_db()
    assert answer.status_code == 302
    assert (leukemia.synonyms, leukemia.icd10) == (["lift"], ["C91"])
    assert leukemia.spanish_name == "Leucemia"


def test_a_tick_outlives_another_curators_change(
    publisher: Client, other_publisher: Client, leukemia: Condition, rides: Need
) -> None:
    told = publisher.post(page_of(leukemia), opened(publisher, leukemia, synonyms="lift"))
    theirs = opened(other_publisher, leukemia, spanish_name="Leucemia")
    other_publisher.post(page_of(leukemia), theirs)

    page = publisher.post(page_of(leukemia), {**form_of(told), KEEP: [box(told)]})

    assert form_of(page)[KEEP] == [box(told)]
    assert publisher.post(page_of(leukemia), form_of(page)).status_code == 302


def test_a_tick_outlives_a_mistake_elsewhere(
    publisher: Client, leukemia: Condition, rides: Need
) -> None:
    told = publisher.post(page_of(leukemia), opened(publisher, leukemia, synonyms="lift"))
    mistaken = {**form_of(told, slug="No Address!"), KEEP: [box(told)]}

    page = publisher.post(page_of(leukemia), mistaken)

    assert "There is one thing to mend" in words_of(page).replace("there", "There")
    answer = publisher.post(page_of(leukemia), form_of(page, slug="leukemia"))
    assert answer.status_code == 302


def test_the_second_of_two_curators_is_told_of_what_the_first_added(
    publisher: Client, other_publisher: Client, leukemia: Condition, rides: Need
) -> None:
    mine = opened(publisher, leukemia, synonyms="elevator")
    theirs = opened(other_publisher, rides, synonyms="elevators")
    other_publisher.post(page_of(rides), theirs)

    page = publisher.post(page_of(leukemia), mine)

    assert "“elevator” already means: Rides (need)" in words_of(page)


def test_it_asks_before_a_word_is_brought_back(
    publisher: Client, leukemia: Condition, rides: Need
) -> None:
    for synonyms in (["elevator"], []):
        leukemia.synonyms = synonyms
        leukemia.save()
        publishing.publish(by="test", entries=[leukemia])
    rides.synonyms = ["elevators"]
    rides.save()
    publishing.publish(by="test", entries=[rides])
    restore = f"/admin/resources/condition/{leukemia.pk}/history/2/restore/"

    asked = publisher.get(restore)
    refused = publisher.post(restore, form_of(asked))
    leukemia.refresh_from_db()
    assert leukemia.synonyms == []
    assert "“elevator” already means: Rides (need)" in words_of(asked)
    assert STOPPED in words_of(refused)

    publisher.post(restore, {**form_of(refused, note="Back."), KEEP: [box(refused)]})

    leukemia.refresh_from_db()
    assert leukemia.synonyms == ["elevator"]
    assert notes(leukemia)[0] == "Back. Kept knowingly: “elevator” (Rides)."


# --- Whatever is typed ---


def test_three_hundred_words_at_once_are_told_kept_and_noted_as_far_as_there_is_room(
    publisher: Client, leukemia: Condition
) -> None:
    many = [f"free ride number {number}" for number in range(300)]
    make.term(Need, "many", synonyms=many)
    sent = opened(publisher, leukemia, synonyms="\r\n".join(many), history_note="x" * 200)

    page = publisher.post(page_of(leukemia), sent)
    assert words_of(page).count("already means: Many (need)") == 300
    answer = publisher.post(page_of(leukemia), {**form_of(page), KEEP: [box(page)]})

    leukemia.refresh_from_db()
    assert (answer.status_code, leukemia.synonyms) == (302, many)
    assert len(notes(leukemia)[0]) == 300
    assert "Kept knowingly: “free ride number 0” (Many);" in notes(leukemia)[0]


def test_a_word_typed_twice_is_told_once(
    publisher: Client, leukemia: Condition, rides: Need
) -> None:
    sent = opened(publisher, leukemia, synonyms="Lift\r\nlift\r\nLIFTS", spanish_synonyms="lift")

    page = publisher.post(page_of(leukemia), sent)

    assert words_of(page).count("already means") == 1


def test_html_in_a_word_stays_text(publisher: Client, leukemia: Condition) -> None:
    bold = "<b>lift</b> & <script>alert(1)</script>"
    make.term(Need, "bold", synonyms=[bold], name="<i>Bold</i>")

    page = publisher.post(page_of(leukemia), opened(publisher, leukemia, synonyms=bold))

    assert f"“{bold}” already means: <i>Bold</i> (need)" in words_of(page)
    assert "<script>alert" not in page.content.decode()
    publisher.post(page_of(leukemia), {**form_of(page), KEEP: [box(page)]})
    history = publisher.get(f"/admin/resources/condition/{leukemia.pk}/history/")
    assert "<script>alert" not in history.content.decode()


@pytest.mark.parametrize("marks", ["on", "", "' OR 1=1", "\x00", "x" * 10_000])
def test_it_is_not_talked_into_keeping_a_word(
    publisher: Client, leukemia: Condition, rides: Need, marks: str
) -> None:
    sent = opened(publisher, leukemia, synonyms="lift", **{KEEP: marks})

    assert STOPPED in words_of(publisher.post(page_of(leukemia), sent))


# --- In the search, at once ---


def test_a_synonym_is_read_in_the_next_search_and_not_once_it_is_gone(
    publisher: Client, leukemia: Condition
) -> None:
    assert read_as("blancosis") == ""

    publisher.post(page_of(leukemia), opened(publisher, leukemia, synonyms="blancosis"))
    assert read_as("help with blancosis") == "leukemia"

    publisher.post(page_of(leukemia), opened(publisher, leukemia, synonyms=""))
    assert read_as("help with blancosis") == ""


def test_an_organisations_new_name_is_read_in_the_next_search(publisher: Client) -> None:
    house = named(name="Road House")
    sent = with_row(opened(publisher, house, _publish="x"), "names", name="Zebra Rides")
    publisher.post(page_of(house), {**sent, "names-0-sort": ["also"]})

    page = Client().get("/search/", {"q": "zebra rides"})

    assert "Road House" in words_of(page)
