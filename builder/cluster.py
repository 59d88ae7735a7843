"""The workers of a Dask cluster as a crew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, TypeVar

from builder.crew import Crew, UnfitCrewError, WorkerDiedError

if TYPE_CHECKING:  # most who build have no cluster
    from distributed import Client

R = TypeVar("R")

ANSWER = 10  # seconds that the scheduler may take to answer
ARRIVAL = 30  # seconds that the first worker may take to arrive
LOOK = 1  # seconds between two looks at which workers are left


@contextmanager
def dask_crew(scheduler: str) -> Iterator[Crew]:
    """The workers that a cluster has when a build begins; those that come later are not asked, those that go are lost.

    Args:
        scheduler: address of the cluster's scheduler, such as `tcp://192.0.2.1:8786`.

    Raises:
        UnfitCrewError: Dask is not installed, nobody answers at the address, the cluster has no workers, or they have
            ended in the middle of their work.
    """
    try:
        from distributed import Client, KilledWorker
    except ImportError as error:
        raise UnfitCrewError("no-dask") from error
    try:
        client = Client(scheduler, timeout=ANSWER, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UnfitCrewError("no-scheduler", place=scheduler, reason=str(error)) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=ARRIVAL)
        except TimeoutError as error:
            raise UnfitCrewError("no-workers", place=scheduler) from error
        workers = [_Worker(client, address) for address in sorted(client.nthreads())]
        over = Event()
        Thread(target=_watch, args=(client, workers, over), daemon=True).start()
        try:
            yield Crew(workers)
        except (KilledWorker, WorkerDiedError) as error:
            raise UnfitCrewError("cluster-died", place=scheduler) from error
        finally:
            over.set()


class _Worker(Executor):
    """One worker of a cluster, which alone does what it is given: its memory is what makes it worth asking.

    Dask itself would wait for a worker that is lost until it comes back.

    Args:
        client: of the cluster.
        address: of the worker.
    """

    def __init__(self, client: Client, address: str):
        self.address = address
        self._executor = client.get_executor(workers=[address], pure=False)
        self._given: set[Future[Any]] = set()

    def submit(self, fn: Callable[..., R], /, *args: Any, **kwargs: Any) -> Future[R]:
        """Gives the worker a task."""
        future: Future[R] = self._executor.submit(fn, *args, **kwargs)
        self._given.add(future)
        future.add_done_callback(self._given.discard)
        return future

    def lose(self) -> None:
        """Cancels all that it was given, now that it is lost."""
        for future in list(self._given):
            future.cancel()


def _watch(client: Client, workers: list[_Worker], over: Event) -> None:
    """Notices which workers are lost; all are when the scheduler is."""
    while not over.wait(LOOK):
        try:
            left = client.nthreads() if client.status == "running" else {}
        except Exception:  # whatever a broken connection raises
            left = {}
        for worker in workers:
            if worker.address not in left:
                worker.lose()
