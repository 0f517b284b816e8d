"""How to reach somebody: whose phones, with what is known of each, and which buttons there are."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from resources.languages import language_name
from resources.models import Entry, Organisation, Resource
from resources.models.entry import Phone
from resources.pages import cards
from resources.pages.sheet.hours import hours_of
from resources.pages.sheet.provenance import short
from resources.pages.sheet.reading import Reader, ResourceReader, heir_of, phones_of
from resources.translations import Wording


@dataclass(frozen=True, slots=True)
class PhoneLine:
    """One phone as the page shows it.

    `spanish` says whether it is spoken, even that nobody knows; of a TTY only where that is known.
    """

    number: str
    href: str
    extension: str
    is_tty: bool
    purpose: Wording
    hours: Wording
    cost: str
    note: Wording
    spanish: str
    speaks_spanish: bool | None


@dataclass(frozen=True, slots=True)
class Contact:
    """The contact panel.

    `whose` names the entry that the phones belong to, if not the resource; `general` is the number
    of the organisation, where the phones are a resource's own. Where the organisation `has_closed`,
    no phone is shown: by now the number may be somebody else's.
    """

    phones: list[PhoneLine]
    general: PhoneLine | None
    whose: Entry | None
    has_closed: bool
    website: str
    email: str

    @property
    def site(self) -> str:
        """The website's name for a reader."""
        return short(self.website)


def contact_of(reader: ResourceReader) -> Contact:
    """The resource's own phones, else its programme's, else its organisation's or the heir's."""
    resource, organisation = reader.resource, reader.resource.organisation
    owner = _who_answers(reader)
    return Contact(
        phones=_lines(reader, owner),
        general=_general(reader, owner),
        has_closed=_has_closed(owner),
        whose=owner if owner.pk != resource.pk or owner.KIND != resource.KIND else None,
        website=organisation.website,
        email=organisation.email,
    )


def contact_of_organisation(reader: Reader, organisation: Organisation) -> Contact:
    """The organisation's own phones and addresses; of the heir, the phones where it has none."""
    owner = _who_answers_for(organisation)
    return Contact(
        phones=_lines(reader, owner),
        general=None,
        has_closed=_has_closed(owner),
        whose=owner if owner.pk != organisation.pk else None,
        website=organisation.website,
        email=organisation.email,
    )


def _who_answers(reader: ResourceReader) -> Resource | Organisation:
    owner = reader.who_states("phones")
    return owner if phones_of(owner) else _who_answers_for(reader.resource.organisation)


def _who_answers_for(organisation: Organisation) -> Organisation:
    """The organisation, or its heir where it has no phone or has closed."""
    if phones_of(organisation) and not _has_closed(organisation):
        return organisation
    return heir_of(organisation) or organisation


def _general(reader: ResourceReader, owner: Resource | Organisation) -> PhoneLine | None:
    """The number of the organisation itself: a resource's own may be a special or an old line."""
    organisation = reader.resource.organisation
    if owner.KIND == organisation.KIND or organisation.is_gone:
        return None
    own = {phone.dial for phone in phones_of(owner)}
    for phone in phones_of(organisation):
        if not phone.is_tty and phone.dial not in own:
            return phone_line(reader, organisation, phone)
    return None


def _has_closed(owner: Resource | Organisation) -> bool:
    organisation = owner if isinstance(owner, Organisation) else owner.organisation
    return organisation.status == Organisation.Status.CLOSED


def _lines(reader: Reader, owner: Resource | Organisation) -> list[PhoneLine]:
    phones = [] if _has_closed(owner) else phones_of(owner)
    return [phone_line(reader, owner, phone) for phone in phones]


def phone_line(reader: Reader, owner: Resource | Organisation, phone: Phone) -> PhoneLine:
    """A phone in the language of the page."""
    return PhoneLine(
        number=phone.number,
        href=phone.href,
        extension=phone.extension,
        is_tty=phone.is_tty,
        purpose=reader.words(owner, "phone_purpose", phone.purpose),
        hours=reader.noted(hours_of(phone, reader.language)),
        cost=cards.cost(phone),
        note=reader.words(owner, "phone_note", phone.note),
        spanish=_spanish(phone),
        speaks_spanish=phone.speaks_spanish,
    )


def _spanish(phone: Phone) -> str:
    """Whether Spanish is spoken there, or how to ask; on a TTY nobody can say it."""
    codes: list[str] | None = phone.languages
    if codes is None:
        return "" if phone.is_tty else _("Spanish? We don’t know: say “Spanish, please.”")
    if phone.speaks_spanish:
        spoken = _("English and Spanish spoken") if "en" in codes else _("Spanish spoken")
        others = [language_name(code) for code in codes if code not in ("en", "es")]
        return ", ".join([spoken, *others])
    known = ", ".join(language_name(code) for code in codes)
    return _("Answered in %(languages)s. For another language, ask for an interpreter.") % {
        "languages": known
    }
