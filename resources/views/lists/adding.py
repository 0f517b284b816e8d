"""One resource more in a reader's own list, from whichever page they are on."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from resources.handouts.entries import are_public
from resources.handouts.handout import LARGEST
from resources.views.lists.cookie import change_own_list, own_list_of

# The button that every card and page of a resource has; its value is the number.
ADD = "add"


@dataclass(frozen=True, slots=True)
class Added:
    """The number that was taken up; `had_room`: or was not, for want of room."""

    number: int
    had_room: bool


def added(request: HttpRequest) -> Added | None:
    """Take up what the button says; None where it says nothing, or what nobody can take up.

    On a page that answers answers (/find-help/), the same is then shown again.
    """
    number = number_in(request.POST.get(ADD, ""))
    if not are_public([number] if number else []):
        return None
    own = own_list_of(request)
    if own.is_full and number not in own.numbers:
        return Added(number, had_room=False)
    change_own_list(request, own.adding(number))
    return Added(number, had_room=True)


def number_in(text: str) -> int:
    """The number of a resource that a button says; 0 where it says none."""
    is_one = text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST))
    return int(text) if is_one else 0
