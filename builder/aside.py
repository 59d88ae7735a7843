"""Work that is done aside, in a process forked for it, while this one goes on."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Generic, TypeVar

import msgspec

T = TypeVar("T")


def may_fork() -> bool:
    """A fork of a process with threads may come to a halt; a fork on macOS, too, and Windows has none."""
    return sys.platform == "linux" and threading.active_count() == 1


class Aside(Generic[T]):
    """Some work that is begun at once and wanted later.

    Where no process can be forked, or it is lost or fails, the work is done here when it is wanted, and fails here. It
    must change nothing.

    Args:
        work: what is to be done.
        kind: of what it gives, as msgspec knows it.
    """

    def __init__(self, work: Callable[[], T], kind: type[T]):
        self._work = work
        self._kind = kind
        self._child = 0
        if may_fork():
            self._reading, writing = os.pipe()
            self._child = os.fork()
            if not self._child:
                self._do(writing)
            os.close(writing)

    def _do(self, writing: int) -> None:
        """What the forked process does and ends with; nobody hears what goes wrong in it."""
        with suppress(BaseException):
            os.close(self._reading)
            with os.fdopen(writing, "wb") as pipe:
                pipe.write(msgspec.msgpack.encode(self._work()))
        os._exit(0)

    def result(self) -> T:
        """What the work gives; to be asked for once.

        Raises:
            Exception: as the work does.
        """
        if self._child:
            with os.fdopen(os.dup(self._reading), "rb") as pipe:
                content = pipe.read()
            self.close()
            with suppress(msgspec.DecodeError):  # a part of it, or nothing
                return msgspec.msgpack.decode(content, type=self._kind)
        return self._work()

    def close(self) -> None:
        """Lets go of the process; the work is wanted no more."""
        if self._child:
            os.close(self._reading)
            os.kill(self._child, signal.SIGKILL)  # it may be writing still, to a pipe that workers have inherited
            os.waitpid(self._child, 0)
            self._child = 0
