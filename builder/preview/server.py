"""Runs the preview: the server, the watch and the builds, side by side in one event loop."""

from __future__ import annotations

import asyncio
import errno
import shutil
import signal
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

import uvicorn

from builder.preview.app import make_app
from builder.preview.state import State
from builder.preview.watch import watch
from builder.preview.worker import Answer, Brief, Worker, without_interruption

HOST = "127.0.0.1"
FIRST_PORT, PORTS_TRIED = 8000, 100

SILENCE = 1.0  # seconds without a save, after which there is time to look round

_END_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
_REMOVALS, _BETWEEN_REMOVALS = 50, 0.02


class PortTakenError(Exception):
    """Another program listens on the port."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What to show.

    Args:
        site: the site's folder.
        drafts: show drafts and what is scheduled for later too.
        now: the day to build for; the day of each build where left out.
    """

    site: Path
    drafts: bool = False
    now: date | None = None


class Listener(Protocol):
    """Hears of what the preview does."""

    def started(self, url: str) -> None:
        """The preview answers at this address; the first build has begun."""

    def built(self, saved: list[str], answer: Answer) -> None:
        """A build has ended; `saved` are the files that it was made for, sorted, none the first time."""


def listen(port: int | None = None) -> socket.socket:
    """Takes a port of this machine, which other machines cannot reach.

    Args:
        port: that it must be; the first free one from 8000 where left out.

    Raises:
        PortTakenError: there is another program on it.
    """
    for number in [port] if port is not None else range(FIRST_PORT, FIRST_PORT + PORTS_TRIED):
        taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind((HOST, number))
            taken.listen()
        except OSError as error:
            taken.close()
            if error.errno != errno.EADDRINUSE:
                raise
        else:
            return taken
    raise PortTakenError(str(port or FIRST_PORT))


def serve(preview: Preview, listening: socket.socket, listener: Listener) -> None:
    """Serves until Ctrl-C, or until the terminal is closed; leaves nothing behind.

    Args:
        preview: what to show.
        listening: the socket of `listen`.
        listener: hears of builds.

    Raises:
        UnwatchableError: the system does not tell of saves.
    """
    with _folder() as folder:
        asyncio.run(_run(preview, folder / "site", listening, listener))


async def _run(preview: Preview, out: Path, listening: socket.socket, listener: Listener) -> None:
    end, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in _END_SIGNALS:  # not by the loop, which takes no signals on Windows
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(end.set))
    state, builds = State(out), _Builds(Worker(Brief(preview.site, out, preview.drafts, preview.now)), listener)
    server = _Server(
        uvicorn.Config(
            make_app(state, out), lifespan="off", log_config=None, log_level="critical", timeout_graceful_shutdown=1
        )
    )
    host, port = listening.getsockname()
    listener.started(f"http://{host}:{port}/")
    serving = asyncio.create_task(server.serve([listening]))
    # The watch comes before the first build, so that no save can fall between them.
    works = [asyncio.create_task(work) for work in (watch(preview.site, builds.ask), builds.run(state), end.wait())]
    done, _ = await asyncio.wait([serving, *works], return_when=asyncio.FIRST_COMPLETED)
    for task in works:
        task.cancel()
    state.close()
    server.should_exit = True
    await asyncio.gather(serving, *works, return_exceptions=True)
    for task in done:
        task.result()


class _Builds:
    """One build at a time; what is saved meanwhile waits together for the next."""

    def __init__(self, worker: Worker, listener: Listener):
        self._worker, self._listener = worker, listener
        self._saved: set[str] = set()
        self._asked = asyncio.Event()

    def ask(self, saved: set[str]) -> None:
        """Asks for a build."""
        self._saved |= saved
        self._asked.set()

    async def run(self, state: State) -> None:
        """Builds, first now and then whenever it is asked to, or finds that it should."""
        saved: set[str] = set()
        try:
            while True:
                answer = await self._worker.build(saved)
                state.add(answer)
                self._listener.built(sorted(saved), answer)
                saved = await self._next()
        finally:
            self._worker.end()

    async def _next(self) -> set[str]:
        """Waits for the next save. In the silence after a build it looks for what was not heard of."""
        found: frozenset[str] = frozenset()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._asked.wait(), SILENCE)
        while not self._asked.is_set():
            look = await self._worker.look()
            if look.must_build:
                found = look.changed
                break
            if look.is_over:
                await self._asked.wait()
        saved, self._saved = self._saved | found, set()
        self._asked.clear()
        return saved


class _Server(uvicorn.Server):
    """Leaves signals to the preview, which has more to end than the server."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Takes none."""
        yield


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder outside the site, removed at the end whatever happens."""
    folder = Path(tempfile.mkdtemp(prefix="catalogue-preview-"))
    try:
        yield folder
    finally:
        with without_interruption():
            _remove(folder)


def _remove(folder: Path) -> None:
    """Removes a folder in which processes that have just been ended may still finish a file."""
    for _ in range(_REMOVALS):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(_BETWEEN_REMOVALS)
