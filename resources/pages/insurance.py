""" "Do you have insurance?": most copay funds shut out people without it, so pages ask first."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from resources.pages.links import Link, search_url
from resources.search.facets import INSURED, UNINSURED
from resources.search.query import SearchQuery

# The answer that is no value of the insurance facet: everything is shown, and how to find out.
UNSURE = "unsure"
ANSWERS = {INSURED: _("Yes"), UNINSURED: _("No"), UNSURE: _("Not sure")}

# The kinds of insurance that "Yes" asks about next, as values of the insurance facet.
KINDS = ("private", "medicare", "medicaid", "tricare", "va")


@dataclass(frozen=True, slots=True)
class Question:
    """The answers as links, the kinds that "Yes" leads to, and whether they are not sure."""

    answers: list[Link]
    kinds: list[Link]
    unsure: bool


def on_a_page(answer: str) -> Question:
    """On a page that follows the answer by itself: `?insurance=` with one of `ANSWERS`."""
    links = [Link(words, f"?insurance={one}", one == answer) for one, words in ANSWERS.items()]
    return Question(links, [], answer == UNSURE)


def in_a_search(
    query: SearchQuery,
    *,
    known: Container[str],
    unsure: tuple[str, str],
    is_unsure: bool,
    name_of: Callable[[str], str],
) -> Question:
    """Above results, where an answer is a filter; not being sure is the parameter `unsure`.

    `known`: the kinds that the vocabulary has; `name_of` names one.
    """
    chosen, open_query = set(query.insurance), query
    for value in query.insurance:
        open_query = open_query.without("insurance", value)

    def link(value: str, words: object, is_chosen: bool) -> Link:
        return Link(str(words), search_url(open_query.adding("insurance", value)), is_chosen)

    insured = bool(chosen - {UNINSURED})
    return Question(
        answers=[
            link(INSURED, ANSWERS[INSURED], insured),
            link(UNINSURED, ANSWERS[UNINSURED], chosen == {UNINSURED}),
            Link(ANSWERS[UNSURE], search_url(open_query, unsure), is_unsure),
        ],
        kinds=[
            link(kind, name_of(kind), chosen == {kind})
            for kind in KINDS
            if insured and kind in known
        ],
        unsure=is_unsure,
    )
