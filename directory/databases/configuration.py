"""Django's DATABASES from DATABASE_URL and REPLICA_URLS."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environ import Env

PRIMARY = "default"
POSTGRESQL = "django.db.backends.postgresql"

CONNECT_TIMEOUT = 2  # seconds that one server may take to answer; libpq takes no fewer
# A machine that loses its power says no goodbye: without these a connection to it would wait for a
# quarter of an hour (Linux's tcp_retries2), and nothing could be saved for that long after a
# failover. Three seconds without a sign end it; one that is busy gives a sign.
ALIVE = {
    "tcp_user_timeout": 3_000,  # milliseconds
    "keepalives_idle": 3,  # seconds, as the next
    "keepalives_interval": 1,
    "keepalives_count": 3,
}


def databases(url: str, replica_urls: Sequence[str]) -> dict[str, dict[str, Any]]:
    """`default`, which is written to, and `replica_1`, `replica_2`... which are read from.

    Whichever server takes writes is `default`: its connections are offered the hosts of the
    replicas too (libpq's target_session_attrs), so that a replica that is promoted is found without
    a new setting. Raises ImproperlyConfigured for replicas that cannot be the same database.
    """
    primary = Env.db_url_config(url)
    if not replica_urls:
        return {PRIMARY: primary}
    replicas = [Env.db_url_config(url) for url in replica_urls]
    if any(one["ENGINE"] != POSTGRESQL for one in (primary, *replicas)):
        raise ImproperlyConfigured("REPLICA_URLS needs PostgreSQL, in DATABASE_URL as well.")
    if any(_but_for_address(replica) != _but_for_address(primary) for replica in replicas):
        raise ImproperlyConfigured(
            "Each of REPLICA_URLS must be as DATABASE_URL but for its host and port: a replica has"
            " the same database, the same user and the same password."
        )
    addresses = [_address(one) for one in (primary, *replicas)]
    found = {PRIMARY: _at(primary, addresses, target_session_attrs="read-write")}
    for number, replica in enumerate(replicas, start=1):
        found[f"replica_{number}"] = {
            **_at(replica, [_address(replica)]),
            "TEST": {"MIRROR": PRIMARY},
        }
    return found


def _at(database: dict[str, Any], addresses: Sequence[tuple[str, str]], **more: Any) -> Any:
    """The database at these addresses, of which the first that suits is taken."""
    hosts, ports = zip(*addresses, strict=True)
    options = {
        **ALIVE,
        **database.get("OPTIONS", {}),
        "host": ",".join(hosts),
        "port": ",".join(ports),
    }
    options |= {"connect_timeout": CONNECT_TIMEOUT, **more}
    return {**database, "HOST": "", "PORT": "", "OPTIONS": options}


def _address(database: dict[str, Any]) -> tuple[str, str]:
    options = database.get("OPTIONS", {})
    host = database["HOST"] or options.get("host") or "localhost"
    return host, str(database["PORT"] or options.get("port") or 5432)


def _but_for_address(database: dict[str, Any]) -> dict[str, Any]:
    left = {name: value for name, value in database.items() if name not in ("HOST", "PORT")}
    options = database.get("OPTIONS", {})
    left["OPTIONS"] = {k: v for k, v in options.items() if k not in ("host", "port")}
    return left
