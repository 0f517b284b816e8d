"""What is drawn once and kept in this process while it stays the same: cards, and lists of filters.

Loading and drawing twenty-five cards was three quarters of a page of results, counting and drawing
the filters half of the rest. Each is kept under all that it depends on, so that nothing has to be
thrown away. For a card that is the edition in which what it shows last changed, the day, the
language, its notes and which of its terms the reader chose.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from django.core.cache import cache, caches
from django.template.loader import get_template
from django.utils.safestring import SafeString

from resources.eligibility.reading import guidelines_of
from resources.languages import language_of_page
from resources.pages import loading
from resources.pages.copied import copied_on
from resources.pages.finder.quick import Judged
from resources.search.results import Note, SearchResults
from resources.search.sets import Directory

# The facets whose chosen values a card names first; see `cards.facts`.
NAMED_FIRST = frozenset({"need", "condition", "insurance"})

Notes = tuple[Note, ...]
Term = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Card:
    """A resource as a card, in the language of the page; `judged`: where it was asked for."""

    resource_id: int
    html: SafeString
    judged: Judged | None = None


def draw(
    directory: Directory, wanted: Iterable[tuple[int, Notes]], chosen: Iterable[Term] = ()
) -> list[Card]:
    """The cards of these resources (primary key and notes), in this order.

    `chosen`: the (facet, value) pairs that the reader asked for. What is no longer published by
    now has no card.
    """
    first = [(facet, value) for facet, value in chosen if facet in NAMED_FIRST]
    places = {_key(directory, pk, notes, first): (pk, notes) for pk, notes in wanted}
    kept = cache.get_many(places)
    missing = [key for key in places if key not in kept]
    if missing:
        fresh = _drawn(
            directory, [places[key] for key in missing], (value for _facet, value in first)
        )
        made = {key: fresh[places[key][0]] for key in missing if places[key][0] in fresh}
        if not directory.is_passing:
            cache.set_many(made, timeout=None)
        kept |= made
    # What is kept is what `_drawn` made.
    return [Card(pk, SafeString(kept[key])) for key, (pk, _notes) in places.items() if key in kept]


def kept_filters(results: SearchResults, page: str, draw_them: Callable[[], str]) -> SafeString:
    """The list of filters beside these results, drawn by `draw_them` for a page of this name.

    Kept where it depends on terms alone: not on words, and no words are in its links.
    """
    directory, query = results.directory, results.query.on_page(1)
    if query.text or results.found.hits != directory.offered:
        return SafeString(draw_them())
    day = directory.today.toordinal()
    key = _digest((page, directory.edition, day, results.language, query.to_params()))
    kept = caches["filters"].get(key)
    if kept is None:
        kept = draw_them()
        if not directory.is_passing:
            caches["filters"].set(key, kept, timeout=None)
    return SafeString(kept)


def _digest(said: object) -> str:
    return blake2b(repr(said).encode(), digest_size=16).hexdigest()


def _key(directory: Directory, pk: int, notes: Notes, chosen: Sequence[Term]) -> str:
    own = [value for facet, value in chosen if pk in directory.tags(facet, value)]
    said = (
        pk,
        directory.shown_since(pk),
        directory.today.toordinal(),
        language_of_page(),
        [note.value for note in notes],
        own,
        copied_on(),
    )
    return _digest(said)


def _drawn(
    directory: Directory, wanted: Sequence[tuple[int, Notes]], chosen: Iterable[str]
) -> dict[int, str]:
    template = get_template("search/_result.html")
    notes = dict(wanted)
    frame = {
        "today": directory.today,
        "guidelines": guidelines_of(directory),
        "chosen": frozenset(chosen),
        "copied_on": copied_on(),
    }
    return {
        resource.pk: template.render({**frame, "resource": resource, "notes": notes[resource.pk]})
        for resource in loading.load(list(notes))
    }
