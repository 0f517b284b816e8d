from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from directory import settings as module

FILE = str(module.__file__)
KEY = "k" * 60


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The settings as they would be with only these environment variables."""
    for name in ("PUBLIC_URL", "SECRET_KEY", "DEBUG", "ALLOWED_HOSTS", "TRUSTED_PROXIES"):
        monkeypatch.delenv(name, raising=False)

    def load(**variables: str) -> dict[str, Any]:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(FILE)

    return load


def test_it_runs_for_this_machine_only_when_nothing_is_set(load: Any) -> None:
    settings = load()
    assert settings["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert settings["DEBUG"] is False
    assert settings["SECURE_SSL_REDIRECT"] is False


def test_it_refuses_production_without_a_secret_key_and_says_the_cure(load: Any) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"python3 -c 'import secrets; print\("):
        load(PUBLIC_URL="https://help.example.org")


def test_it_follows_the_public_address_in_production(load: Any) -> None:
    settings = load(PUBLIC_URL="https://help.example.org/", SECRET_KEY=KEY)
    assert settings["ALLOWED_HOSTS"] == ["help.example.org", "127.0.0.1"]
    assert settings["CSRF_TRUSTED_ORIGINS"] == ["https://help.example.org"]
    assert settings["SECURE_HSTS_SECONDS"] == 31_536_000
    assert settings["SECURE_SSL_REDIRECT"]
    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["CSRF_COOKIE_SECURE"]
    cookies = {settings[f"{cookie}_COOKIE_NAME"] for cookie in ("SESSION", "CSRF", "LIST")}
    assert cookies == {"__Secure-sessionid", "__Secure-csrftoken", "__Host-list"}


@pytest.mark.parametrize(
    "address",
    ["http://help.example.org", "help.example.org", "https://", "https://example.org/help"],
)
def test_it_refuses_a_public_address_that_is_not_https_or_has_a_path(
    load: Any, address: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"PUBLIC_URL=https://help\.example\.org"):
        load(PUBLIC_URL=address, SECRET_KEY=KEY)


def test_it_keeps_the_same_session_and_token_cookies_at_the_curators_desk(load: Any) -> None:
    settings = load()
    assert settings["SESSION_COOKIE_PATH"] == settings["CSRF_COOKIE_PATH"] == "/admin/"


def test_it_keeps_postgresql_connections_and_tests_them(load: Any) -> None:
    database = load(DATABASE_URL="postgres://somebody@/directory?host=/tmp")["DATABASES"]["default"]
    assert database["CONN_MAX_AGE"] == 60
    assert database["CONN_HEALTH_CHECKS"]
    assert database["OPTIONS"] == {"host": "/tmp"}


def test_a_connection_to_a_replica_is_kept_and_not_tested(load: Any) -> None:
    urls = {
        "DATABASE_URL": "postgres://me@one/directory",
        "REPLICA_URLS": "postgres://me@two/directory",
    }
    databases = load(**urls)["DATABASES"]
    assert databases["default"]["CONN_HEALTH_CHECKS"]
    assert databases["replica_1"]["CONN_MAX_AGE"] == 60
    assert not databases["replica_1"]["CONN_HEALTH_CHECKS"]


def test_the_lock_names_no_address() -> None:
    lock = Path(FILE).parent.parent / "requirements.lock"
    text = lock.read_text()
    assert "://" not in text
    assert text.count("--hash=sha256:") > text.count("==")
