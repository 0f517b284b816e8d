"""What a word that a curator adds means already."""

from __future__ import annotations

from typing import Any

import pytest

from resources import documents, publishing
from resources.models import (
    Condition,
    Insurance,
    Medicine,
    Need,
    Organisation,
    OrganisationName,
    Recorded,
    State,
)
from resources.search.ambiguous import targets
from resources.search.clashes import KINDS, Clash, Edited, clashes, unlisted
from resources.search.lexicon import Meaning
from tests import make

pytestmark = pytest.mark.django_db


def named(*names: str, **fields: Any) -> Organisation:
    """A published organisation with these other names."""
    made = make.organisation(**fields)
    for name in names:
        OrganisationName.objects.create(organisation=made, name=name)
    publishing.publish(by="test", entries=[made])
    return made


def adding(thing: Recorded, **changes: Any) -> list[Clash]:
    before = documents.read(thing)
    [found] = clashes([Edited(thing, before, {**before, **changes})])
    return found


def others(thing: Recorded, **changes: Any) -> set[str]:
    """ "need:rides" for each thing that the one word with a clash means besides."""
    [clash] = adding(thing, **changes)
    return {f"{meaning.facet}:{meaning.value}" for meaning in clash.others}


@pytest.fixture
def leukemia() -> Condition:
    made: Condition = make.term(Condition, "leukemia")
    return made


@pytest.mark.parametrize(
    ("model", "slug", "fields", "typed", "means"),
    [
        (Need, "rides", {}, "rides", "need:rides"),
        (Need, "rides", {"synonyms": ["transport help"]}, "Transport Help", "need:rides"),
        (Need, "rides", {"synonyms": ["lifts"]}, "lift", "need:rides"),
        (Need, "rides", {"spanish_synonyms": ["chemo"]}, "chemo", "need:rides"),
        (Condition, "lymphoma", {"synonyms": ["C.L.L."]}, "CLL", "condition:lymphoma"),
        (Condition, "lymphoma", {"spanish_name": "Cáncer"}, "cancer", "condition:lymphoma"),
        (Medicine, "imatinib", {"brands": ["Gleevec"]}, "gleevec", "medicine:imatinib"),
        (Insurance, "va", {}, "VA", "insurance:va"),
        (State, "oh", {"code": "OH", "name": "Ohio", "sort": "state"}, "OH", "area:OH"),
        (State, "oh", {"code": "OH", "name": "Ohio", "sort": "state"}, "Cleveland", "area:OH"),
        (Need, "any", {}, "Spanish", "language:es"),
    ],
)
def test_it_names_what_the_word_means_of_whatever_kind(
    leukemia: Condition, model: Any, slug: str, fields: Any, typed: str, means: str
) -> None:
    make.term(model, slug, **fields)

    assert others(leukemia, synonyms=[typed]) == {means}


@pytest.mark.parametrize("field", ["synonyms", "spanish_synonyms"])
def test_it_looks_at_spanish_words_and_english_ones_alike(leukemia: Condition, field: str) -> None:
    make.term(Need, "work", spanish_synonyms=["trabajo"], synonyms=["job"])

    assert others(leukemia, **{field: ["trabajos"]}) == {"need:work"}
    assert others(leukemia, **{field: ["jobs"]}) == {"need:work"}


@pytest.mark.parametrize("typed", ["LLS", "the LLS", "Leukemia & Lymphoma Society"])
def test_it_names_organisations_that_are_called_so(leukemia: Condition, typed: str) -> None:
    society = named("LLS", name="The Leukemia and Lymphoma Society")

    assert others(leukemia, synonyms=[typed]) == {f"organisation:{society.pk}"}


def test_it_looks_at_brands(leukemia: Condition) -> None:
    assert others(make.term(Medicine, "imatinib"), brands=["Leukemia"]) == {"condition:leukemia"}


@pytest.mark.parametrize(
    ("typed", "means"), [("no insurance", "insurance:uninsured"), ("43004", "area:43004")]
)
def test_it_names_what_the_search_reads_though_no_entry_is_called_so(
    leukemia: Condition, typed: str, means: str
) -> None:
    make.term(Insurance, "uninsured")

    assert others(leukemia, synonyms=[typed]) == {means}


@pytest.mark.parametrize("typed", ["wheel chair", "wheelchair", "Wheel-Chair"])
def test_it_takes_two_words_for_the_one_that_they_may_be(leukemia: Condition, typed: str) -> None:
    make.term(Need, "equipment", synonyms=["wheelchair"])

    assert others(leukemia, synonyms=[typed]) == {"need:equipment"}


def test_it_says_nothing_of_a_word_that_is_free(leukemia: Condition) -> None:
    named("LLS")

    assert adding(leukemia, synonyms=["blood cancer"], spanish_synonyms=["leucemia"]) == []


def test_it_says_nothing_of_the_words_that_were_there(leukemia: Condition) -> None:
    make.term(Need, "rides")
    leukemia.synonyms = ["rides"]
    leukemia.save()

    assert adding(leukemia, synonyms=["ride", "RIDES", "blood cancer"]) == []


