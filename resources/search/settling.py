"""What the words of a question mean beside each other: one place, one child, what is implied."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import replace
from itertools import takewhile
from operator import itemgetter

from resources.search.facets import UNINSURED
from resources.search.lexicon import Meaning
from resources.search.sayings import (
    CHILDREN,
    HAVING,
    INSURANCE,
    JOB,
    LOST,
    NOT,
    OF_INSURANCE,
    SAYINGS,
    words,
)
from resources.search.spans import CODE, ORGANISATION, Question, Span, free_places

# Needs that many kinds of help are: where another is named, they only say more about that one.
GENERAL = frozenset({Meaning("need", "paying_for_treatment")})
AND = words("and also e o or plus tambien y")
# Before the place where somebody goes, rather than the one where they live.
TO = words("a al hasta hacia to")
# Between a child and an illness: it is the child who has it.
HAS = words("con diagnosed fighting got had has have tiene tienen was with")
# "My kids I have cancer": it is not the child who has it.
SELF = words("i we yo")
# What stands before insurance that somebody does not have, before an illness that they do not.
LACKING = NOT | LOST | words("mucho much over")
# "Lost my job and my TennCare" reaches so many words back.
FARTHEST_LACKING = 6
DENYING = words("except excepto not")
NO_INSURANCE = frozenset({UNINSURED, "coverage_pending"})
# Who asks for these goes from where they live to somewhere else.
GOING = frozenset({Meaning("need", "flights"), Meaning("need", "travel")})
OF_CHILDREN = ("childhood", "infantil")


def settled(asked: Question, spans: list[Span], used_for: Callable[[str], Set[str]]) -> list[Span]:
    """The spans as they are meant beside each other."""
    spans = _with_qualifiers(asked, spans)
    spans = _without_what_is_lacked(asked, spans)
    spans = _in_one_area(asked, spans)
    spans = _without_the_general(asked, spans)
    spans = _with_what_sayings_ask(spans)
    spans = _with_areas_of_names(asked, spans)
    spans = _without_the_implied(spans, used_for)
    return [_of_a_child(asked, span) for span in spans]


def _with_qualifiers(asked: Question, spans: list[Span]) -> list[Span]:
    """With the words that only go with it: "lost my health insurance", "no califico para"."""
    free = free_places(asked, spans)
    return [
        replace(span, places=tuple(sorted({*span.places, *(free & _qualifiers(asked, span))})))
        for span in spans
    ]


def _qualifiers(asked: Question, span: Span) -> set[int]:
    """The places of words within a span, and behind insurance, that say nothing more than it."""
    words_of, within = asked.words, range(span.places[0], span.places[-1] + 1)
    found = {at for at in within if span.saying and words_of[at] in span.saying.between}
    if any(words_of[at] in INSURANCE for at in span.places):
        behind = range(within.start, min(within.stop + 1, len(words_of)))
        found |= {at for at in behind if words_of[at] in OF_INSURANCE}
    return found


def _without_what_is_lacked(asked: Question, spans: list[Span]) -> list[Span]:
    """Without the insurance that somebody does not have ("lost my TennCare"), "not leukemia".

    Which kind they do not have says nothing of what they have.
    """
    return [
        replace(span, meanings=()) if _is_lacked(asked, span) or _is_denied(asked, span) else span
        for span in spans
    ]


def _is_lacked(asked: Question, span: Span) -> bool:
    """Whether a kind of insurance stands behind "no", "lost" or "too much for"."""
    if span.facet != "insurance" or span.saying or span.meanings[0].value in NO_INSURANCE:
        return False
    before = asked.words[max(0, span.places[0] - FARTHEST_LACKING) : span.places[0]]
    joined = list(takewhile((HAVING | JOB | AND).__contains__, reversed(before)))
    word = before[-len(joined) - 1] if len(joined) < len(before) else ""
    return word in (LACKING if AND.isdisjoint(joined) else LOST)


def _is_denied(asked: Question, span: Span) -> bool:
    """Whether an illness or a medicine stands behind "not"."""
    before = asked.words[max(0, span.places[0] - 1) : span.places[0]]
    return span.facet in ("condition", "medicine") and not DENYING.isdisjoint(before)


def _with_areas_of_names(asked: Question, spans: list[Span]) -> list[Span]:
    """With the state in the name of an organisation, where more than the name is asked.

    Who asks New York EPIC for help with a copay has no use for what New Jersey offers.
    """
    facets = {span.facet for span in spans}
    if "area" in facets or facets <= {ORGANISATION, ""}:
        return spans
    return [
        replace(span, meanings=(*span.meanings, *_area_within(asked, span)))
        if span.facet == ORGANISATION
        else span
        for span in spans
    ]


def _area_within(asked: Question, span: Span) -> tuple[Meaning, ...]:
    """The state that the words of a span name in full."""
    start, stop = span.places[0], span.places[-1] + 1
    phrases = (asked.typed[at:end] for at in range(start, stop) for end in range(at + 1, stop + 1))
    found = [asked.lexicon.of(phrase) for phrase in phrases if len(phrase[0][0]) > CODE]
    return next((area for area in found if area and area[0].facet == "area"), ())


def _in_one_area(asked: Question, spans: list[Span]) -> list[Span]:
    """With the one place where somebody lives: "from Tulsa to Houston", "Kansas City, Kansas".

    Where they fly to is left over as text.
    """
    areas = [span for span in spans if span.facet == "area"]
    areas.sort(key=lambda span: (_is_destination(asked, span), span.places))
    is_going = any(not GOING.isdisjoint(span.meanings) for span in spans)
    if not areas or (is_going and _is_destination(asked, areas[0])):
        return [span for span in spans if span.facet != "area"]
    home = areas[0]
    for area in areas[1:]:
        if area.places[0] == home.places[-1] + 1:
            home = area
    return [span for span in spans if span.facet != "area" or span.meanings == home.meanings]


def _is_destination(asked: Question, span: Span) -> bool:
    before = span.places[0] - 1
    return before >= 0 and asked.words[before] in TO


def _without_the_general(asked: Question, spans: list[Span]) -> list[Span]:
    """Without "grants" or "support" where another need is named: "fertility grants"."""
    needs = [span for span in spans if span.facet == "need"]
    particular = [span for span in needs if GENERAL.isdisjoint(span.meanings)]
    return [
        span
        for span in spans
        if span not in needs
        or span in particular
        or not particular
        or _is_one_of_several(asked, span, particular)
    ]


def _is_one_of_several(asked: Question, span: Span, others: Sequence[Span]) -> bool:
    """Whether an "and" joins it to another: "counseling and financial help"."""
    joined = {at for at, word in enumerate(asked.words) if word in AND}
    return any(
        not joined.isdisjoint(range(min(span.places + one.places), max(span.places + one.places)))
        for one in others
    )


def _with_what_sayings_ask(spans: list[Span]) -> list[Span]:
    """With what the first saying asks for, where nothing clearer was read."""
    facets = {meaning.facet for span in spans for meaning in span.meanings}
    asking = [
        (SAYINGS.index(span.saying), span)
        for span in spans
        if span.saying and span.asks and facets.isdisjoint(span.saying.unless)
    ]
    _turn, first = min(asking, key=itemgetter(0), default=(0, None))
    return [
        replace(span, meanings=span.meanings + span.asks) if span is first else span
        for span in spans
        if span is first or span.meanings or not span.is_topic
    ]


def _without_the_implied(spans: list[Span], used_for: Callable[[str], Set[str]]) -> list[Span]:
    """Without an illness that a medicine named beside it is used for: "ocrevus MS" is Ocrevus."""
    medicines = [m.value for span in spans for m in span.meanings if m.facet == "medicine"]
    implied = {
        Meaning("condition", condition)
        for medicine in medicines
        for condition in used_for(medicine)
    }
    return [
        replace(span, meanings=()) if implied.issuperset(span.meanings) else span for span in spans
    ]


def _of_a_child(asked: Question, span: Span) -> Span:
    """With the illness as children have it, where it is a child who has it."""
    if span.facet != "condition" or not _has_a_child(asked, span.places[0]):
        return span
    typed = [asked.typed[place] for place in span.places]
    english, spanish = (("", [word]) for word in OF_CHILDREN)
    more = (*asked.lexicon.of([english, *typed]), *asked.lexicon.of([*typed, spanish]))
    return replace(span, meanings=tuple(dict.fromkeys([*span.meanings, *more])))


def _has_a_child(asked: Question, before: int) -> bool:
    """Whether it is said that a child has it: "my little boy has", "mi hijo con"."""
    said = asked.words[:before]
    return any(
        word in CHILDREN and SELF.isdisjoint(after) and not HAS.isdisjoint(after)
        for word, after in ((word, said[at + 1 : at + 3]) for at, word in enumerate(said))
    )
