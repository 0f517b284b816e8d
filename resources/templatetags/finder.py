"""What the answer of /find-help/ says of a reason."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from resources.eligibility import Chance, Reason
from resources.forms.find_help import QUESTIONS
from resources.pages.finder import saying
from resources.pages.sheet.provenance import site

register = template.Library()


@register.filter
def rule_name(reason: Reason) -> str:
    """{{ reason|rule_name }}: "Income limit"."""
    return {
        "insurance": _("Insurance"),
        "income": _("Income limit"),
        "condition": _("Illness"),
        "medicine": _("Medicine"),
        "area": _("Where"),
        "age": _("Age"),
    }[reason.criterion]


# The questions of /find-help/ in their order, by the anchors of their cards.
STEPS = ("need", *(names[0] for names in QUESTIONS.values()))

# How a verdict looks: the class of its tag in the style sheet.
TAGS = {Chance.LIKELY: "open", Chance.CHECK: "ask", Chance.UNLIKELY: "plain"}


@register.filter
def tag_of(chance: Chance) -> SafeString:
    """{{ chance|tag_of }}: "Likely", as a tag."""
    return format_html('<span class="tag {}">{}</span>', TAGS[chance], saying.in_a_word(chance))


@register.simple_tag
def over(reason: Reason) -> str:
    """{% over reason %}: by how much a limit is passed."""
    return saying.over(reason)


@dataclass(frozen=True, slots=True)
class Way:
    """Where a question stands among the others."""

    number: int
    count: int
    previous: str
    next: str


@register.simple_tag
def steps_from(question: str) -> Way:
    """{% steps_from "illness" as way %}: the question before it and the one after it."""
    at = STEPS.index(question)
    around = ("", *STEPS, "")
    return Way(at + 1, len(STEPS), around[at], around[at + 2])


@register.filter
def site_of(url: str) -> str:
    """{{ url|site_of }}: "healthwellfoundation.org"."""
    return site(url)
