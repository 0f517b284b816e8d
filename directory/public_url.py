"""The public address, from which host names and the HTTPS settings follow."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


def host_of(public_url: str) -> str:
    """The host name of an address such as `https://help.example.org`; empty for an empty one.

    Raises ImproperlyConfigured for an address that is not https or has more than scheme and host.
    """
    if not public_url:
        return ""
    parts = urlsplit(public_url)
    rest = parts.path or parts.query or parts.fragment or parts.username
    if parts.scheme != "https" or not parts.hostname or rest:
        raise ImproperlyConfigured(
            "PUBLIC_URL must be the public https address without a path, "
            "for example PUBLIC_URL=https://help.example.org"
        )
    return parts.hostname
