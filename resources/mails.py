"""The mails that the directory writes, as Django's messages. Whoever has one made sends it.

No subject of an alert names an illness, or the help that is for one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import override

from resources.alerts import signing_up
from resources.alerts.addresses import key_of, unseal
from resources.context import SITE_NAME
from resources.eligibility.reading import guidelines_of
from resources.models import Alert, AlertMail, Letter
from resources.models.letter import MOST_MAILS
from resources.pages.alert import Told, told_by, what_of
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


# --- alerts


def alert_asked(alert: Alert) -> EmailMessage:
    """The first mail of an alert: nothing else is sent before the button of its link is pressed."""
    with override(alert.language):
        subject = _("Please confirm: hear when help opens")
        days = signing_up.TO_CONFIRM.days
        return _of_alert(alert, subject, "alerts/asked.txt", days=days, **_wish(alert))


def alert_writer() -> Callable[[AlertMail], EmailMessage]:
    """A function that writes the mail of what there is to tell, with the link that ends the alert.

    It raises `AddressLost`, and `ValueError` where the alert has gone. What the mails of many have
    in common is looked up once: one writer is for one run.
    """
    today = timezone.localdate()

    @cache
    def told(news: tuple[int, ...], language: str) -> Told:
        return told_by(news, today)

    def write(mail: AlertMail) -> EmailMessage:
        alert = mail.alert
        if alert is None:
            raise ValueError("its alert has gone")
        with override(alert.language):
            shown = told(tuple(mail.news), alert.language)
            is_last = alert.wants == Alert.Wants.OPENING
            return _of_alert(alert, shown.subject, "alerts/news.txt", told=shown, is_last=is_last)

    return write


def alert_ends(alert: Alert) -> EmailMessage:
    """Asks whether an alert that ends soon is to go on."""
    with override(alert.language):
        subject = _("Your alert ends soon. Keep it?")
        return _of_alert(alert, subject, "alerts/ends.txt", **_wish(alert))


def alerts_of(address: str, language: str) -> EmailMessage:
    """The link that lists the alerts of an address."""
    with override(language):
        link = _link("my_alerts", signing_up.mine_token(key_of(address)), "list")
        context = {
            "site_name": SITE_NAME,
            "site": site(),
            "mine_url": link,
        }
        body = render_to_string("alerts/mine.txt", context)
        return _automatic(_("Your alerts"), body, address, {})


def _wish(alert: Alert) -> dict[str, str]:
    """What its owner asked for, in words."""
    return {"what": what_of(alert, timezone.localdate()), "wants": alert.get_wants_display()}


def _of_alert(alert: Alert, subject: str, template: str, **more: Any) -> EmailMessage:
    stop_url = _link("alert_stop", signing_up.token_of(alert, signing_up.STOP))
    context = {
        "site_name": SITE_NAME,
        "site": site(),
        "ends_on": alert.ends_on,
        "confirm_url": _link("alert_confirm", signing_up.token_of(alert, signing_up.CONFIRM)),
        "stop_url": stop_url,
        "health_url": f"{site()}{reverse('health_data')}",
        **more,
    }
    # One click on what the mail program shows for these ends it: RFC 8058, section 3.1.
    headers = {
        "List-Unsubscribe": f"<{stop_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    body = render_to_string(template, context)
    return _automatic(subject, body, unseal(alert.address), headers)


def _automatic(subject: str, body: str, to: str, headers: dict[str, str]) -> EmailMessage:
    headers = {"Auto-Submitted": "auto-generated", **headers}
    return EmailMessage(subject, body, to=[to], headers=headers)


def _link(view: str, token: str, name: str = "alert") -> str:
    return f"{site()}{reverse(view)}?{urlencode({name: token})}"
