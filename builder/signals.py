"""Ctrl-C and a request to end: both end the program alike, and wait where that would leave something half done."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

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


class Stopped(BaseException):
    """The program was asked to end, by a signal of this number. Click would make a failure of a KeyboardInterrupt."""

    def __init__(self, number: int):
        super().__init__(number)
        self.number = number


def stop_when_asked() -> None:
    """Lets SIGTERM end the program as Ctrl-C does; who has them ignored, as `nohup` has, is left alone."""
    own = os.getpid()

    def stop(number: int, _: Any) -> None:
        if os.getpid() == own:  # a worker that was forked a moment ago leaves it to this process
            raise Stopped(number)

    def stop_later(ignored: Any) -> None:
        if not isinstance(ignored.exc_value, Stopped):
            sys.__unraisablehook__(ignored)
        else:  # it came at one of the few places where Python lets an exception get lost
            again = threading.Timer(0.05, signal.raise_signal, (ignored.exc_value.number,))
            again.daemon = True
            again.start()

    for number in _ENDING:
        if signal.getsignal(number) in {signal.SIG_DFL, signal.default_int_handler}:
            signal.signal(number, stop)
    sys.unraisablehook = stop_later
