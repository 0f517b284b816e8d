"""The mails that the directory writes, as Django's messages. Whoever has one made sends it."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import override

from resources.context import SITE_NAME
from resources.eligibility.reading import guidelines_of
from resources.models import Letter
from resources.models.letter import MOST_MAILS
from resources.pages.letter import shown_to
from resources.search import sets
from resources.trust import letters


def question(letter: Letter) -> EmailMessage:
    """The next mail of a letter: the question, or a reminder of it. In English."""
    today = timezone.localdate()
    name = " ".join(letter.organisation.name.split())
    with override("en"):
        shown = shown_to(letter.organisation, guidelines_of(sets.current(today)), today)
        subject = _("Is what we show about %(name)s still right?") % {"name": name}
        if letter.mails:
            subject = _("Reminder: %(subject)s") % {"subject": subject}
        body = render_to_string(
            "letters/question.txt",
            {
                "letter": letter,
                "name": name,
                "site_name": SITE_NAME,
                "site": site(),
                "shown": shown,
                "answer_url": answer_url(letter),
                "is_last": letter.mails + 1 == MOST_MAILS,
            },
        )
    return EmailMessage(
        subject, body, to=[letter.email], headers={"Auto-Submitted": "auto-generated"}
    )


def answer_url(letter: Letter) -> str:
    """The page on which a letter is answered. Its token stands where no log keeps it."""
    return f"{site()}{reverse('still_right')}?{urlencode({'letter': letters.token_of(letter)})}"


def site() -> str:
    """The address that the public types, without a slash at the end."""
    return settings.PUBLIC_URL.rstrip("/") or "http://localhost:8000"
