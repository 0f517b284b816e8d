from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest
from django.db import ProgrammingError

from directory.databases import promotion


class Forbidden:
    """Two databases, of which the second may not be promoted by whoever asks."""

    closed = 0

    def __iter__(self) -> Any:
        return iter(("default", "replica_1"))

    def __getitem__(self, alias: str) -> Any:
        return self

    def cursor(self) -> Any:
        raise ProgrammingError("permission denied for function pg_promote\n")

    def close(self) -> None:
        self.closed += 1


def test_it_says_what_to_do_where_the_right_to_promote_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    forbidden = Forbidden()
    monkeypatch.setattr(promotion, "connections", forbidden)
    monkeypatch.setattr(promotion, "_takes_writes", lambda: False)
    monkeypatch.setattr(promotion, "_refusal", lambda: "")
    monkeypatch.setattr(promotion, "_received", lambda alias: 1)

    with pytest.raises(promotion.CannotPromote) as told:
        promotion.promote()

    assert "permission denied for function pg_promote. On its server" in str(told.value)
    assert "psql -c 'SELECT pg_promote()'" in str(told.value)
    assert forbidden.closed == 1


@pytest.fixture
def starting_up() -> Iterator[int]:
    """A PostgreSQL that takes no connection yet, and says so; yields its port."""
    said = b"SFATAL\0VFATAL\0C57P03\0Mthe database system is starting up\0\0"
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            while True:
                try:
                    client, _address = server.accept()
                except OSError:
                    return
                with client:
                    while (asked := client.recv(1000)) and asked[4:8] == struct.pack(
                        "!I", 80877103
                    ):
                        client.sendall(b"N")  # no TLS
                    client.sendall(b"E" + struct.pack("!I", len(said) + 4) + said)

        Thread(target=answer, daemon=True).start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)


@pytest.mark.server
def test_it_refuses_where_the_primary_is_there_and_cannot_serve(
    starting_up: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    forbidden = Forbidden()
    params = {"host": "127.0.0.1,127.0.0.2", "port": f"{starting_up},1", "dbname": "d", "user": "u"}
    monkeypatch.setattr(Forbidden, "get_connection_params", lambda self: params, raising=False)
    monkeypatch.setattr(promotion, "connections", forbidden)
    monkeypatch.setattr(promotion, "_takes_writes", lambda: False)

    with pytest.raises(
        promotion.CannotPromote, match=r"127.0.0.1 says: the database system is starting up"
    ):
        promotion.promote()
