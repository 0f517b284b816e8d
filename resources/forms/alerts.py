"""What somebody who wants to hear of an opening says: an address, how much, and their yes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from resources.forms import tickets
from resources.forms.reports import TOO_LONG, TRAP
from resources.forms.tickets import Ticket
from resources.models import Alert
from resources.models.report import LONGEST_EMAIL


class AddressForm(forms.Form):
    """An address to write to, from a person."""

    NAME = "mine"

    email = forms.EmailField(
        max_length=LONGEST_EMAIL,
        error_messages={
            "required": _("Write your email address."),
            "invalid": _("This is no email address. Write one like jo@example.org."),
            "max_length": TOO_LONG,
        },
    )

    @property
    def is_from_a_robot(self) -> bool:
        """Something was written where no person would write."""
        return bool(self.data.get(TRAP))

    @property
    def ticket(self) -> str:
        """The ticket to send along: the one that came, while it is good or will be soon."""
        given = str(self.data.get("ticket", ""))
        is_ours = tickets.read(self.NAME, given) in (Ticket.GOOD, Ticket.EARLY)
        return given if is_ours else tickets.handed_out(self.NAME)

    def clean(self) -> dict[str, Any]:
        """Ask whoever was too quick or too slow to send it once more."""
        tickets.refuse(self.NAME, str(self.data.get("ticket", "")))
        return self.cleaned_data


class AlertForm(AddressForm):
    """The same, and what they want to hear. The consent is by itself: it is not a term of use."""

    NAME = "alert"

    wants = forms.ChoiceField(
        choices=Alert.Wants.choices,
        initial=Alert.Wants.OPENING,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose which emails you want."),
            "invalid_choice": _("Choose which emails you want."),
        },
    )
    agrees = forms.BooleanField(
        error_messages={"required": _("Tick the box, or we may not keep your address.")}
    )
    field_order = ("wants", "email", "agrees")

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
