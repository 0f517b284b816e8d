"""Work that several processes share, its results in order.

No Django here: this is imported in the new processes before it is set up there.
"""

from __future__ import annotations

import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from typing import Any, TypeVar

Given = TypeVar("Given")
Result = TypeVar("Result")

# How many results may wait for whoever reads them, for each process.
AHEAD = 2


def in_order(
    work: Callable[[Given], Result], given: Iterable[Given], *, processes: int
) -> Iterator[Result]:
    """`work` of each thing given, in the order given, done by so many processes.

    `work`, what is given and what results must be picklable. With one process it is this one.
    """
    if processes < 2:
        yield from map(work, given)
        return
    with ProcessPoolExecutor(
        processes, get_context("spawn"), initializer=_begin, initargs=(pickle.dumps(work),)
    ) as pool:
        waiting: deque[Future[Result]] = deque()
        try:
            for one in given:
                waiting.append(pool.submit(_done, one))
                if len(waiting) > AHEAD * processes:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)


_work: Callable[[Any], Any]


def _begin(pickled: bytes) -> None:
    """Make a new process ready: only now can it read what comes from a module with models."""
    import django

    global _work
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which stops these
    threading.Thread(target=_end_with_parent, daemon=True).start()
    django.setup()
    _work = pickle.loads(pickled)  # noqa: S301 - it comes from our own parent


def _done(given: Any) -> Any:
    return _work(given)


def _end_with_parent() -> None:
    """A pool waits for ever for a parent that was killed."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
