"""/alerts/: asked for, confirmed and ended; a link that is merely opened does nothing."""

from __future__ import annotations

import logging
import time
from typing import Any

import pytest
from django.core.cache import caches
from django.core.mail import EmailMessage
from django.test import Client

from resources import mails, tasks
from resources.alerts import signing_up
from resources.forms import tickets
from resources.models import Alert, AlertMail, AlertNews, Condition, Need, Resource
from tests import make
from tests.alerts.conftest import ADDRESS, TODAY, waiting
from tests.canary import caches_and_tables
from tests.views.page import read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_has_asked_yet() -> None:
    caches["default"].clear()


@pytest.fixture
def fund() -> Resource:
    return make.resource(slug="blood-fund", name="Blood fund")


def post(path: str, sender: str = "203.0.113.9", **said: str) -> Any:
    client = Client(headers={"host": "localhost"}, REMOTE_ADDR=sender)
    answer = client.post(path, said)
    assert not client.cookies
    return answer


def ask(path: str = "/alerts/", **said: str) -> Any:
    ticket = tickets.handed_out("alert", time.time() - 60)
    usual = {"email": ADDRESS, "wants": "opening", "agrees": "1", "ticket": ticket}
    return post(path, **{**usual, **said})


def page_of(answer: Any) -> str:
    return str(answer.content.decode())


def first_mail(mailoutbox: list[EmailMessage]) -> str:
    """Let the worker send the first mail; the path of its button."""
    tasks.send_first_mail.func(Alert.objects.get().pk)
    body = str(mailoutbox[-1].body)
    return next(
        line.removeprefix("http://localhost:8000")
        for line in body.split("\n")
        if "/alerts/confirm/?" in line
    )


def test_from_the_form_to_a_confirmed_alert(fund: Resource, mailoutbox: list[EmailMessage]) -> None:
    page = page_of(Client().get("/alerts/", {"resource": "blood-fund"}))
    assert "Blood fund" in page
    answer = ask(resource="blood-fund")
    assert answer["Location"] == "/alerts/asked/"
    assert "no-store" in answer["Cache-Control"]
    link = first_mail(mailoutbox)
    for _opened in range(2):
        opened = Client().get(link)
    assert "Blood fund" in page_of(opened)
    assert opened["Referrer-Policy"] == "strict-origin"
    assert Alert.objects.get().confirmed_on is None

    assert "we will write to you" in page_of(post(link))
    assert Alert.objects.get().confirmed_on == TODAY


def test_a_fund_is_named_with_its_organisation(
    fund: Resource, mailoutbox: list[EmailMessage]
) -> None:
    named = f"Blood fund, {fund.organisation.name}"
    ask(resource="blood-fund")

    link = first_mail(mailoutbox)
    assert named in read("/alerts/?resource=blood-fund").text
    assert named in str(mailoutbox[-1].body)
    assert named in page_of(Client().get(link))


def test_a_search_is_waited_for_by_need_illness_and_state(
    mailoutbox: list[EmailMessage],
) -> None:
    make.term(Need, "copay")
    make.term(Condition, "leukemia")
    make.state("OH")
    ask(need="copay", condition="leukemia", area="OH", medicine="imatinib", q="words")
    alert = Alert.objects.get()
    assert alert.query == "need=copay&condition=leukemia&area=OH"
    first_mail(mailoutbox)

    assert "Ohio" in str(mailoutbox[0].body) or "OH" in str(mailoutbox[0].body)
    assert "eukemia" not in mailoutbox[0].subject


@pytest.mark.parametrize(
    "params",
    [{}, {"resource": "gone"}, {"need": "nonsense"}, {"q": "leukemia"}, {"resource": "x" * 9999}],
    ids=str,
)
def test_what_there_is_not_cannot_be_waited_for(params: dict[str, str]) -> None:
    assert ask(**params).status_code == 200
    assert not Alert.objects.exists()
    page = page_of(Client().get("/alerts/", params))
    assert "You ask about" not in page
    assert ("We have nothing by this name" in page) == bool(params)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"email": "nobody"}, "This is no email address."),
        ({"email": "a@b.example\nBcc: c@d.example"}, "This is no email address."),
        ({"email": ""}, "Write your email address."),
        ({"agrees": ""}, "Tick the box"),
        ({"wants": "everything"}, "Choose which emails you want."),
        ({"ticket": ""}, "Please send it again."),
    ],
    ids=str,
)
def test_what_makes_no_sense_is_said_and_nothing_is_lost(
    fund: Resource, said: dict[str, str], words: str
) -> None:
    page = page_of(ask(resource="blood-fund", **said))

    assert words in page
    assert 'value="blood-fund"' in page
    assert not Alert.objects.exists()


