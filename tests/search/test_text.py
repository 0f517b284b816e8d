"""Which entries the text index finds: the same on every database."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

import pytest
from django.db import transaction

from resources.search import text
from resources.search.text import TextDocument
from resources.search.words import Word, name_tokens, parse, tokens

pytestmark = pytest.mark.django_db

VOCABULARY = [
    *("cancer", "copay", "co-pay", "leukemia", "leukemias", "ride", "rides", "fund", "AND", "not"),
    *("niños", "quimioterapia", "T-cell", "Cancer.Net", "Gilda's", "2,000", "24/7", "Ohio"),
    *("٣٤", "помощь", "癌症"),
]


@pytest.fixture(autouse=True)
def empty() -> None:
    """Begin with an index that holds nothing."""
    text.clear()


def document(pk: int, *, kind: str = "resource", **columns: str) -> TextDocument:
    """An entry with these English texts in its columns."""
    return TextDocument(
        kind=kind,
        id=pk,
        names=name_tokens([columns.get("names", "")]),
        organisation=name_tokens([columns.get("organisation", "")]),
        terms=tokens(columns.get("terms", ""), "en"),
        texts=tokens(columns.get("texts", ""), "en"),
    )


def put(*documents: TextDocument) -> None:
    text.replace(documents)


def found(question: str, kind: str = "resource") -> list[int]:
    """What has all the words, best first."""
    matches = text.find(parse(question).words, kind=kind)
    return [hit.id for hit in sorted(matches.hits, key=lambda hit: (-hit.rank, hit.id))]


def named(question: str) -> set[int]:
    return {hit.id for hit in text.find(parse(question).words, kind="resource").hits if hit.named}


def having(word: Word, documents: Iterable[TextDocument], columns: tuple[str, ...]) -> set[int]:
    """The reference: the documents that have one of the word's groups within these columns."""
    groups = [set(group) for group in word.alternatives]
    held = {d.id: {t for column in columns for t in getattr(d, column)} for d in documents}
    return {pk for pk, there in held.items() if any(group <= there for group in groups)}


def random_documents(chance: random.Random) -> Iterator[TextDocument]:
    for pk in range(1, 61):
        columns = ("names", "organisation", "terms", "texts")
        yield document(
            pk, **{c: " ".join(chance.choices(VOCABULARY, k=chance.randint(0, 4))) for c in columns}
        )


@pytest.mark.parametrize("seed", range(5))
def test_it_finds_what_has_all_the_words_and_counts_what_has_some(seed: int) -> None:
    chance = random.Random(seed)
    documents = list(random_documents(chance))
    put(*documents)
    for _ in range(40):
        words = parse(
            " ".join(chance.choices([*VOCABULARY, "nowhere"], k=chance.randint(1, 4)))
        ).words
        sets = [
            having(word, documents, ("names", "organisation", "terms", "texts")) for word in words
        ]
        by_name = [having(word, documents, ("names", "organisation")) for word in words]
        matches = text.find(words, kind="resource")
        assert {hit.id for hit in matches.hits} == set.intersection(*sets)
        assert {hit.id for hit in matches.hits if hit.named} == set.intersection(*by_name)
        assert [set(held) for held in text.each(words, kind="resource")] == sets


def test_a_name_counts_more_than_an_organisation_a_term_and_a_text() -> None:
    filler = [document(pk, texts="something else") for pk in range(10, 30)]
    put(
        document(1, texts="copay"),
        document(2, terms="copay"),
        document(3, organisation="Copay"),
        document(4, names="Copay"),
        *filler,
    )
    assert found("copay") == [4, 3, 2, 1]


def test_what_is_called_so_is_found_by_name() -> None:
    put(
        document(1, names="Rides", organisation="Cancer Friends", texts="leukemia"),
        document(2, names="Rides", texts="cancer"),
    )
    assert named("cancer rides") == {1}
    assert named("rides leukemia") == set()


def test_each_kind_is_found_for_itself() -> None:
    put(document(1, names="Copay help"), document(1, kind="organisation", names="Cancer Friends"))
    assert found("copay") == [1]
    assert found("friends") == []
    assert found("friends", kind="organisation") == [1]


def test_a_document_takes_the_place_of_an_older_one() -> None:
    put(document(1, names="Copay help"))
    put(document(1, names="Rides"))
    assert (found("copay"), found("rides"), text.count()) == ([], [1], 1)


def test_the_last_of_two_documents_of_an_entry_counts() -> None:
    put(document(1, names="Copay help"), document(1, names="Rides"))
    assert (found("copay"), found("rides"), text.count()) == ([], [1], 1)


def test_what_is_removed_is_not_found() -> None:
    put(document(1, names="Rides"), document(2, names="Rides"))
    text.remove("resource", [1, 99])
    assert found("rides") == [2]


