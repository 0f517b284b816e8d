"""What the answer of /find-help/ says of a reason."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from resources.eligibility import Reason
from resources.pages.finder import saying

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


@register.simple_tag
def over(reason: Reason) -> str:
    """{% over reason %}: by how much a limit is passed."""
    return saying.over(reason)
