"""A crew of workers: each with a queue of its own, so that what it has read it also renders.

A worker is anything shaped like an `Executor` of the standard library: a process of this machine, or one of a cluster.
Tasks are plain functions of plain data that may be done twice, so they need nothing but that and the site's folder;
what a worker remembers of earlier tasks only saves it time. Where a worker is lost, others do what it has not done.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    wait,
)
from contextlib import ExitStack, contextmanager, suppress
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any, Generic, NamedTuple, TypeVar

from builder.aside import may_fork
from builder.signals import undisturbed

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 2  # tasks that a worker has at a time: one in hand and one waiting
LOSSES = 3  # workers that may be lost over a task before it is taken for the reason


class WorkerDiedError(Exception):
    """Workers have ended in the middle of their work, and no other could do it."""


class UnfitCrewError(Exception):
    """A crew cannot make this site.

    Args:
        sentence: a key of `SENTENCES` that says why, and what to do.
        facts: what the sentence names.
    """

    def __init__(self, sentence: str, **facts: str):
        super().__init__(sentence, facts)
        self.sentence = sentence
        self.facts = facts


class Crew:
    """Workers that share tasks out.

    Args:
        workers: at least one. A worker is lost when what it was given is cancelled or raises `BrokenExecutor`.
    """

    def __init__(self, workers: Sequence[Executor]):
        self._workers = workers
        self._lost: set[int] = set()

    def __len__(self) -> int:
        return len(self._workers)

    @property
    def lost(self) -> int:
        """How many of them are lost."""
        return len(self._lost)

    def run(self, work: Callable[[T], R], tasks: Sequence[Sequence[T]]) -> Iterator[R]:
        """Does all tasks; the workers begin at once, whenever it is asked what they have made.

        Args:
            work: does one task; a function of a module, so that it can be sent to another process.
            tasks: for each worker those that it should do; one that has done its own helps the others.

        Yields:
            What was made of each task, as it is finished.

        Raises:
            WorkerDiedError: workers have ended in the middle of their work, and no other could do it.
        """
        shift = _Shift(self._workers, self._lost, work, tasks)
        shift.begin()
        return shift.results()

    def ask(self, work: Callable[[T], R], task: T) -> list[R]:
        """Gives every worker the same task.

        Returns:
            What each made of it; nothing of those that are lost.

        Raises:
            WorkerDiedError: all are lost.
        """
        asked: dict[int, Future[R]] = {}
        for number, worker in enumerate(self._workers):
            try:
                asked[number] = worker.submit(work, task)
            except BrokenExecutor:
                self._lost.add(number)
        answers = []
        for number, future in asked.items():
            if _is_lost(future):
                self._lost.add(number)
            else:
                answers.append(future.result())
        if not answers:
            raise WorkerDiedError
        return answers

    def dismiss(self) -> None:
        """Lets the workers go."""
        for worker in self._workers:
            worker.shutdown()


class _Piece(NamedTuple, Generic[T]):
    """A task, and how many workers were lost over it."""

    task: T
    losses: int = 0


class _Shift(Generic[T, R]):
    """One run of a crew: what is still to do, and who does what."""

    def __init__(
        self, workers: Sequence[Executor], lost: set[int], work: Callable[[T], R], tasks: Sequence[Sequence[T]]
    ):
        self._workers = workers
        self._lost = lost
        self._work = work
        self._queues = [deque(_Piece(task) for task in own) for own in tasks]
        self._busy = [0] * len(workers)
        self._running: dict[Future[R], tuple[int, _Piece[T]]] = {}

    def begin(self) -> None:
        """Gives every worker what it should do first."""
        self._employ_all()

    def results(self) -> Iterator[R]:
        """What was made of each task, as it is finished."""
        try:
            while self._running:
                done, _ = wait(self._running, return_when=FIRST_COMPLETED)
                for future in done:
                    number, piece = self._running.pop(future)
                    self._busy[number] -= 1
                    if _is_lost(future):
                        self._lose(number, piece)
                        self._employ_all()
                    else:
                        self._employ(number)
                        yield future.result()
            if any(self._queues):
                raise WorkerDiedError
        finally:
            for future in self._running:
                future.cancel()

    def _employ_all(self) -> None:
        for tasks in range(1, AHEAD + 1):  # the first of all before the second of one, so that nobody waits for long
            for number in range(len(self._workers)):
                self._employ(number, tasks)

    def _employ(self, number: int, tasks: int = AHEAD) -> None:
        """Gives a worker what it should do, or else of what the one with the most has left."""
        while self._busy[number] < tasks and number not in self._lost:
            own = self._queues[number]
            queue = own or max(self._queues, key=len)
            if not queue:
                return
            piece = queue.popleft() if queue is own else queue.pop()
            try:
                future = self._workers[number].submit(self._work, piece.task)
            except BrokenExecutor:
                self._lose(number, piece)
            else:
                self._running[future] = number, piece
                self._busy[number] += 1

    def _lose(self, number: int, piece: _Piece[T]) -> None:
        """A worker is lost, and what it was given is to do again."""
        if piece.losses + 1 == LOSSES:
            raise WorkerDiedError
        self._lost.add(number)
        self._queues[number].appendleft(_Piece(piece.task, piece.losses + 1))


def _is_lost(future: Future[R]) -> bool:
    """Whether a task was ended by the loss of its worker; waits until it has ended."""
    try:
        return isinstance(future.exception(), BrokenExecutor)
    except CancelledError:
        return True


@contextmanager
def local_crew(jobs: int, start: str | None = None) -> Iterator[Crew]:
    """A crew on this machine.

    Args:
        jobs: worker processes; with 1 all is done in this process.
        start: how processes are started, one of `multiprocessing.get_all_start_methods()`; where left out, forked where
            that is safe, since a fork starts at once, and spawned elsewhere.
    """
    if jobs == 1 and start is None:
        yield Crew([_Here()])
        return
    with ExitStack() as stack:
        gc.freeze()
        stack.callback(gc.unfreeze)
        context: Any = multiprocessing.get_context(start or ("fork" if may_fork() else "spawn"))
        with undisturbed():  # an interruption would be lost in a fork, and its child would not know what to do with it
            workers = [stack.enter_context(_Process(context)) for _ in range(jobs)]
        try:
            yield Crew(workers)
        except BaseException:
            for worker in workers:
                worker.kill()
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


class _Process(Executor):
    """Does one task after the other in a process of this machine.

    The standard library's pool of one process would fork when threads of other pools run already, and in Python 3.11 it
    waits for ever where a process ends with a large task on its way (https://github.com/python/cpython/issues/94777).

    Args:
        context: of `multiprocessing`; starts the process.
    """

    def __init__(self, context: Any):
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs,), name="catalogue-worker", daemon=True)
        self._process.start()
        theirs.close()
        self._waiting: deque[Future[Any]] = deque()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._has_ended = False

    def submit(self, fn: Callable[..., R], /, *args: Any, **kwargs: Any) -> Future[R]:
        """Sends a task."""
        message = pickle.dumps((fn, args, kwargs))
        future: Future[R] = Future()
        self._waiting.append(future)
        if self._listener.ident is None:
            self._listener.start()
        with suppress(OSError):  # where the process has ended, the listener notices
            self._connection.send_bytes(message)
        if self._has_ended:
            self._give_up()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Lets the process end when it has done what it was given."""
        del cancel_futures
        with suppress(OSError):
            self._connection.send_bytes(_END)
        if wait:
            self._process.join()
            # Where it was killed, its listener may need the lock of a future that this thread took in `wait`, and did
            # not give back because it was interrupted there; then to wait for the listener would take for ever.
            if self._process.exitcode == 0:
                if self._listener.ident is not None:
                    self._listener.join()
                self._connection.close()

    def kill(self) -> None:
        """Ends the process at once, whatever it is doing: nobody wants it any more."""
        self._process.kill()

    def _listen(self) -> None:
        with suppress(EOFError, OSError):
            while True:
                message = self._connection.recv_bytes()
                future = self._waiting.popleft()
                try:
                    result, error = pickle.loads(message)
                except Exception as unreadable:
                    result, error = None, unreadable
                if not future.set_running_or_notify_cancel():
                    continue
                if error is None:
                    future.set_result(result)
                else:
                    future.set_exception(error)
        self._has_ended = True
        self._give_up()

    def _give_up(self) -> None:
        with suppress(IndexError):
            while True:
                future = self._waiting.popleft()
                if future.set_running_or_notify_cancel():
                    future.set_exception(BrokenExecutor("the process has ended"))


_END = pickle.dumps(None)


def _work(connection: Connection) -> None:
    """What a process does: one task after the other, while a thread takes in the next, so that nobody need wait."""
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends Ctrl-C to all; the parent ends its workers
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_outlive_nobody, daemon=True).start()
    messages: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_take_in, args=(connection, messages), daemon=True).start()
    while (message := messages.get()) != _END:
        try:
            work, args, kwargs = pickle.loads(message)
            answer = pickle.dumps((work(*args, **kwargs), None))
        except Exception as error:
            answer = _answer_of(error)
        connection.send_bytes(answer)


def _answer_of(error: Exception) -> bytes:
    """An error as it travels; one that cannot travel is told by its traceback."""
    told = traceback.format_exc()
    error.add_note(told)
    try:
        answer = pickle.dumps((None, error))
        pickle.loads(answer)
    except Exception:
        return pickle.dumps((None, RuntimeError(told)))
    return answer


def _take_in(connection: Connection, messages: SimpleQueue[bytes]) -> None:
    with suppress(EOFError, OSError):
        while True:
            messages.put(connection.recv_bytes())
    messages.put(_END)


def _outlive_nobody() -> None:
    """Ends this worker when its parent is gone, since a killed parent can tell nobody."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
