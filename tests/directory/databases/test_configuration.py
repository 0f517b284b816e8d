from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from directory.databases.configuration import databases

PRIMARY = "postgres://directory:secret@10.0.0.1/directory"
REPLICAS = [
    "postgres://directory:secret@10.0.0.2/directory",
    "postgres://directory:secret@10.0.0.3:5433/directory",
]


def test_without_replicas_there_is_one_database() -> None:
    found = databases(PRIMARY, [])

    assert list(found) == ["default"]
    assert found["default"]["HOST"] == "10.0.0.1"
    assert "target_session_attrs" not in found["default"].get("OPTIONS", {})


def test_whichever_server_takes_writes_is_the_default() -> None:
    options = databases(PRIMARY, REPLICAS)["default"]["OPTIONS"]

    assert options["host"] == "10.0.0.1,10.0.0.2,10.0.0.3"
    assert options["port"] == "5432,5432,5433"
    assert options["target_session_attrs"] == "read-write"


def test_each_replica_is_a_database_of_its_own() -> None:
    found = databases(PRIMARY, REPLICAS)

    assert list(found) == ["default", "replica_1", "replica_2"]
    assert found["replica_2"]["OPTIONS"]["host"] == "10.0.0.3"
    assert found["replica_2"]["OPTIONS"]["port"] == "5433"
    assert "target_session_attrs" not in found["replica_2"]["OPTIONS"]


def test_the_folder_of_a_socket_is_a_host() -> None:
    found = databases("postgres://me@/name?host=/run/one", ["postgres://me@/name?host=/run/two"])

    assert found["default"]["OPTIONS"]["host"] == "/run/one,/run/two"
    assert found["replica_1"]["OPTIONS"]["host"] == "/run/two"


@pytest.mark.parametrize(
    "replica",
    [
        "postgres://directory:secret@10.0.0.2/another",
        "postgres://directory:typo@10.0.0.2/directory",
        "postgres://somebody:secret@10.0.0.2/directory",
    ],
)
def test_what_cannot_be_the_same_database_is_refused(replica: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="host and port"):
        databases(PRIMARY, [replica])


def test_a_server_without_power_is_noticed_in_seconds() -> None:
    """As libpq is told, whichever server it is; what an address says goes first."""
    found = databases(PRIMARY, REPLICAS)
    other = databases(f"{PRIMARY}?keepalives_idle=60", [f"{REPLICAS[0]}?keepalives_idle=60"])

    assert all(one["OPTIONS"]["tcp_user_timeout"] == 3_000 for one in found.values())
    assert other["default"]["OPTIONS"]["keepalives_idle"] == 60


def test_sqlite_has_no_replicas() -> None:
    with pytest.raises(ImproperlyConfigured, match="needs PostgreSQL"):
        databases("sqlite:///one.sqlite3", ["sqlite:///two.sqlite3"])