def test_robots_and_floods_get_nothing(fund: Resource, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask(resource="blood-fund", subject="x").status_code == 302
    assert not Alert.objects.exists()
    monkeypatch.setattr("resources.views.alerts.OF_ONE", 1)
    assert ask(resource="blood-fund").status_code == 302
    assert ask(resource="blood-fund").status_code == 429


def test_nobody_learns_who_has_an_alert(fund: Resource) -> None:
    waiting(resource=fund)
    known, unknown = ask(resource="blood-fund"), ask(resource="blood-fund", email="x@y.example")

    assert known["Location"] == unknown["Location"]
    ticket = tickets.handed_out("mine", time.time() - 60)
    answers = [post("/alerts/mine/", email=who, ticket=ticket) for who in (ADDRESS, "q@y.example")]
    assert {answer["Location"] for answer in answers} == {"/alerts/asked/"}


def test_one_click_in_a_mail_program_ends_it(fund: Resource) -> None:
    alert = waiting(resource=fund)
    mail = mails.alert_asked(alert)
    link = mail.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:8000")
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    Client().get(link)
    assert Alert.objects.exists()

    assert post(link, **{"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Alert.objects.exists()
    assert "It is stopped" in page_of(Client().get(link))


@pytest.mark.parametrize("view", ["confirm", "stop"])
@pytest.mark.parametrize("token", ["", "1", "1:forged", "x" * 5000, "%00"])
def test_a_forged_link_does_nothing(fund: Resource, view: str, token: str) -> None:
    waiting(resource=fund)

    answer = post(f"/alerts/{view}/?alert={token}")
    assert answer.status_code == 404
    assert "nothing was changed" in page_of(answer)
    assert Alert.objects.get().confirmed_on == TODAY


def test_ones_own_are_listed_and_ended(fund: Resource, mailoutbox: list[EmailMessage]) -> None:
    alert = waiting(resource=fund)
    waiting(query="need=copay")
    theirs = waiting("ann@example.org", resource=fund)
    mailoutbox.append(mails.alerts_of(ADDRESS, "en"))
    link = next(line for line in str(mailoutbox[-1].body).split("\n") if "/alerts/mine/" in line)
    link = link.removeprefix("http://localhost:8000")
    assert "Blood fund" in page_of(Client().get(link))

    post(link, end=str(theirs.pk))
    post(link, end="nonsense")
    assert Alert.objects.count() == 3
    post(link, end=str(alert.pk))
    assert Alert.objects.count() == 2
    assert "We have no address of yours" in page_of(post(link, end="all"))
    assert list(Alert.objects.all()) == [theirs]
    assert "works for one day only" in page_of(Client().get("/alerts/mine/?list=forged"))


def test_the_page_about_health_data_says_what_the_code_does() -> None:
    page = page_of(Client().get("/health-data-privacy/"))

    assert "If you do not confirm: 2 days." in page
    assert "Otherwise 12 months" in page
    assert "without to whom: 30 days." in page
    assert (signing_up.TO_CONFIRM.days, signing_up.LASTS.days) == (2, 365)
    for path in ("/", "/es/", "/search/"):
        assert "health-data-privacy/" in page_of(Client().get(path))


def test_nothing_of_it_is_in_a_log_or_in_plain_words_in_a_table(
    fund: Resource, caplog: pytest.LogCaptureFixture
) -> None:
    canary = "canary@marked.example"
    with caplog.at_level(logging.DEBUG):
        ask(resource="blood-fund", email=canary)
        ask(resource="blood-fund", email=canary, agrees="")
        ticket = tickets.handed_out("mine", time.time() - 60)
        post("/alerts/mine/", email=canary, ticket=ticket)

    assert Alert.objects.count() == 1
    assert "marked" not in caplog.text
    for place in caches_and_tables():
        assert "marked" not in place


def test_what_a_mail_of_news_says(fund: Resource) -> None:
    fund.phones.create(number="800-555-0100")
    alert = waiting(resource=fund, language="es", wants="all")
    opened = AlertNews.objects.create(resource=fund, kind="opened")
    mail = mails.alert_writer()(AlertMail(alert=alert, news=[opened.pk]))

    assert mail.to == [ADDRESS]
    assert "/es/resources/blood-fund/" in str(mail.body)
    assert "Teléfono: 800-555-0100" in str(mail.body)
    assert "/es/alerts/stop/?alert=" in str(mail.body)
    assert "Blood" not in mail.subject


@pytest.mark.parametrize(
    ("fields", "offered"),
    [
        ({"fund_status": "closed", "fund_status_seen_on": TODAY}, "Email me when it opens"),
        ({"fund_status": "open", "fund_status_seen_on": TODAY}, "Email me when it changes"),
        ({"fund_status": "not_applicable"}, ""),
        ({"lifecycle": "ended"}, ""),
    ],
    ids=str,
)
def test_a_fund_leads_to_it(fields: dict[str, Any], offered: str) -> None:
    if "fund_status_seen_on" in fields:
        fields = {**fields, "fund_status_precision": "day"}
    resource = make.resource(**fields)
    page = page_of(Client().get(resource.get_absolute_url()))

    assert "Email me" in page if offered else "Email me" not in page
    assert offered in page
    assert (f"/alerts/?resource={resource.slug}" in page) == bool(offered)


def test_a_search_leads_to_it_by_what_was_understood() -> None:
    make.term(Condition, "leukemia")
    make.resource(name="Rides", conditions=("leukemia",))
    page = page_of(Client().get("/search/", {"q": "leukemia"}))

    assert 'href="/alerts/?condition=leukemia"' in page
    assert "/alerts/?" not in page_of(Client().get("/search/", {"q": "Rides"}))
