"""What an organisation is asked to confirm: its entries as we show them, in short."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from resources.eligibility.guidelines import Guidelines
from resources.models import Entry, Organisation, Resource
from resources.pages import cards, loading
from resources.pages.cards import Fact

# So many resources are told of one by one; of more, the names.
MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry with what we say of it; `facts` is empty for one of very many."""

    entry: Entry
    facts: list[Fact]

    @property
    def name(self) -> str:
        return str(self.entry)

    @property
    def path(self) -> str:
        """The address of its page, on this site."""
        path: str = self.entry.get_absolute_url()  # type: ignore[attr-defined]
        return path


def shown_to(organisation: Organisation, guidelines: Guidelines, today: dt.date) -> list[Shown]:
    """The organisation, then its public resources that have not ended, by name."""
    running = Resource.objects.published().filter(organisation=organisation)
    running = running.exclude(lifecycle=Resource.Lifecycle.ENDED).order_by("name", "pk")
    resources = loading.load(list(running.values_list("pk", flat=True)))
    return [
        Shown(organisation, _of_organisation(organisation)),
        *(
            Shown(each, _of_resource(each, guidelines, today) if number < MOST_TOLD else [])
            for number, each in enumerate(resources)
        ),
    ]


def _of_organisation(organisation: Organisation) -> list[Fact]:
    phones = ", ".join(phone.number for phone in organisation.phones.all())
    found = [
        Fact(_("Phone"), phones or _("not stated")),
        Fact(_("Website"), organisation.website or _("not stated")),
        Fact(_("Email"), organisation.email),
        Fact(_("Place"), organisation.place),
    ]
    return [fact for fact in found if fact.text]


def _of_resource(resource: Resource, guidelines: Guidelines, today: dt.date) -> list[Fact]:
    status = "; ".join(
        f"{tag.word}, {tag.seen}" if tag.seen else tag.word
        for tag in cards.statuses(resource, today)
    )
    phone = cards.main_phone(resource)
    found = [
        Fact(_("Status"), status),
        *cards.facts(resource, guidelines),
        Fact(_("Phone"), phone.number if phone else ""),
        Fact(_("Website"), resource.apply_url or resource.url),
    ]
    return [fact for fact in found if fact.text]
