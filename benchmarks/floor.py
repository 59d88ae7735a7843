"""The floor: how long as many processes as build a site take to write its bytes from memory, and nothing else."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import time
from pathlib import Path

WORKERS = os.cpu_count() or 1


def floor(public: Path, target: Path) -> float:
    """Seconds that it takes to write the files of a site to a new folder.

    Args:
        public: the finished site.
        target: the folder; it is removed again.
    """
    shutil.rmtree(target, ignore_errors=True)
    files = [
        (str(target / path.relative_to(public)), path.read_bytes()) for path in public.rglob("*") if path.is_file()
    ]
    for folder in {Path(name).parent for name, _ in files}:
        folder.mkdir(parents=True, exist_ok=True)
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_write, args=(files[number::WORKERS],)) for number in range(WORKERS)]
    began = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    seconds = time.perf_counter() - began
    shutil.rmtree(target)
    return seconds


def _write(files: list[tuple[str, bytes]]) -> None:
    for name, content in files:
        with open(name, "wb") as file:  # noqa: PTH123 - the plainest way there is
            file.write(content)
