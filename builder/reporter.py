"""How the program says what it is doing: the core calls, the command line shows, tests read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Protocol


class Reporter(Protocol):
    """Hears of phases and their progress."""

    def begin(self, phase: str, steps: int) -> None:
        """A phase begins; `steps` is 0 where they are not counted."""

    def step(self, done: int) -> None:
        """So many steps of the phase are done."""

    def end(self) -> None:
        """The phase is over."""

    def lose(self, workers: int) -> None:
        """So many workers were lost, and others have done their work."""


class Silent:
    """Says nothing."""

    def begin(self, phase: str, steps: int) -> None:
        """Nothing."""

    def step(self, done: int) -> None:
        """Nothing."""

    def end(self) -> None:
        """Nothing."""

    def lose(self, workers: int) -> None:
        """Nothing."""


class Timer:
    """Times phases and tells a reporter of them.

    Args:
        reporter: hears of each phase.
    """

    def __init__(self, reporter: Reporter):
        self.reporter = reporter
        self.seconds: dict[str, float] = {}
        self._began = perf_counter()

    @contextmanager
    def phase(self, name: str, steps: int = 0) -> Iterator[None]:
        """One phase of the work."""
        self.reporter.begin(name, steps)
        began = perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + perf_counter() - began
            self.reporter.end()

    @property
    def total(self) -> float:
        """Seconds since the work began."""
        return perf_counter() - self._began
