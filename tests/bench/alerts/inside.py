"""What is done inside a site whose alerts are measured: `python -m ... measure`."""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
from collections import Counter
from email import message_from_bytes
from typing import Any

import django
from aiosmtpd.controller import Controller

from tests.served import free_port

Step = tuple[str, str, int, int]  # what, seconds, mails, most to one address


class Mailbox:
    """What the mail server took: how many mails each address got, of each subject."""

    def __init__(self) -> None:
        self.got: Counter[tuple[str, str]] = Counter()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        subject = str(message_from_bytes(envelope.content)["Subject"])
        self.got.update((to, subject) for to in envelope.rcpt_tos)
        return "250 OK"

    @property
    def most(self) -> int:
        """The most mails of one subject that one address got."""
        return max(self.got.values(), default=0)


def measure(given: dict[str, int]) -> list[Step]:
    """Let funds open, be told, be told again (nothing), and what is told daily."""
    from django.conf import settings
    from django.utils import timezone

    from resources import mails
    from resources.alerts import news, queueing, sending
    from resources.search import sets

    box = Mailbox()
    port = free_port()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    today = timezone.localdate()
    try:
        funds = _funds(given["sightings"])
        _wait(given["addresses"], funds, today)
        _see(funds, "open", today)
        later, steps = timezone.now() + dt.timedelta(minutes=11), []

        def step(what: str, do: Any) -> None:
            began, before = time.perf_counter(), sum(box.got.values())
            do()
            seconds = f"{time.perf_counter() - began:.1f}"
            steps.append((what, seconds, sum(box.got.values()) - before, box.most))

        def send() -> None:
            sending.send_waiting(mails.alert_writer())

        def again() -> None:
            news.gather(later, today)
            queueing.queue_openings(sets.current(today))
            send()

        step("news", lambda: news.gather(later, today))
        step("mails written", lambda: queueing.queue_openings(sets.current(today)))
        step("mails sent", send)
        step("once more", again)
    finally:
        server.stop()
    return steps


def _funds(count: int) -> list[Any]:
    from resources.models import Resource

    running = Resource.objects.published().exclude(lifecycle="ended")
    return list(running.exclude(fund_status="not_applicable").order_by("pk")[:count])


def _wait(count: int, funds: list[Any], today: dt.date) -> None:
    """Confirmed alerts: every third is of one fund, the others of what funds are tagged with."""
    from resources.alerts import news
    from resources.alerts.addresses import key_of, seal
    from resources.models import Alert

    queries = [_query(fund) for fund in funds]
    alerts = []
    for number in range(count):
        place, address = number % len(funds), f"person-{number}@example.org"
        of_fund = number % 3 == 0
        alerts.append(
            Alert(
                address=seal(address),
                address_key=key_of(address),
                resource=funds[place] if of_fund else None,
                query="" if of_fund else queries[place],
                wants="all" if number % 2 else "opening",
                language="es" if number % 5 == 0 else "en",
                confirmed_on=today,
                ends_on=today + dt.timedelta(days=365),
            )
        )
    Alert.objects.bulk_create(alerts, batch_size=1000)
    news.begin()


def _query(fund: Any) -> str:
    condition, need = fund.conditions.first(), fund.needs.first()
    said = {"need": need, "condition": condition}
    return "&".join(f"{name}={term.slug}" for name, term in said.items() if term)


def _see(funds: list[Any], status: str, today: dt.date) -> None:
    from resources.trust.recording import record_sighting

    for fund in funds:
        if fund.fund_status == status:
            record_sighting(by="benchmark", resource=fund, status="closed", seen_on=today)
    from resources.alerts import news

    news.begin()
    for fund in funds:
        fund.refresh_from_db()
        record_sighting(by="benchmark", resource=fund, status=status, seen_on=today)


if __name__ == "__main__":
    django.setup()
    print(json.dumps({"measure": measure}[sys.argv[1]](json.load(sys.stdin))))
