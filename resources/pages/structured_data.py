"""What machines read on a page: schema.org JSON-LD. Only what the page itself says.

https://schema.org/Service, /GovernmentService, /Organization. What has ended is no service.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeAlias

from django.utils.safestring import SafeString, mark_safe

from resources.models import Organisation, Resource
from resources.models.entry import Phone
from resources.pages.profile import Profile
from resources.pages.sheet import Sheet
from resources.pages.sheet.reading import phones_of

# Makes a path absolute, as `request.build_absolute_uri` does.
Absolute: TypeAlias = Callable[[str], str]
Thing: TypeAlias = dict[str, Any]

CONTEXT = "https://schema.org"

# Inside a <script> element these three could end it or begin a comment; JSON may escape them.
UNSAFE_IN_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def of_resource(sheet: Sheet, absolute: Absolute) -> SafeString:
    """The JSON-LD of a resource; empty where it has ended."""
    resource = sheet.resource
    if resource.is_ended:
        return SafeString("")
    by_state = resource.organisation.category == Organisation.Category.GOVERNMENT
    return as_json(
        {
            "@context": CONTEXT,
            "@type": "GovernmentService" if by_state else "Service",
            "name": sheet.title.text,
            "description": sheet.summary.text,
            "url": absolute(resource.get_absolute_url()),
            "provider": _organisation(resource.organisation, absolute),
            "areaServed": _areas(resource),
            "serviceType": [need.display_name for need in resource.inherited("needs")],
            "availableChannel": _channels(sheet),
        }
    )


def of_organisation(profile: Profile, absolute: Absolute) -> SafeString:
    """The JSON-LD of an organisation, with its other names, phones and place."""
    organisation = profile.organisation
    thing = _organisation(organisation, absolute) | {
        "@context": CONTEXT,
        "alternateName": [*profile.former, *profile.also],
        "description": profile.summary.text,
        "contactPoint": [_contact_point(phone) for phone in phones_of(organisation)],
    }
    return as_json(thing)


def _organisation(organisation: Organisation, absolute: Absolute) -> Thing:
    by_state = organisation.category == Organisation.Category.GOVERNMENT
    return {
        "@type": "GovernmentOrganization" if by_state else "Organization",
        "name": organisation.name,
        "url": absolute(organisation.get_absolute_url()),
        "sameAs": organisation.website,
        "email": organisation.email,
        "address": _address(organisation),
    }


def _address(organisation: Organisation) -> Thing:
    if not organisation.place:
        return {}
    return {
        "@type": "PostalAddress",
        "addressLocality": organisation.city,
        "addressRegion": organisation.state.code if organisation.state else "",
        "addressCountry": "US",
    }


def _areas(resource: Resource) -> list[Thing]:
    if resource.area_kind == Resource.AreaKind.NATIONAL:
        return [{"@type": "Country", "name": "United States"}]
    counties = [
        {"@type": "AdministrativeArea", "name": f"{part.county}, {part.state.name}"}
        for part in resource.area_parts.all()
    ]
    return counties or [{"@type": "State", "name": state.name} for state in resource.states.all()]


def _channels(sheet: Sheet) -> list[Thing]:
    """The ways to reach it: each phone, and the page to apply at where it may be offered."""
    phones: list[Thing] = [
        {
            "@type": "ServiceChannel",
            "servicePhone": _without_blanks(
                {
                    "@type": "ContactPoint",
                    "telephone": phone.href.removeprefix("tel:").partition(",")[0],
                    "description": phone.purpose.text,
                }
            ),
        }
        for phone in sheet.contact.phones
    ]
    if sheet.button is not None and sheet.button.primary:
        phones.append({"@type": "ServiceChannel", "serviceUrl": sheet.button.url})
    return phones


def _contact_point(phone: Phone) -> Thing:
    return _without_blanks(
        {
            "@type": "ContactPoint",
            "telephone": phone.dial,
            "contactType": phone.purpose,
            "availableLanguage": phone.languages or [],
        }
    )


def _without_blanks(thing: Thing) -> Thing:
    """Without what is not known: an empty value would claim that there is none."""
    return {
        key: _without_blanks(value) if isinstance(value, dict) else value
        for key, value in thing.items()
        if value not in ("", [], {}, None)
    }


def as_json(thing: Thing) -> SafeString:
    """A thing as JSON that is safe inside a script element."""
    written = json.dumps(_without_blanks(thing), ensure_ascii=False, separators=(",", ":"))
    return mark_safe(written.translate(UNSAFE_IN_SCRIPT))  # noqa: S308 - escaped right here
