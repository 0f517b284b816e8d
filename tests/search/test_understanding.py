"""What is read in a question, and what is left over."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resources.models import Organisation
from resources.search import lexicon, sets
from resources.search.by_words import read_words
from resources.search.query import SearchQuery
from resources.search.sayings import SAID
from resources.search.stop_words import STOP_WORDS
from resources.search.understanding import Understanding, understand
from resources.search.words import typed_words

pytestmark = pytest.mark.django_db


Read = Callable[[str], Understanding]


@cache
def real() -> tuple[sets.Directory, lexicon.Lexicon]:
    """The real data as sets, and what its words mean."""
    directory = sets.build(edition=0, today=dt.date(2026, 11, 26))
    return directory, lexicon.build(directory.terms)


@pytest.fixture
def read(starter: None) -> Read:
    """Reads a question with the vocabularies and names of the real data."""
    directory, _words = real()
    return lambda text: read_words(directory, SearchQuery(text=text))


def terms(read: Understanding) -> set[str]:
    return {f"{facet}:{value}" for facet, value in read.terms}


def named(read: Understanding) -> set[str]:
    rows = Organisation.objects.filter(pk__in=read.organisations)
    return set(rows.values_list("slug", flat=True))


@pytest.mark.parametrize(
    ("typed", "means", "rest"),
    [
        ("gleevec copay help ohio", {"medicine:imatinib", "need:copay", "area:OH"}, ""),
        ("transporte a quimioterapia", {"need:travel"}, "quimioterapia"),
        ("co-pay", {"need:copay"}, ""),
        ("co pay", {"need:copay"}, ""),
        ("leucemia mieloide cronica", {"condition:chronic-myeloid-leukemia"}, ""),
        ("leucemia mieloide crónica", {"condition:chronic-myeloid-leukemia"}, ""),
        ("CML", {"condition:chronic-myeloid-leukemia"}, ""),
        ("rides 43004", {"need:rides", "area:43004"}, ""),
        ("meals denver", {"need:food", "area:CO"}, ""),
        ("ayuda en español", {"language:es"}, ""),
        ("brain tumor", {"condition:brain-tumor"}, ""),
        ("brain tumour", {"condition:brain-tumor"}, ""),
        ("ocrevus MS", {"medicine:ocrelizumab"}, ""),
        ("wheel chair", {"need:equipment"}, ""),
        ("rides al chemo", {"need:rides"}, "chemo"),
    ],
)
def test_it_reads_what_the_vocabularies_know(
    read: Read, typed: str, means: set[str], rest: str
) -> None:
    understood = read(typed)

    assert (terms(understood), understood.rest) == (means, rest)


@pytest.mark.parametrize(
    "typed",
    [
        "no insurance",
        "I have no insurance",
        "we lost our health insurance",
        "sin seguro",
        "no tengo aseguranza",
        "without any coverage",
        "me quedé sin seguro médico",
        "lost my job and my health insurance",
        "perdí mi trabajo y mi seguro",
    ],
)
def test_it_reads_that_somebody_has_no_insurance(read: Read, typed: str) -> None:
    understood = read(typed)

    assert "insurance:uninsured" in terms(understood)
    assert understood.rest == ""


@pytest.mark.parametrize(
    "typed",
    [
        "no job but good insurance",
        "no puedo pagar el seguro",
        "my scan is not covered by insurance",
        "help with copays with insurance",
    ],
)
def test_it_does_not_take_the_insured_for_uninsured(read: Read, typed: str) -> None:
    assert "insurance:uninsured" not in terms(read(typed))


@pytest.mark.parametrize(
    "typed",
    [
        "no medicare",
        "no califico para medicaid",
        "lost my Medicaid",
        "lost my job and my state insurance",
        "sin seguro por medio del empleador",
        "I make too much for TennCare",
    ],
)
def test_insurance_that_somebody_lacks_is_not_what_they_have(read: Read, typed: str) -> None:
    assert not [facet for facet, _value in read(typed).terms if facet == "insurance"]


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("my insurance won't pay for the scan", {"need:appeals"}),
        ("insurance denied my ninlaro", {"need:appeals", "medicine:ixazomib"}),
        ("Medicare doesn't cover it", {"need:appeals", "insurance:medicare"}),
        ("mi seguro no quiere pagar la quimio", {"need:appeals"}),
        ("they turned off our electricity", {"need:utilities"}),
        ("me van a cortar la luz", {"need:utilities"}),
        ("no way to get to my radiation appointments", {"need:travel"}),
        ("nobody can drive my mother to dialysis", {"need:travel"}),
        ("no tengo cómo llegar a mis citas", {"need:travel"}),
        ("no tengo carro", {"need:rides"}),
        ("where can we stay near the hospital", {"need:lodging"}),
        ("I owe the hospital $12,000", {"need:medical_bills"}),
        ("I want to die", {"need:counselling"}),
        ("consejero de medicare", {"need:insurance_help", "need:enrolment", "insurance:medicare"}),
    ],
)
def test_it_reads_what_people_say_of_their_lives(read: Read, typed: str, means: set[str]) -> None:
    assert means <= terms(read(typed))


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("I can't afford it", {"need:paying_for_treatment"}),
        ("I can't afford the rent", {"need:rent"}),
        ("lost my job", {"need:living_costs"}),
        ("lost my job and my mortgage is due", {"need:living_costs"}),
        ("too sick to work", {"need:disability_benefits"}),
        ("lost my insurance when I got laid off", {"need:enrolment", "insurance:uninsured"}),
        ("lost my insurance, need gleevec", {"medicine:imatinib", "insurance:uninsured"}),
        ("cuido a mi esposo", {"need:caregiver_support"}),
        ("talk to someone", {"need:emotional_support"}),
        ("my pills", {"need:copay", "need:free_medicine", "need:discount_medicine"}),
        ("medicines for veterans", {"need:veterans"}),
    ],
)
def test_what_a_saying_asks_for_counts_where_nothing_clearer_is_named(
    read: Read, typed: str, means: set[str]
) -> None:
    assert terms(read(typed)) == means


@pytest.mark.parametrize(
    "amount",
    [
        "$2,000 a month",
        "$14k",
        "US$ 800 al mes",
        "$40,000 per year",
        "40k a year",
        "800 dólares",
        "household of 3",
        "familia de cuatro",
    ],
)
def test_it_sets_amounts_aside(read: Read, amount: str) -> None:
    understood = read(f"imatinib {amount}")

    assert (terms(understood), understood.rest) == ({"medicine:imatinib"}, "")


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("ALL copay", {"condition:acute-lymphoblastic-leukemia", "need:copay"}),
        ("all copay help", {"need:copay"}),
        ("ALL", {"condition:acute-lymphoblastic-leukemia"}),
        ("give me rides", {"need:rides"}),
        ("rides in ME", {"need:rides", "area:ME"}),
        ("pay rent in OR", {"need:rent", "area:OR"}),
        ("will you pay rent", {"need:rent"}),
        ("rent help detroit mi", {"need:rent", "area:MI"}),
        ("renta para mi", {"need:rent"}),
        ("hotel MD Anderson", {"need:lodging"}),
        ("viajes al tratamiento", {"need:travel"}),
        ("rent OR food", {"need:rent", "need:food"}),
        ("vivo en mn y necesito comida", {"need:food", "area:MN"}),
        ("vivo en Ohio", {"area:OH"}),
        ("a serious illness", {"condition:any-illness"}),
        ("medical help", set()),
        ("financial aid", {"need:paying_for_treatment", "need:living_costs"}),
        ("come with me", set()),
        ("wigs", {"need:wigs_and_prostheses"}),
        ("he's sick", set()),
        ("a mass in my lung", set()),
        ("hotel Boston Mass", {"need:lodging", "area:MA"}),
        ("a cup of coffee", set()),
        ("snap benefits", set()),
        ("snap and rent", {"need:food", "need:rent"}),
        ("I wish", set()),
        ("right breast", set()),
        ("prime", set()),
        ("hearing aids", {"need:equipment"}),
        ("traveling", {"need:travel"}),
    ],
)
def test_a_common_word_is_a_term_only_where_it_is_meant(
    read: Read, typed: str, means: set[str]
) -> None:
    assert terms(read(typed)) == means


@pytest.mark.parametrize(
    ("typed", "area"),
    [
        ("flight from Oklahoma to Houston", "area:OK"),
        ("flight to Houston from Oklahoma", "area:OK"),
        ("vuelo a Houston desde Tulsa", "area:OK"),
        ("rent kansas city kansas", "area:KS"),
        ("New York EPIC copay help", "area:NY"),
    ],
)
def test_it_reads_where_somebody_lives(read: Read, typed: str, area: str) -> None:
    assert [term for term in terms(read(typed)) if term.startswith("area:")] == [area]


def test_where_somebody_flies_to_is_not_where_they_live(read: Read) -> None:
    understood = read("flights to Houston")

    assert (terms(understood), understood.rest) == ({"need:flights"}, "Houston")


def test_it_leaves_out_what_somebody_says_they_do_not_have(read: Read) -> None:
    assert terms(read("leukemia but not lymphoma")) == {"condition:leukemia"}


@pytest.mark.parametrize(
    ("typed", "needs"),
    [
        ("fertility grants", {"need:fertility"}),
        ("grants", {"need:paying_for_treatment", "need:living_costs"}),
        (
            "counseling and financial help",
            {"need:counselling", "need:paying_for_treatment", "need:living_costs"},
        ),
    ],
)
def test_money_in_general_gives_way_to_what_it_is_for(
    read: Read, typed: str, needs: set[str]
) -> None:
    assert terms(read(typed)) == needs


@pytest.mark.parametrize(
    "typed", ["my little boy has leukemia", "kid with leukemia", "mi hijo tiene leucemia"]
)
def test_a_childs_illness_is_also_the_one_of_children(read: Read, typed: str) -> None:
    assert {"condition:leukemia", "condition:childhood-leukemia"} <= terms(read(typed))


def test_it_is_not_the_child_who_has_it_where_the_parent_does(read: Read) -> None:
    assert terms(read("telling my kids I have leukemia")) == {"condition:leukemia"}


def test_a_parents_illness_is_not_one_of_children(read: Read) -> None:
    assert terms(read("kids whose mom has leukemia")) == {"condition:leukemia"}


def test_it_says_what_it_took_for_a_misspelling(read: Read) -> None:
    understood = read("imatinb thyroid cancr")

    assert understood.corrections == [("imatinb", "imatinib"), ("thyroid cancr", "thyroid cancer")]
    assert terms(understood) == {"medicine:imatinib", "condition:thyroid-cancer"}


REAL = """
abortion afford attention dental dentures device fired gibbon glucemia headline hearing hematoma
hostel hotels indication inflation instance interest issue marine meditation mosaic motel pilot
policy protein province psychiatric scanner surrogate tradición tutor vascular youth
"""


@pytest.mark.parametrize("typed", REAL.split())
def test_it_corrects_no_word_of_the_texts_and_none_into_another(read: Read, typed: str) -> None:
    assert read(typed).corrections == []


@pytest.mark.parametrize(
    ("typed", "is_named"),
    [
        ("American Cancer Society rides", True),
        ("the leukemia and lymphoma society", True),
        ("LLS", True),
        ("cancer.net", True),
        ("super sibs", True),
        ("NEAR", True),
        ("help near me", False),
        ("care package", False),
    ],
)
def test_it_reads_whole_names_of_organisations(read: Read, typed: str, is_named: bool) -> None:
    assert bool(read(typed).organisations) is is_named


@pytest.mark.parametrize(
    ("typed", "term", "office"),
    [
        ("food stamps", "need:food", "usda-food-and-nutrition-service"),
        ("estampillas de comida", "need:food", "usda-food-and-nutrition-service"),
        ("VA mileage", "insurance:va", "us-department-of-veterans-affairs"),
    ],
)
def test_a_program_is_its_kind_of_help_and_who_gives_it(
    read: Read, typed: str, term: str, office: str
) -> None:
    understood = read(typed)

    assert term in terms(understood)
    assert named(understood) == {office}


def test_not_everybody_on_medicare_asks_for_its_office(read: Read) -> None:
    understood = read("AML copay medicare")

    assert "insurance:medicare" in terms(understood)
    assert named(understood) == set()


def test_it_asks_of_a_word_only_once_whether_the_texts_know_it() -> None:
    asked = Counter[str]()
    words = lexicon.Lexicon()
    words.add("leukemia", "en", lexicon.Meaning("condition", "leukemia"))

    understand(
        "leukemai or leukemai or lukemia",
        words,
        is_known=lambda word: bool(asked.update([word])),
        named_in=lambda typed: {},
        used_for=lambda medicine: set(),
    )

    assert asked == {"leukemai": 1, "lukemia": 1}


def test_whatever_it_is_asked_it_reads_words_that_were_typed(read: Read) -> None:
    _directory, words = real()
    known = [" ".join(key) for key in words.meanings]
    typical = st.sampled_from([*known, *sorted(SAID), *sorted(STOP_WORDS)])
    typed = typical | st.text(max_size=8) | st.sampled_from(["43004", "$900 a month", "¿", "🏥"])

    @settings(max_examples=300, deadline=None)
    @given(st.lists(typed, max_size=12).map(" ".join) | st.text(max_size=200))
    def holds(text: str) -> None:
        query = SearchQuery(text=text)
        understood = read(text)
        said = Counter(word for word, _parts in typed_words(query.text))
        used = Counter(understood.rest.split())
        for one in understood.readings:
            used.update(one.words.split())
            assert one.meanings
        assert used <= said
        assert read(text) == understood

    holds()
