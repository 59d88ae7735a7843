"""A crew of workers: each with a queue of its own, so that what it has read it also renders.

A worker is anything shaped like an `Executor` of the standard library that runs one task at a time: a process of this
machine, or one of a cluster. Tasks are plain functions of plain data, so they need nothing but that and the site's
folder; what a worker remembers of earlier tasks only saves it time.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from typing import Any, TypeVar

from builder.signals import undisturbed

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 2  # tasks that a worker has at a time: one in hand and one waiting


class WorkerDiedError(Exception):
    """A worker has ended in the middle of its work."""


class Crew:
    """Workers that share tasks out.

    Args:
        workers: at least one.
    """

    def __init__(self, workers: Sequence[Executor]):
        self._workers = workers

    def __len__(self) -> int:
        return len(self._workers)

    def run(self, work: Callable[[T], R], tasks: Sequence[Sequence[T]]) -> Iterator[R]:
        """Does all tasks.

        Args:
            work: does one task; a function of a module, so that it can be sent to another process.
            tasks: for each worker those that it should do; one that has done its own helps the others.

        Yields:
            What was made of each task, as it is finished.

        Raises:
            WorkerDiedError: a worker has ended in the middle of its work.
        """
        queues = [deque(own) for own in tasks]
        running: dict[Future[R], int] = {}
        try:
            for number in range(len(queues)):
                for _ in range(AHEAD):
                    self._submit(work, number, queues, running)
            while running:
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    self._submit(work, running.pop(future), queues, running)
                    yield future.result()
        except BrokenExecutor as error:
            raise WorkerDiedError(str(error)) from error

    def _submit(
        self, work: Callable[[T], R], number: int, queues: list[deque[T]], running: dict[Future[R], int]
    ) -> None:
        fullest = max(queues, key=len)
        queue = queues[number] or fullest
        if queue:
            task = queue.popleft() if queue is queues[number] else queue.pop()
            running[self._workers[number].submit(work, task)] = number


@contextmanager
def local_crew(jobs: int) -> Iterator[Crew]:
    """A crew on this machine.

    Args:
        jobs: worker processes; with 1 all is done in this process.
    """
    if jobs == 1:
        yield Crew([_Here()])
        return
    with ExitStack() as stack:
        gc.freeze()
        stack.callback(gc.unfreeze)
        workers = [
            stack.enter_context(ProcessPoolExecutor(1, _multiprocessing(), initializer=_begin)) for _ in range(jobs)
        ]
        with undisturbed():  # an interruption would be lost in a fork, and its child would not know what to do with it
            for worker in workers:
                worker.submit(os.getpid)
        try:
            yield Crew(workers)
        except BaseException:
            _end(workers)
            raise


def share_out(items: Sequence[T], weight: Callable[[T], int], number: int) -> list[list[T]]:
    """Divides items into shares of about the same weight: the heaviest first, each to the lightest share."""
    shares: list[list[T]] = [[] for _ in range(number)]
    weights = [0] * number
    for item in sorted(items, key=weight, reverse=True):
        lightest = weights.index(min(weights))
        shares[lightest].append(item)
        weights[lightest] += weight(item) + 1
    return shares


class _Here(Executor):
    """Does each task at once, in this process."""

    def submit(self, fn: Callable[..., R], /, *args: Any, **kwargs: Any) -> Future[R]:
        """Does a task."""
        future: Future[R] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def _multiprocessing() -> Any:
    """`fork` where it is safe, since it starts at once; Python 3.14 no longer takes it by itself."""
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def _end(workers: Sequence[ProcessPoolExecutor]) -> None:
    """Ends all processes at once, whatever they are doing, for nobody wants it any more.

    Tasks must not be cancelled before: Python 3.11 fails over a cancelled one when it finds its process ended.
    """
    for worker in workers:
        for process in list((worker._processes or {}).values()):
            process.kill()


def _begin() -> None:
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends Ctrl-C to all; the parent ends its workers
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_outlive_nobody, daemon=True).start()


def _outlive_nobody() -> None:
    """Ends this worker when its parent is gone, since a killed parent can tell nobody."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