def test_it_is_empty_once_cleared() -> None:
    put(document(1, names="Rides"), document(1, kind="organisation", names="Rides"))
    assert text.count() == 2
    text.clear()
    assert (found("rides"), text.count()) == ([], 0)


def test_an_undone_transaction_leaves_it_as_it_was() -> None:
    put(document(1, names="Rides"))
    with transaction.atomic():
        put(document(1, names="Flights"), document(2, names="Rides"))
        transaction.set_rollback(True)
    assert found("rides") == [1]
    assert found("flights") == []


def test_nothing_asked_finds_nothing() -> None:
    put(document(1, names="Rides"))
    assert text.find([], kind="resource").hits == []
    assert text.each([], kind="resource") == []


def test_it_says_when_there_is_more_than_it_ranked() -> None:
    put(*(document(pk, texts="cancer") for pk in range(1, 5)))
    words = parse("cancer").words
    assert not text.find(words, kind="resource", limit=4).capped
    capped = text.find(words, kind="resource", limit=3)
    assert capped.capped
    assert len(capped.hits) == 3


def test_what_is_found_by_name_is_kept_before_the_rest() -> None:
    put(*(document(pk, texts="cancer") for pk in range(1, 5)), document(9, names="Cancer"))
    capped = text.find(parse("cancer").words, kind="resource", limit=2)
    assert [hit.id for hit in capped.hits if hit.named] == [9]
    assert len(capped.hits) == 2


def test_it_finds_in_names_alone_the_best_among_them() -> None:
    put(document(1, names="Cancer"), document(2, texts="cancer"))
    put(document(3, names="Cancer", texts="cancer"), document(4, organisation="Cancer"))
    named = text.find(parse("cancer").words, kind="resource", in_names=True)
    assert {hit.id for hit in named.hits if hit.named} == {1, 3, 4}
    assert len(named.hits) == 3
    assert all(hit.rank > 0 for hit in named.hits)


def test_a_rare_word_counts_beside_one_that_nearly_all_have() -> None:
    put(*(document(pk, texts="cancer") for pk in range(1, 9)), document(9, texts="cancer ohio"))
    cancer, ohio, nowhere = text.each(parse("cancer ohio nowhere").words, kind="resource", limit=2)
    assert 9 in cancer
    assert (set(ohio), set(nowhere)) == ({9}, set())


HOSTILE = {
    "quotes": "\"'''\"\"",
    "operators": "cancer AND NOT (copay OR NEAR(rides, 2)) ^fund names:cancer* -copay + {a b}",
    "tsquery": "cancer:*A & !copay | <-> 'x' \\' \\",
    "statement": "'; DROP TABLE search_text_resource; --",
    "placeholders": "%s %(a)s {table} ? :1",
    "NUL": "can\x00cer",
    "broken surrogates": "\ud800 \udfff",
    "one long word": "a" * 50_000,
    "many words": "word " * 10_000,
    "hyphens": "a-" * 25_000,
    "every character": "".join(map(chr, range(50_000))),
    "twelve long compounds": " ".join(f"a{n}-b{n}-c{n}-d{n}" for n in range(12)),
}
hostile = pytest.mark.parametrize(
    "typed", [pytest.param(t, id=name) for name, t in HOSTILE.items()]
)


@hostile
def test_it_answers_whatever_is_asked(typed: str) -> None:
    put(document(1, names="Cancer help"))
    words = parse(typed).words
    text.find(words, kind="resource")
    text.each(words, kind="resource")
    assert text.count() == 1


@hostile
def test_it_holds_whatever_is_written(typed: str) -> None:
    put(document(1, names=typed, organisation=typed, terms=typed, texts=typed))
    assert text.count() == 1
    assert text.find(parse(typed).words[:1], kind="resource").hits or not parse(typed).words


@hostile
def test_it_reads_no_operators_in_tokens_that_others_made(typed: str) -> None:
    put(document(1, names="Cancer help"))
    assert text.find([Word(typed, ((typed,),))], kind="resource").hits == []
    text.replace([TextDocument("resource", 2, [typed], [typed], [typed], [typed])])
    assert found("cancer") == [1]


def test_the_largest_document_there_can_be_is_held() -> None:
    """A tsvector ends at a mebibyte: every letter here takes four bytes."""
    letters = [chr(0x20000 + n) for n in range(40_000)]
    pairs = [a + b for a, b in zip(letters, reversed(letters), strict=True)]
    columns = [pairs[start : start + 20_000] for start in range(0, 40_000, 10_000)]
    text.replace([TextDocument("resource", 1, *columns)])
    assert text.find([Word("", ((pairs[0],),))], kind="resource").hits
