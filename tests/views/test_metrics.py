from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from resources.models import Edition
from resources.tasks import send_daily_news
from tests import make
from tests.served import Served

pytestmark = pytest.mark.django_db

TOKEN = "a-token-of-the-monitor"


@pytest.fixture
def _on(settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN


def get(path: str, **headers: str) -> Any:
    return Client(headers={"host": "localhost", **headers}, raise_request_exception=False).get(path)


def told() -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """Each figure by its name and labels."""
    answer = get("/metrics", authorization=f"Bearer {TOKEN}")
    assert answer.status_code == 200
    return dict(figures(answer.content.decode()))


def figures(text: str) -> Iterator[tuple[tuple[str, tuple[tuple[str, str], ...]], float]]:
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            yield (sample.name, tuple(sorted(sample.labels.items()))), sample.value


def test_it_is_off_until_a_token_is_set() -> None:
    assert get("/metrics", authorization="Bearer ").status_code == 404


@pytest.mark.usefixtures("_on")
class TestOn:
    @pytest.mark.parametrize("sent", ["", TOKEN, "Bearer ", "Bearer wrong", f"bearer {TOKEN}x"])
    def test_it_tells_nobody_without_the_token(self, sent: str) -> None:
        answer = get("/metrics", authorization=sent)

        assert (answer.status_code, answer.content) == (401, b"")

    def test_it_counts_answers_by_page_and_tells_nothing_of_who_asked(self) -> None:
        resource = make.resource(slug="canary-fund")
        before = told()
        get("/resources/canary-fund/")
        get("/search/?q=canary")
        get("/l/canary")
        get("/canary/")
        after = told()

        def more(name: str, **labels: str) -> float:
            key = name, tuple(sorted(labels.items()))
            return after.get(key, 0) - before.get(key, 0)

        assert more("directory_requests_total", page="resource", status="2xx") == 1
        assert more("directory_requests_total", page="search", status="2xx") == 1
        assert more("directory_requests_total", page="shared_list", status="4xx") == 1
        assert more("directory_requests_total", page="none", status="4xx") == 1
        assert more("directory_request_seconds_count", page="resource") == 1
        text = get("/metrics", authorization=f"Bearer {TOKEN}").content.decode()
        assert "canary" not in text
        assert resource.name not in text

    def test_it_tells_how_things_stand(self) -> None:
        make.resource()
        send_daily_news.enqueue()
        standing = told()

        assert standing["directory_database_reachable", ()] == 1
        assert standing["directory_edition", ()] == Edition.current()
        assert 0 <= standing["directory_edition_age_seconds", ()] < 600
        assert standing["directory_tasks_waiting", ()] == 1
        assert 0 <= standing["directory_oldest_task_seconds", ()] < 600

    def test_it_says_so_where_the_database_is_away(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def away() -> int:
            raise DatabaseError

        monkeypatch.setattr(Edition, "current", away)
        standing = told()

        assert standing["directory_database_reachable", ()] == 0
        assert ("directory_edition", ()) not in standing


@pytest.mark.server
def test_several_processes_count_together(tmp_path: Path) -> None:
    """Without a database of its own: pages fail, and are counted all the same."""
    memory = tmp_path / "run"  # as systemd gives it
    served = Served(
        tmp_path,
        f"sqlite:///{tmp_path / 'none.sqlite3'}",
        WORKERS="2",
        METRICS_TOKEN=TOKEN,
        RUNTIME_DIRECTORY=str(memory),
    )
    (tmp_path / "static").mkdir()
    memory.mkdir()
    served.start()
    try:

        def ask(path: str, **headers: str) -> str:
            connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)
            connection.request("GET", path, headers={"Connection": "close", **headers})
            body = connection.getresponse().read().decode()
            connection.close()
            return body

        for _time in range(20):
            ask("/healthz")
        counted = ask("/metrics", Authorization=f"Bearer {TOKEN}")
        assert list(memory.rglob("*.db"))
    finally:
        served.stop()
    found = re.search(r'directory_requests_total\{page="healthz",status="2xx"\} ([\d.]+)', counted)

    assert found, counted
    assert float(found[1]) == 20
