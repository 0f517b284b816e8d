from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from directory.middleware import believe_trusted_proxies

pytestmark = pytest.mark.urls("tests.directory.trouble")


def _seen(settings: Any, **meta: str) -> HttpRequest:
    settings.TRUSTED_PROXIES = [ipaddress.ip_network("10.1.0.0/16")]
    request = RequestFactory().get("/", **meta)  # type: ignore[arg-type]
    believe_trusted_proxies(lambda _: HttpResponse())(request)
    return request


def test_it_believes_a_trusted_proxy(settings: Any) -> None:
    request = _seen(settings, REMOTE_ADDR="10.1.2.3", HTTP_X_FORWARDED_PROTO="https")
    assert request.headers["X-Forwarded-Proto"] == "https"


@pytest.mark.parametrize("address", ["10.2.0.1", "::1", "", "not an address"])
def test_it_drops_what_anybody_else_says_of_forwarding(settings: Any, address: str) -> None:
    request = _seen(
        settings,
        REMOTE_ADDR=address,
        HTTP_X_FORWARDED_PROTO="https",
        HTTP_X_FORWARDED_FOR="1.2.3.4",
        HTTP_X_FORWARDED_HOST="evil.example",
        HTTP_FORWARDED="for=1.2.3.4",
        HTTP_X_REAL_IP="1.2.3.4",
        HTTP_ACCEPT="text/html",
    )
    assert {name for name in request.META if name.startswith("HTTP_")} <= {
        "HTTP_ACCEPT",
        "HTTP_COOKIE",
    }


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_answers_405_to_what_would_change_a_page_for_reading(
    client: Client, method: str
) -> None:
    assert getattr(client, method)("/read").status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/search/", "/robots.txt", "/admin/login/"])
def test_it_sends_nothing_back_to_a_trace(path: str) -> None:
    answer = Client().trace(path, headers={"X-Secret": "canary"})
    assert answer.status_code == 405
    assert b"canary" not in answer.content


def test_it_takes_a_public_form_from_its_own_page(client: Client) -> None:
    headers = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
    assert client.post("/form", headers=headers).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"},
    ],
    ids=str,
)
def test_it_refuses_a_form_that_another_site_sent(client: Client, headers: dict[str, str]) -> None:
    assert client.post("/form", headers=headers).status_code == 403


@pytest.mark.django_db
def test_it_leaves_the_curators_desk_to_djangos_token() -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/admin/login/", {"username": "a"}).status_code == 403


@pytest.mark.urls("directory.urls")
def test_it_knows_every_view_that_is_exempt_from_the_token() -> None:
    exempt = {
        str(pattern.name or pattern.pattern)
        for pattern in _patterns(get_resolver().url_patterns)
        if getattr(pattern.callback, "csrf_exempt", False)
    }
    # A public form is added here, by name, when it is made.
    assert exempt - API == {
        "add_to_list", "alert_confirm", "alert_stop", "alerts", "find_help", "list_as_pdf",
        "list_as_table", "list_reminder", "my_alerts", "own_list", "print_list", "report",
        "resource", "search", "still_right", "suggest", "suggested_answers",
    }  # fmt: skip


@pytest.mark.urls("directory.urls")
def test_it_knows_every_view_that_other_sites_may_ask_by_post() -> None:
    names = {
        str(pattern.name)
        for pattern in _patterns(get_resolver().url_patterns)
        if getattr(pattern.callback, "changes_nothing", False)
    }
    assert names == API


# The open API: read only, without a cookie, whoever asks (`resources.api`).
API = {
    "hsds_root", "hsds_services", "hsds_one_of_services", "hsds_organizations",
    "hsds_one_of_organizations", "hsds_taxonomies", "hsds_one_of_taxonomies",
    "hsds_taxonomy_terms", "hsds_one_of_taxonomy_terms", "hsds_service_at_locations",
    "hsds_one_of_service_at_locations", "hsds_tombstones", "hsds_profile_schema",
    "hsds_nothing",
}  # fmt: skip


def _patterns(patterns: list[Any]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns)
        else:
            yield pattern
