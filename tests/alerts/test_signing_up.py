"""Asking, confirming, ending: and what is kept of an address."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import override_settings

from resources.alerts import addresses, signing_up
from resources.alerts.addresses import AddressLost, seal, unseal
from resources.alerts.signing_up import CONFIRM, STOP, alert_at, token_of
from resources.models import Alert, Resource
from tests import make
from tests.alerts.conftest import ADDRESS, NOW, TODAY, waiting, wish

pytestmark = pytest.mark.django_db


def days(number: int) -> dt.timedelta:
    return dt.timedelta(days=number)


def test_no_table_has_the_address(fund: Resource) -> None:
    alert = waiting(resource=fund)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM resources_alert")
        row = cursor.fetchone()

    assert ADDRESS not in str(row)
    assert unseal(alert.address) == ADDRESS


def test_the_same_address_is_found_however_it_is_written(fund: Resource) -> None:
    alert = waiting(resource=fund)

    assert list(signing_up.of_address(" JO@Example.org")) == [alert]
    assert not signing_up.of_address("ann@example.org").exists()
    assert seal(ADDRESS) != seal(ADDRESS)


def test_a_former_secret_still_opens_and_finds_it_and_another_does_not(fund: Resource) -> None:
    with override_settings(SECRET_KEY="former" * 9):
        alert = waiting(resource=fund)
    with pytest.raises(AddressLost):
        unseal(alert.address)
    with override_settings(SECRET_KEY_FALLBACKS=["former" * 9]):
        assert unseal(alert.address) == ADDRESS
        assert list(signing_up.of_address(ADDRESS)) == [alert]
        assert addresses.key_of(ADDRESS) != alert.address_key


def test_it_runs_for_a_year_once_confirmed_and_for_two_days_before(fund: Resource) -> None:
    alert = signing_up.ask(ADDRESS, wish(fund), NOW)
    assert alert is not None
    assert alert.ends_on == NOW.date() + days(2)
    signing_up.confirm(alert, TODAY)
    alert.refresh_from_db()

    assert (alert.confirmed_on, alert.ends_on) == (TODAY, TODAY + days(365))
    assert signing_up.forget_over(TODAY + days(364)) == 0
    assert signing_up.forget_over(TODAY + days(365)) == 1


def test_asked_again_it_is_one_alert_and_what_runs_is_not_changed(fund: Resource) -> None:
    first = signing_up.ask(ADDRESS, wish(fund, language="es"), NOW)
    again = signing_up.ask(ADDRESS, wish(fund), NOW)
    assert first is not None
    assert again is not None
    assert (first.pk, again.language) == (again.pk, "en")
    signing_up.confirm(again, TODAY)
    signing_up.ask(ADDRESS, wish(fund, wants="all"), NOW)

    assert Alert.objects.get().wants == "opening"


def test_nobody_fills_anothers_mailbox() -> None:
    asked = [signing_up.ask(ADDRESS, wish(make.resource()), NOW) for _each in range(5)]

    assert [alert is not None for alert in asked] == [True, True, True, False, False]
    later = NOW + dt.timedelta(hours=25)
    assert signing_up.ask(ADDRESS, wish(make.resource()), later) is not None


def test_too_many_that_wait_let_no_more_in(fund: Resource, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing_up, "MOST_WAITING", 1)
    assert signing_up.ask(ADDRESS, wish(fund), NOW) is not None

    assert signing_up.ask("ann@example.org", wish(fund), NOW) is None


def test_a_link_does_one_thing_while_its_alert_runs(fund: Resource) -> None:
    alert = waiting(resource=fund)
    token = token_of(alert, STOP)

    assert alert_at(token, STOP, TODAY) == alert
    assert alert_at(token, CONFIRM, TODAY) is None
    assert alert_at(token, STOP, TODAY + days(365)) is None
    for forged in ("", "1", f"{alert.pk}:x", token[:-1], "x" * 9999, "\x00"):
        assert alert_at(forged, STOP, TODAY) is None
    signing_up.stop(alert)
    assert alert_at(token, STOP, TODAY) is None


def test_the_list_of_ones_own_is_found_for_a_day(fund: Resource) -> None:
    alert = waiting(resource=fund)
    token = signing_up.mine_token(alert.address_key)
    mine = signing_up.mine_at(token)

    assert mine is not None
    assert list(mine) == [alert]
    assert signing_up.mine_at(token + "x") is None


def test_who_is_asked_again_is_asked_once_and_goes_on(fund: Resource) -> None:
    alert = waiting(resource=fund)
    near = TODAY + days(355)
    assert list(signing_up.to_ask_again(TODAY + days(300))) == []
    assert list(signing_up.to_ask_again(near)) == [alert]
    assert list(signing_up.to_ask_again(near)) == []
    signing_up.confirm(alert, near)
    alert.refresh_from_db()

    assert (alert.ends_on, alert.asked_again_on) == (near + days(365), None)
    assert alert.confirmed_on == TODAY
