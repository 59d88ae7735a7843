"""Bundles are made side by side: a worker makes a bundle's files, stages them and returns only what they are called.

Pages never travel between processes. Under `fork` the workers share the catalogue's memory; elsewhere it is sent once.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import Any, TypeVar

B = TypeVar("B")
M = TypeVar("M")

SHARES = 8  # for each worker, so that none waits long for the last one

_make: Callable[[Any], Any] | None = None


def in_parallel(
    make: Callable[[B], M], bundles: Sequence[B], weight: Callable[[B], int], jobs: int
) -> Iterator[list[M]]:
    """Makes all bundles, in any order.

    Args:
        make: makes one bundle; pure but for the files that it stages.
        bundles: to make.
        weight: of a bundle, for sharing the work out.
        jobs: worker processes; with 1 it is done in this process.

    Yields:
        What was made, share by share, as it is finished.
    """
    shares = share_out(bundles, weight, 1 if jobs == 1 else jobs * SHARES)
    if jobs == 1 or len(shares) < 2:
        for share in shares:
            yield [make(bundle) for bundle in share]
        return
    gc.freeze()
    with ProcessPoolExecutor(jobs, _multiprocessing(), initializer=_begin, initargs=(make,)) as pool:
        for future in as_completed([pool.submit(_work, share) for share in shares]):
            yield future.result()
    gc.unfreeze()


def share_out(bundles: Sequence[B], weight: Callable[[B], int], number: int) -> list[list[B]]:
    """Divides bundles into shares of about the same weight: the heaviest first, each to the lightest share."""
    shares: list[list[B]] = [[] for _ in range(max(1, min(number, len(bundles))))]
    weights = [0] * len(shares)
    for bundle in sorted(bundles, key=weight, reverse=True):
        lightest = weights.index(min(weights))
        shares[lightest].append(bundle)
        weights[lightest] += weight(bundle) + 1
    return [share for share in shares if share]


def _multiprocessing() -> Any:
    """`fork` where it is safe, since it shares memory; Python 3.14 no longer takes it by itself."""
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def _begin(make: Callable[[Any], Any]) -> None:
    global _make  # noqa: PLW0603 - the one state of a worker process, set once
    _make = make
    gc.disable()
    threading.Thread(target=_outlive_nobody, args=(os.getppid(),), daemon=True).start()


def _outlive_nobody(parent: int) -> None:
    """Ends this worker when its parent is gone, since a killed parent can tell nobody."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _work(share: list[Any]) -> list[Any]:
    assert _make is not None
    return [_make(bundle) for bundle in share]
