"""Words of every day that are also abbreviations: NEAR, CARE, CAN, MAP, SHIP."""

from __future__ import annotations

import datetime as dt

import pytest

from resources.models import Organisation, SearchName
from resources.search import sets
from resources.search.ambiguous import everyday_words, is_everyday, targets
from resources.search.by_words import read_words
from resources.search.query import SearchQuery
from resources.search.understanding import Understanding

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 26)
ALIASES = ("NEAR", "CARE", "CAN", "MAP", "ZERO", "RIP", "PACE", "EPIC", "SHIP")


def read(text: str) -> Understanding:
    return read_words(sets.current(TODAY), SearchQuery(text=text))


def meant(read: Understanding) -> set[str]:
    """ "need:rides", "organisation:new-york-epic"."""
    slugs = dict(Organisation.objects.values_list("pk", "slug"))
    return {
        *(f"{facet}:{value}" for facet, value in read.terms),
        *(f"organisation:{slugs[pk]}" for pk in read.organisations),
    }


@pytest.mark.usefixtures("starter")
@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("ride near me", {"need:rides"}),
        ("can I get care", set()),
        ("zero income", set()),
        ("map of clinics", set()),
        ("may she rest, rip", set()),
        ("the pace of treatment", set()),
        ("an epic fight", set()),
        ("who will ship it", set()),
        ("they force me to pay", set()),
        ("my claim to fame", set()),
        ("please share", set()),
        ("impact of cancer", {"condition:any-cancer"}),
        ("net worth limit", set()),
        ("pap for breakfast", set()),
        ("a mat for yoga", set()),
    ],
)
def test_in_small_letters_among_other_words_they_mean_nothing(typed: str, means: set[str]) -> None:
    assert meant(read(typed)) == means


@pytest.mark.usefixtures("starter")
def test_a_name_may_be_written_with_words_that_say_nothing() -> None:
    understood = read("the Patient Services, Inc.")

    assert "organisation:patient-services-inc" in meant(understood)
    assert understood.rest == ""


@pytest.mark.usefixtures("starter")
@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("CAN copay help", "organisation:corporate-angel-network"),
        ("MAP program", "organisation:merck-access-program"),
        ("NEAR heating help", "organisation:us-department-of-health-and-human-services-liheap"),
        ("CARE clinic", "organisation:care-las-cruces"),
        ("ZERO help", "organisation:zero-prostate-cancer"),
        ("RIP help", "organisation:undue-medical-debt"),
        ("PACE pennsylvania", "organisation:pennsylvania-pace-and-pacenet"),
        ("EPIC new york", "organisation:new-york-epic"),
        ("SHIP counselor", "need:enrolment"),
        ("FORCE brca", "organisation:force-facing-our-risk-of-cancer-empowered"),
        ("NET clinic", "condition:neuroendocrine-tumor"),
    ],
)
def test_in_capitals_they_are_names(typed: str, means: str) -> None:
    assert means in meant(read(typed))


@pytest.mark.usefixtures("starter")
@pytest.mark.parametrize("alias", ALIASES)
def test_the_real_data_has_each_of_them_and_knows_that_it_is_a_word(alias: str) -> None:
    assert SearchName.objects.filter(key=alias.lower()).exists()
    assert is_everyday(alias.lower())


@pytest.mark.usefixtures("starter")
def test_in_a_question_all_in_capitals_they_are_not_told_from_words() -> None:
    assert meant(read("CAN I GET A RIDE NEAR ME")) == {"need:rides"}


@pytest.mark.usefixtures("starter")
@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("ship medicare", "need:enrolment"),
        ("lls copay", "organisation:blood-cancer-united"),
        ("copay for my lls", "organisation:blood-cancer-united"),
    ],
)
def test_beside_a_word_that_fits_a_short_one_counts(typed: str, means: str) -> None:
    assert means in meant(read(typed))


@pytest.mark.usefixtures("starter")
def test_a_short_name_far_from_what_fits_means_nothing() -> None:
    assert meant(read("lls xyzzy copay")) == {"need:copay"}


@pytest.mark.usefixtures("starter")
@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("amyloidosis", {"condition:al-amyloidosis", "condition:attr-amyloidosis"}),
        ("LIS", {"insurance:medicare_part_d", "insurance:medicare_savings"}),
        ("DME", {"need:equipment"}),
        ("COBRA", {"need:enrolment"}),
    ],
)
def test_a_word_of_several_meanings_means_all_of_one_kind(typed: str, means: set[str]) -> None:
    assert meant(read(typed)) == means


def test_the_list_names_everyday_words_among_its_terms() -> None:
    assert {"net", "ship", "claim"} <= everyday_words() <= targets().keys()
    assert "lls" not in everyday_words()
