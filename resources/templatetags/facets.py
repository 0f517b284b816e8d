"""The many links and options of a facet. Drawn here: as loops in templates they took longest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from resources.search.counting import FacetValue

register = template.Library()


@register.simple_tag
def facet_links(values: Iterable[FacetValue], facet: str = "") -> SafeString:
    """A list item for each value: a link to choose it or take it back, and how many it finds.

    With the facet's name each link has an id, by which it is found again after an update.
    """
    return mark_safe("\n".join(_links(values, facet)))  # noqa: S308 - escaped in `_links`


def _links(values: Iterable[FacetValue], facet: str) -> Iterator[str]:
    chosen, chosen_word = ' aria-current="true"', escape(gettext("chosen: take back"))
    for value in values:
        number = f' id="{escape(facet)}-{escape(value.value)}"' if facet else ""
        said = f'<span class="hidden">, {chosen_word}</span>' if value.selected else ""
        yield (
            f'<li><a{number} href="?{escape(value.query_string)}" rel="nofollow"'
            f"{chosen if value.selected else ''}>{escape(value.label)}{said}</a>"
            f'<span class="count">{value.count}</span></li>'
        )


@register.simple_tag
def options(choices: Iterable[tuple[str, str]]) -> SafeString:
    """An option for each (value, label)."""
    drawn = (
        f'<option value="{escape(value)}">{escape(label)}</option>' for value, label in choices
    )
    return mark_safe("".join(drawn))  # noqa: S308 - escaped right here
