"""A list's link by e-mail or text message: from the person's own program, never from this server.

What is written there lies about on phones. It names no illness and no organisation.
"""

from __future__ import annotations

from urllib.parse import quote

from django.utils.translation import gettext as _

from resources.handouts.paper import Paper


def by_mail(paper: Paper) -> str:
    """A mailto: address (RFC 6068) that opens a new message."""
    subject = quote(_("Places that may help"), safe="")
    return f"mailto:?subject={subject}&body={quote(_words(paper), safe='')}"


def by_text(paper: Paper) -> str:
    """An sms: address that Android and iOS both read: RFC 5724 has no number left out."""
    return f"sms:?&body={quote(_words(paper), safe='')}"


def _words(paper: Paper) -> str:
    return _("Here is a list of places that may help: %(link)s") % {"link": paper.url}
