from __future__ import annotations

from collections.abc import Iterator
from socket import socket, socketpair
from threading import Timer

import pytest

from directory.databases.watch import MOST_BEHIND, Watch


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def watch(clock: Clock) -> Watch:
    return Watch(["default", "replica_1", "replica_2"], clock)


def see(
    watch: Watch, *, primary: int | None, one: int | None = None, two: int | None = None
) -> None:
    for alias, position in {"default": primary, "replica_1": one, "replica_2": two}.items():
        if position is not None:
            watch.saw(alias, position)


def test_replicas_are_read_before_the_primary(watch: Watch) -> None:
    see(watch, primary=10, one=10, two=10)

    orders = {tuple(watch.to_read()) for _time in range(100)}

    assert orders == {
        ("replica_1", "replica_2", "default"),
        ("replica_2", "replica_1", "default"),
    }


def test_a_replica_that_has_not_answered_lately_comes_last(watch: Watch, clock: Clock) -> None:
    see(watch, primary=10, one=10, two=10)
    clock.now += 0.7
    see(watch, primary=10, two=10)

    assert watch.to_read() == ["replica_2", "default", "replica_1"]


def test_what_broke_off_comes_last_until_it_answers(watch: Watch) -> None:
    see(watch, primary=10, one=10, two=10)

    watch.failed("replica_2")
    assert watch.to_read() == ["replica_1", "default", "replica_2"]

    watch.saw("replica_2", 10)
    assert watch.to_read()[-1] == "default"


def test_a_replica_that_is_behind_for_long_comes_after_the_primary(
    watch: Watch, clock: Clock
) -> None:
    see(watch, primary=10, one=10, two=10)
    clock.now += 1
    see(watch, primary=20, one=20, two=10)
    clock.now += MOST_BEHIND + 0.5
    see(watch, primary=30, one=20, two=10)

    # The first lacks what was written just now, the second what was written ten seconds ago.
    assert watch.behind("replica_1") == 0
    assert watch.behind("replica_2") == MOST_BEHIND + 0.5
    assert watch.to_read() == ["replica_1", "default", "replica_2"]


def test_a_replica_is_not_behind_while_nothing_is_written(watch: Watch, clock: Clock) -> None:
    see(watch, primary=10, one=10, two=10)
    clock.now += 3600
    see(watch, primary=10, one=10, two=10)

    assert watch.to_read()[-1] == "default"


def test_without_the_primary_the_replicas_go_on_however_old(watch: Watch, clock: Clock) -> None:
    see(watch, primary=10, one=5, two=5)
    clock.now += MOST_BEHIND + 5
    see(watch, primary=None, one=5, two=5)

    assert watch.to_read()[-1] == "default"
    assert not watch.can_write


def test_nothing_can_be_saved_without_the_primary(watch: Watch, clock: Clock) -> None:
    see(watch, primary=10, one=10)
    assert watch.can_write

    watch.failed("default")
    assert not watch.can_write


def test_the_primary_has_longer_to_answer_before_what_readers_send_is_refused(
    watch: Watch, clock: Clock
) -> None:
    see(watch, primary=10, one=10)

    clock.now += 0.7
    assert not watch.is_up("replica_1")
    assert watch.can_write
    clock.now += 0.4
    assert not watch.can_write


def test_without_replicas_nothing_is_watched() -> None:
    watch = Watch(["default"])

    assert watch.can_write
    assert watch.to_read() == ["default"]


def test_what_was_saved_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch(["default", "replica_1", "replica_2"])
    monkeypatch.setattr("directory.databases.watch._position", lambda _alias: 20)
    see(watch, primary=20, one=20, two=10)
    assert not watch.wait_for_replicas(within=0.05)

    catching_up = Timer(0.05, watch.saw, ("replica_2", 20))
    catching_up.start()
    assert watch.wait_for_replicas(within=30)
    catching_up.join()


def test_a_replica_that_is_gone_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch(["default", "replica_1", "replica_2"])
    monkeypatch.setattr("directory.databases.watch._position", lambda _alias: 20)
    see(watch, primary=20, one=20, two=10)
    watch.failed("replica_2")

    assert watch.wait_for_replicas(within=30)


@pytest.fixture
def waiting(watch: Watch, clock: Clock) -> Iterator[socket]:
    """Somebody's connection to the second replica, opened two seconds ago."""
    ours, theirs = socketpair()
    with ours, theirs:
        watch.opened("replica_2", ours)
        clock.now += 2
        see(watch, primary=10, one=10, two=10)
        yield ours


def is_broken_off(connection: socket) -> bool:
    connection.setblocking(False)
    try:
        return connection.recv(1) == b""
    except BlockingIOError:
        return False


def go_on_without_the_second(watch: Watch, clock: Clock) -> None:
    """The others answer; the second replica has said nothing for 0.7 seconds more."""
    clock.now += 0.7
    see(watch, primary=10, one=10)
    watch.break_off_silent()


@pytest.mark.parametrize("has_failed", [False, True], ids=["silent", "another broke off before"])
def test_nobody_waits_for_a_replica_that_is_silent(
    watch: Watch, clock: Clock, waiting: socket, *, has_failed: bool
) -> None:
    if has_failed:
        watch.failed("replica_2")
    watch.break_off_silent()
    assert not is_broken_off(waiting)

    go_on_without_the_second(watch, clock)
    assert is_broken_off(waiting)


def test_a_silent_replica_is_given_time_to_answer_a_new_connection(
    watch: Watch, clock: Clock, waiting: socket
) -> None:
    clock.now += 0.7
    see(watch, primary=10, one=10)
    new, theirs = socketpair()
    with new, theirs:
        watch.opened("replica_2", new)
        watch.break_off_silent()
        assert not is_broken_off(new)

        go_on_without_the_second(watch, clock)
        assert is_broken_off(new)


def test_a_silent_replica_is_waited_for_where_nothing_else_answers(
    watch: Watch, clock: Clock, waiting: socket
) -> None:
    clock.now += 2
    watch.break_off_silent()

    assert not is_broken_off(waiting)
