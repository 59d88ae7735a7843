"""Builds in a process of its own, so that the server keeps answering and a build can be ended at once."""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import os
import signal
import time
import traceback
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from builder.crew import WorkerDiedError
from builder.language import language_of
from builder.problems import ChangedError, ContentError, Problem, say
from builder.system import say_refused

if TYPE_CHECKING:  # the server does not build
    from builder.options import Options
    from builder.preview.session import Session

PATIENCE = 50  # times that a build begins anew because a file is being saved
PAUSE = 0.1  # seconds before it does


@dataclass(frozen=True, slots=True)
class Brief:
    """What to build, time and again.

    Args:
        site: the site's folder.
        out: the output folder, the preview's own.
        drafts: show drafts and what is scheduled for later too.
        now: the day to build for; the day of each build where left out.
    """

    site: Path
    out: Path
    drafts: bool = False
    now: date | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """How a build ended.

    Args:
        seconds: that it took.
        language: to tell of it in.
        errors: of the content; with any, nothing was written.
        warnings: how many there were.
        fresh: the warnings that the last good build did not give.
        noticed: the warnings of files saved since the preview began, and those that have come since.
        written: addresses of new and changed files.
        removed: addresses that are gone.
        base_path: path of the site's `base_url`, with which the links of its 404.html begin.
        failure: what else went wrong and what to do about it, in that language, if anything did.
    """

    seconds: float
    language: str
    errors: list[Problem] = field(default_factory=list)
    warnings: int = 0
    fresh: list[Problem] = field(default_factory=list)
    noticed: list[Problem] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    base_path: str = "/"
    failure: str = ""

    @property
    def is_good(self) -> bool:
        """Whether the site was built."""
        return not self.errors and not self.failure


class Look(NamedTuple):
    """What a step of a look has found.

    Args:
        is_over: whether there are no more steps.
        must_build: whether another build would change something.
        changed: paths of files that no build has been told of.
    """

    is_over: bool
    must_build: bool = False
    changed: frozenset[str] = frozenset()


NOTHING_TO_DO = Look(is_over=True)


class Worker:
    """The process that builds.

    Args:
        brief: what to build.
    """

    def __init__(self, brief: Brief):
        self._brief = brief
        self._process: multiprocessing.process.BaseProcess | None = None
        self._connection: Connection | None = None

    async def build(self, saved: set[str]) -> Answer:
        """Builds once; a process that has died is replaced.

        Args:
            saved: paths that may have changed since the last build, from the site's folder; a new process looks at all.
        """
        if self._connection is None:
            self._connection = self._start()
        try:
            answer: Answer = await self._ask(self._connection, saved)
        except (EOFError, OSError):
            self.end()
            language = language_of(self._brief.site)
            return Answer(0.0, language, failure=say("preview-ended", language))
        return answer

    async def look(self) -> Look:
        """One step of a look at the site and its output; the first after a build begins anew."""
        if self._connection is None:
            return NOTHING_TO_DO
        try:
            look: Look = await self._ask(self._connection, None)
        except (EOFError, OSError):
            self.end()
            return NOTHING_TO_DO
        return look

    async def _ask(self, connection: Connection, question: set[str] | None) -> Any:
        connection.send(question)
        return await asyncio.to_thread(connection.recv)

    def end(self) -> None:
        """Ends the process and all that it has started, whatever they are doing."""
        process, self._process = self._process, None
        if process is None or process.pid is None:
            return
        try:
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:  # Windows; what the process has started ends with it by itself
                process.kill()
        except ProcessLookupError:  # it has not come so far as to lead a group
            process.kill()
        process.join()
        self._connection = None

    def _start(self) -> Connection:
        context = multiprocessing.get_context("spawn")  # a fork would carry the server's threads and sockets along
        ours, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, self._brief), name="catalogue-preview")
        with without_interruption():
            self._process.start()
        theirs.close()
        return ours


@contextmanager
def without_interruption() -> Iterator[None]:
    """Holds Ctrl-C back; processes that are started meanwhile never hear of it."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    former = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, former)


def _work(connection: Connection, brief: Brief) -> None:
    """Builds and looks whenever it is asked to, until the server is gone."""
    from builder.preview.session import Session  # only this process needs it, and all that it brings along

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "setsid"):  # on Windows there is nothing to lead
        os.setsid()
    gc.disable()  # the session says when there is time for it
    session = Session(_options(brief))
    look = session.look()
    with suppress(EOFError, BrokenPipeError):
        while True:
            saved = connection.recv()
            if saved is None:
                connection.send(_step(look))
            else:
                connection.send(_build(session, brief, saved))
                look = session.look()


def _step(look: Generator[None, None, set[str] | None]) -> Look:
    try:
        next(look)
    except StopIteration as end:
        return NOTHING_TO_DO if end.value is None else Look(True, True, frozenset(end.value))
    except OSError:  # a file that is gone meanwhile: it was only a look
        return NOTHING_TO_DO
    return Look(is_over=False)


def _options(brief: Brief) -> Options:
    from builder.options import Options

    options = Options(brief.site, brief.out, drafts=brief.drafts, texts=False)
    return replace(options, today=brief.now) if brief.now else options


def _failure(error: Exception, language: str) -> str:
    """What went wrong and what to do, where it is not the content."""
    match error:
        case OSError(filename=place):
            return say_refused(error, language, "preview-refused" if place else "")
        case WorkerDiedError():
            return say("preview-ended", language)
    return f"{''.join(traceback.format_exception(error))}\n{say('our-fault', language)}"


def _build(session: Session, brief: Brief, saved: set[str]) -> Answer:
    began = perf_counter()
    for _ in range(PATIENCE):
        with suppress(ChangedError):  # a file was saved meanwhile, so everything is looked at again
            return _built(session, brief, saved, began)
        time.sleep(PAUSE)
    language = language_of(brief.site)
    return Answer(perf_counter() - began, language, failure=say("saved-all-the-time", language))


def _built(session: Session, brief: Brief, saved: set[str], began: float) -> Answer:
    try:
        outcome, published = session.build(_options(brief), saved)
    except ContentError as error:
        errors = [problem for problem in error.problems if problem.severity == "error"]
        warnings = [problem for problem in error.problems if problem.severity == "warning"]
        noticed = session.noticed(warnings)
        return Answer(perf_counter() - began, error.language or "en", errors, len(warnings), noticed=noticed)
    except ChangedError:
        raise
    except Exception as error:
        language = language_of(brief.site)
        return Answer(perf_counter() - began, language, failure=_failure(error, language))
    return Answer(
        perf_counter() - began,
        outcome.language,
        warnings=len(outcome.warnings),
        fresh=session.fresh(outcome.warnings),
        noticed=session.noticed(outcome.warnings),
        written=published.written,
        removed=published.removed,
        base_path=urlsplit(session.settings.base_url).path if session.settings else "/",
    )
