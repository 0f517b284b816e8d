"""What somebody says of a person beside the filters of a search: asked as /find-help/ is."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from resources.forms import FindHelp
from resources.pages.finder.quick import Quick
from resources.search.results import SearchResults

# What the filters of a search do not ask.
ASKED = ("household_size", "yearly_income", "age")
HIDE, SHOW = "hide", "show"


@dataclass(frozen=True, slots=True)
class Fit:
    """The questions, whether what is unlikely is to be hidden, and what the answers come to."""

    form: FindHelp
    hides: bool
    quick: Quick | None


def fit_of(request: HttpRequest, results: SearchResults) -> Fit:
    """The questions beside these results; answered, where answers were sent."""
    said = request.POST if request.method == "POST" else None
    form = FindHelp(said, results.directory, results.language, asks=ASKED)
    hides = HIDE in request.POST and SHOW not in request.POST
    is_answered = HIDE in request.POST or any(
        request.POST.get(name) for name in form.fields if name != "period"
    )
    if not (is_answered and form.is_valid()):
        return Fit(form, hides, None)
    return Fit(form, hides, Quick(results, form.answers))
