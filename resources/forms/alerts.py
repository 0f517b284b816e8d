"""What somebody who wants to hear of an opening says: an address, how much, and their yes."""

from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from resources.forms.reports import TOO_LONG
from resources.forms.tickets import Ticketed
from resources.models import Alert
from resources.models.report import LONGEST_EMAIL


class AddressForm(Ticketed):
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
