"""Ctrl-C and a request to end, kept waiting where an interruption would leave something half done."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_ENDING = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Keeps Ctrl-C and a request to end waiting; what came meanwhile takes effect at the end.

    Handlers are changed rather than signals blocked, so that it works on Windows, and where there are other threads,
    which would take what this one has blocked. A process that is forked meanwhile begins with both held back.
    """
    if threading.current_thread() is not threading.main_thread():  # no other is ever interrupted
        yield
        return
    waiting: list[int] = []
    former = {number: signal.signal(number, lambda number, _: waiting.append(number)) for number in _ENDING}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
    if waiting:
        signal.raise_signal(waiting[0])
