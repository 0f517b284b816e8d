"""What is suggested while somebody types."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from resources import publishing
from resources.models import Condition, Medicine, OrganisationName
from resources.search import sets
from resources.search.facets import FACETS
from resources.search.suggesting import MOST, Suggestion, suggest
from tests import make

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 26)


def suggested(text: str, language: str = "en", limit: int = MOST) -> list[Suggestion]:
    return suggest(sets.current(TODAY), text, language, limit)


def shown(text: str, language: str = "en") -> list[str]:
    """The suggestions as they are read: "copay imatinib (Gleevec)"."""
    return [
        f"{one.before} {one.name}".strip() + (f" ({one.note})" if one.note else "")
        for one in suggested(text, language)
    ]


@pytest.mark.usefixtures("starter")
class TestWithTheRealData:
    @pytest.mark.parametrize(
        ("typed", "language", "best"),
        [
            ("leuk", "en", "Leukemia"),
            ("LEUK", "en", "Leukemia"),
            ("leuc", "es", "Leucemia"),
            ("cancer de s", "es", "Cáncer de seno"),
            ("cml", "en", "Chronic myeloid leukemia (CML)"),
            ("ride", "en", "Rides to appointments"),
            ("copago", "es", "Ayuda con copagos"),
            ("medicare", "en", "Medicare"),
            ("ohi", "en", "Ohio"),
            ("imat", "en", "imatinib (Gleevec, Imkeldi)"),
        ],
    )
    def test_it_finds_a_term_by_the_beginning_of_a_name(
        self, typed: str, language: str, best: str
    ) -> None:
        assert shown(typed, language)[0] == best

    @pytest.mark.parametrize(
        ("typed", "language", "best"),
        [
            ("gleev", "en", "imatinib (Gleevec)"),
            ("gleev", "es", "imatinib (Gleevec)"),
            ("deduc", "es", "Ayuda con copagos (deducible)"),
            ("oh", "en", "Ohio (OH)"),
            ("quimio", "en", "Anemia from cancer or chemotherapy (anemia por quimioterapia)"),
        ],
    )
    def test_it_says_by_which_other_name_a_term_was_found(
        self, typed: str, language: str, best: str
    ) -> None:
        assert shown(typed, language)[0] == best

    @pytest.mark.parametrize("typed", ["lukem", "leukaemia", "co-pay", "copays", "wig"])
    def test_it_does_not_repeat_a_name_that_only_differs_in_spelling(self, typed: str) -> None:
        assert suggested(typed)[0].note == ""

    @pytest.mark.parametrize(
        ("typed", "best", "page"),
        [
            ("LLS", "Blood Cancer United (LLS)", "blood-cancer-united"),
            (
                "the leukemia & l",
                "Blood Cancer United (was: The Leukemia & Lymphoma Society)",
                "blood-cancer-united",
            ),
            ("be the m", "NMDP (was: Be The Match)", "nmdp"),
            ("cancer.net", "Cancer.Net (merged)", "cancer-net"),
            (
                "PPA",
                "Partnership for Prescription Assistance (PPA, closed)",
                "partnership-for-prescription-assistance",
            ),
            ("american can", "American Cancer Society", "american-cancer-society"),
        ],
    )
    def test_it_leads_to_an_organisation_by_any_of_its_names(
        self, typed: str, best: str, page: str
    ) -> None:
        assert shown(typed)[0] == best
        assert suggested(typed)[0].url == f"/organisations/{page}/"

    def test_it_finds_an_organisation_by_words_within_its_name(self) -> None:
        assert "American Kidney Fund" in shown("kidney")

    def test_the_last_words_may_begin_a_name_by_themselves(self) -> None:
        assert "copay imatinib (Gleevec)" in shown("copay gle")
        assert shown("rides in oh") == ["rides in Ohio (OH)"]

    def test_what_the_whole_of_it_begins_comes_before_what_its_last_words_do(self) -> None:
        assert shown("national kid")[0] == "National Kidney Foundation of Arizona"
        assert shown("national kid")[1] == "national Kidney disease"

    def test_last_words_that_say_little_are_not_completed(self) -> None:
        assert shown("help me") == []

    def test_there_is_room_for_organisations_beside_many_terms(self) -> None:
        found = suggested("cancer")

        assert len(found) == MOST
        assert len([one for one in found if one.url]) == 3

    def test_a_term_is_one_that_can_be_chosen_as_a_filter(self) -> None:
        best = suggested("gleev")[0]

        assert (best.parameter, best.value) == ("medicine", "imatinib")
        assert best.value in FACETS[best.parameter].values(sets.current(TODAY))

    def test_it_says_what_a_suggestion_is(self) -> None:
        assert str(suggested("leuk")[0].kind) == "Illness"
        assert str(suggested("LLS")[0].kind) == "Organization"

    @pytest.mark.parametrize(
        "typed",
        ["", " ", "l", "\0", "🏥", "\ud800", "…", "!", "zzzz", "z" * 300, "a " * 150],
    )
    def test_it_suggests_nothing_for_what_begins_no_name(self, typed: str) -> None:
        assert shown(typed) == []

    @settings(max_examples=300, deadline=None)
    @given(st.text(max_size=40), st.sampled_from(["en", "es"]))
    def test_it_never_raises(self, typed: str, language: str) -> None:
        assert len(suggested(typed, language)) <= MOST

    def test_it_asks_little_of_the_database(self) -> None:
        suggested("leuk")
        with CaptureQueriesContext(connection) as queries:
            suggested("leuk")

        # Three of them are what PostgreSQL is told so that nobody waits for a lock.
        assert len(queries) <= (5 if connection.vendor == "sqlite" else 8)


class TestOrganisations:
    def test_only_published_ones_are_suggested(self) -> None:
        make.organisation(name="Helping Hands", published=False)
        hidden = make.organisation(name="Helping Hearts")
        publishing.withdraw(by="test", entries=[hidden], reason="Wrong.")

        assert shown("helping") == []

    def test_a_new_one_is_suggested_at_once(self) -> None:
        assert shown("helping") == []
        make.organisation(name="Helping Hands")

        assert shown("helping") == ["Helping Hands"]

    def test_a_former_name_leads_to_a_withdrawn_heir_no_more(self) -> None:
        heir = make.organisation(name="New Name")
        make.organisation(name="Old Name", status="renamed", successor=heir)
        assert shown("old name") == ["New Name (was: Old Name)"]

        publishing.withdraw(by="test", entries=[heir], reason="Wrong.")

        assert shown("old name") == ["Old Name (renamed)"]

    def test_one_that_is_found_in_several_ways_is_suggested_once(self) -> None:
        heir = make.organisation(name="New Name")
        for name in ("Old Name", "Old Names of Ohio"):
            OrganisationName.objects.create(organisation=heir, name=name, sort="former")
        publishing.publish(by="test", entries=[heir])
        make.organisation(name="Old Name", status="renamed", successor=heir)

        assert shown("old n") == ["New Name (was: Old Name)"]

    def test_names_that_differ_in_accents_and_marks_begin_alike(self) -> None:
        make.organisation(name="Niños Unidos")
        make.organisation(name="Zoë-Marie's Fund")

        assert shown("ninos u") == ["Niños Unidos"]
        assert shown("zoemarie") == ["Zoë-Marie's Fund"]

    def test_its_own_entry_tells_of_it_before_its_old_one(self) -> None:
        old = make.organisation(name="Old Name")
        heir = make.organisation(name="New Name")
        for organisation in (old, heir):
            OrganisationName.objects.create(organisation=organisation, name="XYZ", sort="also")
        old.status, old.successor = "renamed", heir
        old.save()
        publishing.publish(by="test", entries=[old, heir])

        assert shown("xyz") == ["New Name (XYZ)"]


def test_a_synonym_that_a_curator_adds_is_suggested_at_once() -> None:
    term = make.term(Condition, "flu", name="Influenza")
    assert shown("gripp") == []

    term.synonyms = ["grippe"]
    term.save()
    publishing.publish(by="test", entries=[term])

    assert shown("gripp") == ["Influenza (grippe)"]


def test_a_wider_kind_comes_before_its_narrower_ones() -> None:
    wide = make.term(Condition, "blood-illness", name="Blood illness of any kind")
    make.term(Condition, "blood-cancer", parent=wide)
    make.resource(conditions=("blood-illness",))
    make.resource(conditions=("blood-cancer",))
    make.resource(conditions=("blood-cancer",))

    assert shown("blood") == ["Blood illness of any kind", "Blood cancer"]


def test_what_more_resources_are_for_comes_first() -> None:
    make.term(Medicine, "testa")
    make.resource(medicines=("testb",))

    assert shown("test") == ["Testb", "Testa"]


def test_a_whole_name_comes_before_what_it_begins() -> None:
    make.resource(conditions=("lung-cancer",))
    make.term(Condition, "lung")

    assert shown("lung") == ["Lung", "Lung cancer"]