def test_it_says_nothing_of_what_is_only_called_so_once_more(leukemia: Condition) -> None:
    assert adding(leukemia, synonyms=["Leukemia"], spanish_name="Leukemia") == []


def test_it_names_a_word_that_stands_there_twice_once(leukemia: Condition) -> None:
    make.term(Need, "rides")

    [clash] = adding(leukemia, synonyms=["rides", "Rides", "ride"], spanish_synonyms=["rides"])

    assert clash.word == "rides"


def test_a_new_thing_has_all_its_words_looked_at() -> None:
    make.term(Need, "chemo")
    term = make.term(Condition, "chemo")

    [[clash]] = clashes([Edited(term, {}, documents.read(term))])

    assert clash.others == (Meaning("need", "chemo"),)


def test_a_renamed_term_does_not_clash_with_itself(leukemia: Condition) -> None:
    before = documents.read(leukemia)
    leukemia.slug = "blood-cancer"
    leukemia.save()
    publishing.publish(by="test", entries=[leukemia])
    after = {**documents.read(leukemia), "synonyms": ["leukemias"]}

    assert clashes([Edited(leukemia, before, after)]) == [[]]


def test_an_organisations_new_name_is_looked_up_too() -> None:
    make.term(Need, "food", synonyms=["SNAP"])
    office, other = named(), named("Snap")

    names = [{"name": "SNAP"}]

    assert others(office, names=names) == {"need:food", f"organisation:{other.pk}"}


def test_an_organisation_shares_its_former_names_with_what_it_was() -> None:
    heir = named()
    old = named("LLS", successor=heir)
    older = named("LLS", successor=old)

    assert adding(heir, names=[{"name": "LLS"}]) == []
    assert adding(older, name="L.L.S.") == []


def test_a_resource_has_no_words_of_its_own() -> None:
    resource = make.resource()

    assert adding(resource, name="Rides") == []


@pytest.mark.parametrize(
    ("word", "is_one_word"), [("can", True), ("Will", True), ("ship", True), ("help with", False)]
)
def test_it_tells_words_of_every_day(leukemia: Condition, word: str, is_one_word: bool) -> None:
    [clash] = adding(leukemia, synonyms=[word])

    assert (clash.others, clash.is_everyday) == ((), True)
    assert clash.is_one_word is is_one_word


def test_an_article_before_a_name_makes_it_no_rarer() -> None:
    [clash] = adding(named(), names=[{"name": "The CAN, Inc."}])

    assert (clash.is_everyday, clash.is_one_word) == (True, True)


def test_it_tells_what_the_search_will_read(leukemia: Condition) -> None:
    make.term(Condition, "lymphoma", synonyms=["CLL"])
    make.term(Need, "copay")

    [of_one_kind] = adding(leukemia, synonyms=["CLL"])
    [of_two_kinds] = adding(leukemia, synonyms=["copay"])

    assert (of_one_kind.is_found, of_one_kind.read_as) == (True, of_one_kind.others)
    assert (of_two_kinds.is_found, of_two_kinds.read_as) == (False, of_two_kinds.others)


def test_it_tells_that_a_word_of_every_day_is_not_read(leukemia: Condition) -> None:
    small, large = adding(leukemia, synonyms=["can", "WILL"])

    assert (small.is_found, large.is_found) == (False, True)


def test_it_looks_up_many_words_in_few_queries(
    leukemia: Condition, django_assert_max_num_queries: Any
) -> None:
    many = [f"rides {number}" for number in range(300)]
    make.term(Need, "rides", synonyms=many)

    with django_assert_max_num_queries(20):
        found = adding(leukemia, synonyms=many)

    assert [clash.word for clash in found] == many


# --- What nobody has looked at yet ---


def test_it_lists_what_has_become_ambiguous() -> None:
    make.term(Need, "lifts")
    make.term(Condition, "lifting")
    named("LIFT", slug="lift-house")

    assert ("lift", ["need:lifts", "condition:lifting", "organisation:lift-house"]) in unlisted()


def test_it_lists_a_term_that_is_a_word_of_every_day() -> None:
    make.term(Need, "about")

    assert unlisted() == [("about", ["need:about"])]


def test_it_does_not_list_what_is_listed_nor_what_is_one_house() -> None:
    named("LLS", successor=named("LLS"))
    make.term(Need, "enrolment", synonyms=["SHIP"])
    named("SHIP", slug="state-health-insurance-assistance-program")

    assert unlisted() == []


@pytest.mark.usefixtures("starter")
def test_whatever_is_ambiguous_in_the_real_data_is_listed() -> None:
    assert unlisted() == []


@pytest.mark.usefixtures("starter")
def test_the_list_names_only_what_there_is() -> None:
    there = {
        *(f"state:{code}" for code in State.objects.values_list("code", flat=True)),
        *(f"language:{code}" for code in ("es",)),
        *(
            f"{model.KIND}:{slug}"
            for model in (Need, Condition, Medicine, Insurance, Organisation)
            for slug in model._default_manager.values_list("slug", flat=True)
        ),
    }

    assert set().union(*targets().values()) <= there
    assert set(KINDS.values()) == {target.split(":")[0] for target in there} - {
        "language",
        "organisation",
    }
