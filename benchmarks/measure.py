"""Whole processes measured from outside: wall time, processor time, and the peak memory of the whole tree."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

PROGRAM = Path(__file__).parent.parent / "build.py"
EVERY = 0.1  # seconds between two looks at the memory; every 0.02 took half of a core from what was measured


def environment() -> dict[str, str]:
    """Ours, in which Python may keep what it has compiled: programs are installed compiled."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True, slots=True)
class Measured:
    """One run: seconds of wall and processor time, bytes of memory at the peak."""

    wall: float
    cpu: float
    memory: int


def measure(command: Sequence[str], folder: Path) -> Measured:
    """Runs a command to its end.

    Args:
        command: to run.
        folder: to run it in.

    Raises:
        CalledProcessError: it failed.
    """
    began = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    peak = [0]
    watching = threading.Thread(target=_watch, args=(process.pid, peak), daemon=True)
    watching.start()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    watching.join()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Measured(wall, usage.ru_utime + usage.ru_stime, peak[0])


def catalogue(folder: Path, *arguments: str) -> Measured:
    """Runs our program to its end.

    Args:
        folder: in whose parent it runs.
        arguments: of the program.

    Raises:
        CalledProcessError: it failed.
    """
    return measure([sys.executable, str(PROGRAM), *arguments], folder.parent)


def _watch(pid: int, peak: list[int]) -> None:
    """Notes the largest memory of a process and its children; what they share is counted once (PSS of Linux)."""
    with suppress(psutil.Error):
        process = psutil.Process(pid)
        while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
            memory = 0
            for one in [process, *process.children(recursive=True)]:
                with suppress(psutil.Error):
                    memory += one.memory_full_info().pss
            peak[0] = max(peak[0], memory)
            time.sleep(EVERY)
