from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

pytestmark = [pytest.mark.urls("tests.directory.trouble"), pytest.mark.django_db]

ADDRESSES = {
    "/": 200,
    "/es/": 200,
    "/search/?q=canary": 200,
    "/suggestions/?q=canary": 200,
    "/resources/no-such-thing/": 404,
    "/no-such-page": 404,
    "/crash": 500,
    "/suspect": 400,
    "/forbid": 403,
    "/healthz": 200,
    "/admin/": 302,
    "/admin/login/": 200,
    "/static/resources/style.css": 200,
    "/static/no-such-file.css": 404,
}


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(("address", "status"), ADDRESSES.items())
def test_it_sends_the_safety_headers_with_every_response(
    visitor: Client, address: str, status: int
) -> None:
    response = visitor.get(address)
    response.close()
    headers = response.headers
    assert response.status_code == status
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert {"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"} <= set(
        policy.split("; ")
    )


def test_it_sends_the_safety_headers_with_a_refused_host(visitor: Client) -> None:
    response = visitor.get("/", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert "Content-Security-Policy" in response.headers


def test_it_asks_browsers_to_stay_with_https_where_it_is_https(
    visitor: Client, settings: Any
) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    response = visitor.get("/healthz", secure=True)
    assert response.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


@pytest.mark.parametrize(
    "address", [address for address, status in ADDRESSES.items() if "admin" not in address]
)
def test_it_sets_no_cookie_and_opens_no_session_in_public(visitor: Client, address: str) -> None:
    response = visitor.get(address)
    response.close()
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    session = getattr(response.wsgi_request, "session", None)
    assert session is None or not session.accessed


def test_it_does_not_look_who_is_reading_even_for_a_curator(
    visitor: Client, django_user_model: Any
) -> None:
    visitor.force_login(django_user_model.objects.create_user("curator"))
    response = visitor.get("/")
    assert not response.wsgi_request.session.accessed
    assert not response.cookies


@pytest.mark.parametrize("made_up", ["sessionid=short", "csrftoken=wrong", "django_language=es"])
def test_it_answers_no_made_up_cookie_with_one_of_its_own(visitor: Client, made_up: str) -> None:
    response = visitor.get("/search/", headers={"Cookie": made_up})
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
