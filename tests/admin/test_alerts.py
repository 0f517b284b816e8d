"""Alerts at the desk: mails of which nobody knows, settled without anybody's address."""

from __future__ import annotations

import pytest
from django.test import Client

from resources.models import Alert, AlertMail
from tests import make
from tests.admin.browser_form import words_of
from tests.alerts.conftest import ADDRESS, waiting

pytestmark = pytest.mark.django_db

ALERTS = "/admin/alerts/"


@pytest.fixture
def unknown() -> AlertMail:
    """A mail that may have arrived."""
    alert = waiting(resource=make.resource())
    return AlertMail.objects.create(alert=alert, fate="sending")


def test_it_is_told_on_the_first_page_and_settled(publisher: Client, unknown: AlertMail) -> None:
    assert "1 mail of an alert may not have arrived" in words_of(publisher.get("/admin/"))
    page = words_of(publisher.get(ALERTS))
    assert "nobody knows whether it was sent" in page
    assert ADDRESS not in page
    told = words_of(publisher.post(ALERTS, {"deed": f"let_be:{unknown.pk}"}, follow=True))

    assert "It is let be." in told
    assert not Alert.objects.exists()


def test_it_is_sent_again_by_whoever_may_publish(
    publisher: Client, editor: Client, unknown: AlertMail
) -> None:
    assert editor.get(ALERTS).status_code == 200
    assert editor.post(ALERTS, {"deed": f"again:{unknown.pk}"}).status_code == 403
    publisher.post(ALERTS, {"deed": f"again:{unknown.pk}"})
    unknown.refresh_from_db()

    assert unknown.fate == "waiting"


@pytest.mark.parametrize("deed", ["", "again:", "again:x", "again:99999999999999999999", "x:1"])
def test_forged_deeds_are_none(publisher: Client, deed: str) -> None:
    assert publisher.post(ALERTS, {"deed": deed}).status_code == 404
